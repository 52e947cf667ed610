/** Records the loss of a graph, together with its last activation where they belong together. */
import type { TrainingSpec } from '../graph/model.ts';
import { lossOf, lossParams } from '../losses/registry.ts';
import type { Value } from '../ops/define.ts';
import type { Tape } from '../ops/recorder.ts';
import type { GraphRecording } from './record.ts';

/**
 * Mean loss of the batch: Σ w·l / Σ w over its rows. When the node that feeds the output node ends in the activation that
 * the loss fuses with, the loss is computed from the logits.
 */
export function recordLoss(
  tape: Tape,
  training: TrainingSpec,
  { ops, output, head }: GraphRecording,
  { target, weights }: { readonly target: Value; readonly weights: Value },
): Value {
  const logits = logitsOf(training, { ops, output, head });
  const rows = lossOf(training.loss).record(tape, { output, target, logits }, lossParams(training.loss));
  return tape.op('weighted_mean', [rows, weights]);
}

/** What enters the head's last activation, where the loss is computed from there; else null. */
export function logitsOf(
  training: TrainingSpec,
  { ops, output, head }: Pick<GraphRecording, 'ops' | 'output' | 'head'>,
): Value | null {
  const maker = ops.findLast(({ outputs }) => outputs.some(({ id }) => id === output.id));
  const isFused = maker !== undefined && maker.node === head && maker.id === lossOf(training.loss).fusesWith;
  return isFused ? (maker.inputs[0] ?? null) : null;
}

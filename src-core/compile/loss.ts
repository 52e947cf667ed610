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
  const loss = lossOf(training.loss);
  const maker = ops.findLast(({ outputs }) => outputs.some(({ id }) => id === output.id));
  const logits =
    maker !== undefined && maker.node === head && maker.id === loss.fusesWith ? (maker.inputs[0] ?? null) : null;
  const rows = loss.record(tape, { output, target, logits }, lossParams(training.loss));
  return tape.op('weighted_mean', [rows, weights]);
}

/** Records what happens between gradients and new weights: penalties, clipping, the optimizer's step. */
import type { TrainingSpec } from '../graph/model.ts';
import { present } from '../lib/assert.ts';
import { resolveParams } from '../lib/fields-check.ts';
import { optimizerOf } from '../optimizers/registry.ts';
import type { Value } from '../ops/define.ts';
import type { Tape } from '../ops/recorder.ts';
import type { RecordedTensor } from './record.ts';

/** A tensor with the gradient it is to follow. */
export interface Trained {
  readonly tensor: RecordedTensor;
  readonly gradient: Value;
  /** False: the loss does not depend on the tensor, and its gradient is zeros. */
  readonly isReached: boolean;
}

/** A state tensor of the optimizer: '<tensor key>/<slot>'. */
export interface RecordedSlot {
  readonly key: string;
  readonly value: Value;
}

/** Penalties apply to tensors with `weight` in their name, except those of norm layers. */
export function isPenalized({ name, unpenalized, trained }: RecordedTensor): boolean {
  return trained && !unpenalized && name.includes('weight');
}

/**
 * Records the update of every tensor and returns the slots it needs, sorted by key. A tensor that neither the loss nor a
 * penalty depends on stays as it is, as in PyTorch: its gradient is none, not zero, so that AdamW does not shrink it.
 */
export function recordUpdate(tape: Tape, training: TrainingSpec, trained: readonly Trained[]): readonly RecordedSlot[] {
  const { type, ...given } = training.optimizer;
  const optimizer = optimizerOf(type);
  const params = resolveParams(optimizer.fields, given);
  const gradients = clip(tape, training, penalize(tape, training, trained));
  const slots: RecordedSlot[] = [];
  for (const [i, { tensor, isReached }] of trained.entries()) {
    const own = optimizer.slots(params).map((name) => ({
      key: `${tensor.key}/${name}`,
      value: tape.source({ shape: tensor.shape, batched: false }),
    }));
    slots.push(...own);
    if (!isReached && !hasPenalty(training, tensor)) continue;
    const gradient = present(gradients[i], `gradient of ${tensor.key}`);
    optimizer.record(tape, { weight: tensor.value, gradient, slots: own.map(({ value }) => value) }, params);
  }
  return slots.sort((a, b) => (a.key < b.key ? -1 : 1));
}

/** Strengths of the penalties, 0 where absent. */
export function penaltyStrengths({ regularization = {} }: TrainingSpec): { readonly l1: number; readonly l2: number } {
  return { l1: regularization.l1 ?? 0, l2: regularization.l2 ?? 0 };
}

function hasPenalty(training: TrainingSpec, tensor: RecordedTensor): boolean {
  const { l1, l2 } = penaltyStrengths(training);
  return (l1 !== 0 || l2 !== 0) && isPenalized(tensor);
}

function penalize(tape: Tape, training: TrainingSpec, trained: readonly Trained[]): readonly Value[] {
  const { l1, l2 } = penaltyStrengths(training);
  return trained.map(({ tensor, gradient }) =>
    hasPenalty(training, tensor) ? tape.op('penalty_gradient', [gradient, tensor.value], { l1, l2 }) : gradient,
  );
}

/** By the norm of all gradients first, then by value, where both are asked for. */
function clip(tape: Tape, { gradient_clip = {} }: TrainingSpec, gradients: readonly Value[]): readonly Value[] {
  let clipped = gradients;
  if (gradient_clip.norm !== undefined && gradients.length > 0) {
    const limit = gradient_clip.norm;
    const norm = tape.op('global_norm', gradients);
    clipped = clipped.map((gradient) => tape.op('clip_by_norm', [gradient, norm], { limit }));
  }
  if (gradient_clip.value !== undefined) {
    const limit = gradient_clip.value;
    clipped = clipped.map((gradient) => tape.op('clip_by_value', [gradient], { limit }));
  }
  return clipped;
}

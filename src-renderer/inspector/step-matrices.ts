/** The matrices that a wire can show: weights, and of a step taken phase by phase their gradient and their change. */
import type { TensorLook } from '../../src-core/contract/network-look.ts';
import type { LooksState } from '../state/looks.svelte.ts';

export type MatrixKind = 'weights' | 'gradient' | 'change';

export const MATRIX_WORDS: Readonly<Record<MatrixKind, string>> = {
  weights: 'Weights',
  gradient: 'Gradient',
  change: 'Change',
};

interface Offered {
  readonly id: MatrixKind;
  readonly label: string;
  readonly values: Float32Array | null;
}

/** Weights first; the others as soon as their phase is done. */
export function matricesOf({ phase }: Pick<LooksState, 'phase'>, key: string): readonly Offered[] {
  const tensor = phase?.tensors.find((candidate) => candidate.key === key);
  const offer = (id: MatrixKind, values: Float32Array | null | undefined): readonly Offered[] =>
    values === null || values === undefined ? [] : [{ id, label: MATRIX_WORDS[id], values }];
  return [
    { id: 'weights', label: MATRIX_WORDS.weights, values: null },
    ...offer('gradient', tensor?.gradient),
    ...offer('change', tensor?.change),
  ];
}

/** The tensor with the numbers of what was chosen. */
export function offeredTensor(tensor: TensorLook, offered: readonly Offered[], kind: MatrixKind): TensorLook {
  const values = offered.find(({ id }) => id === kind)?.values ?? null;
  return values === null ? tensor : { ...tensor, values };
}

/** When they were so, as the end of a sentence. */
export function momentOf({ phase }: Pick<LooksState, 'phase'>, step: number, kind: MatrixKind): string {
  if (kind === 'weights' || phase === null) return `as they stand at step ${step}`;
  return kind === 'gradient'
    ? `over the ${phase.rows} rows of step ${phase.step}`
    : `by the update of step ${phase.step}`;
}

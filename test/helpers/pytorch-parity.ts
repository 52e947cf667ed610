/** Holds what Netloom makes of a project file against PyTorch's numbers in test/reference/pytorch/cli-parity. */
import { readFileSync } from 'node:fs';

export interface ReferenceTensor {
  readonly shape: readonly number[];
  readonly data: ArrayLike<number>;
}
export type ReferenceTensors = Readonly<Record<string, ReferenceTensor>>;

export interface ParityCase extends Outcome {
  readonly name: string;
  readonly project: { readonly data: { readonly inputs: readonly (readonly number[])[] } };
  readonly start: ReferenceTensors;
}

/** What is compared: the first batch, then a training in file order. */
export interface Outcome {
  readonly loss: number;
  readonly gradients: ReferenceTensors;
  /** Loss of each epoch. */
  readonly history: readonly number[];
  /** After each epoch; null without regularization. */
  readonly penalties: readonly number[] | null;
  readonly end: ReferenceTensors;
  /** Of the trained network in evaluation mode, row by row. */
  readonly outputs: readonly ArrayLike<number>[];
}

/** Promised for one batch: |Δ| ≤ this·max(1, |reference|). */
const BATCH_TOLERANCE = 1e-5;
/** Promised after a few epochs of float32 steps. */
const TRAINING_TOLERANCE = 2e-4;

/** Written by the make.py beside each. */
export const parityCases = ['cli-parity/cases.json', 'any/kept.json'].flatMap(
  (file) =>
    JSON.parse(readFileSync(new URL(`../reference/pytorch/${file}`, import.meta.url), 'utf8')) as readonly ParityCase[],
);

/** What differs, in words; nothing where all is as PyTorch has it. */
export function deviations(found: Outcome, expected: Outcome): string[] {
  return [
    ...compare('loss', [found.loss], [expected.loss], BATCH_TOLERANCE),
    ...compareTensors('gradient of', found.gradients, expected.gradients, BATCH_TOLERANCE),
    ...compare('history', found.history, expected.history, TRAINING_TOLERANCE),
    ...compare('penalty', found.penalties ?? [], expected.penalties ?? [], TRAINING_TOLERANCE),
    ...compareTensors('weights', found.end, expected.end, TRAINING_TOLERANCE),
    ...expected.outputs.flatMap((row, i) =>
      compare(`outputs of row ${i + 1}`, found.outputs[i] ?? [], row, TRAINING_TOLERANCE),
    ),
  ];
}

function compareTensors(
  what: string,
  found: ReferenceTensors,
  expected: ReferenceTensors,
  tolerance: number,
): string[] {
  const [keys, wanted] = [Object.keys(found).sort().join(), Object.keys(expected).sort().join()];
  if (keys !== wanted) return [`${what}: expected the keys ${wanted}, got ${keys}`];
  return Object.entries(expected).flatMap(([key, { shape, data }]) => {
    const other = found[key];
    if (other?.shape.join() !== shape.join()) return [`${what} ${key}: shape ${other?.shape.join()}`];
    return compare(`${what} ${key}`, other.data, data, tolerance);
  });
}

/** The worst number, where it is too far off. */
function compare(what: string, found: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number): string[] {
  if (found.length !== expected.length) return [`${what}: expected ${expected.length} numbers, got ${found.length}`];
  const offs = Array.from(expected, (value, i) => {
    const off = Math.abs((found[i] ?? NaN) - value) / Math.max(1, Math.abs(value));
    return Number.isNaN(off) ? Infinity : off;
  });
  const at = offs.indexOf(Math.max(...offs));
  if (offs.length === 0 || (offs[at] ?? 0) <= tolerance) return [];
  return [`${what}[${at}]: expected ${expected[at]}, got ${found[at]}`];
}

/** Which rows are held out: seeded, stratified by class where asked, both parts in file order. */
import { AppError } from '../lib/errors.ts';
import { Random, streamKey } from '../lib/random.ts';

export interface SplitOptions {
  readonly count: number;
  /** `data.seed`. */
  readonly seed: number;
  /** Fractions of all rows; 0: no such part. */
  readonly validation: number;
  readonly test: number;
  /** Class of every row for a stratified split; null: rows are alike. */
  readonly classOf: Float64Array | null;
}

export interface Split {
  readonly training: Uint32Array<ArrayBuffer>;
  readonly validation: Uint32Array<ArrayBuffer>;
  readonly test: Uint32Array<ArrayBuffer>;
}

/**
 * Parts of floor(fraction·n + ½) rows each; stratified, every class gives fraction·n_c rows rounded by largest remainder
 * (the earlier class first on ties). The rows of a class are shuffled once (stream (seed, 'split', class)): the first ones
 * are held out for validation, the next for the test, so that adding a test part leaves the validation part as it was.
 * Throws AppError 'data.split' when no training row is left.
 */
export function splitRows(options: SplitOptions): Split {
  const { count, seed, validation, test, classOf } = options;
  const groups = classOf === null ? [Uint32Array.from({ length: count }, (_, i) => i)] : groupByClass(classOf);
  const sizes = groups.map((group) => group.length);
  const heldOut = quotas(sizes, validation);
  const tested = quotas(sizes, test).map((quota, i) => Math.min(quota, (sizes[i] ?? 0) - (heldOut[i] ?? 0)));
  const parts = { training: [] as number[], validation: [] as number[], test: [] as number[] };
  groups.forEach((group, i) => {
    const order = new Random(streamKey(seed, 'split', i)).permutation(group.length);
    const validationEnd = heldOut[i] ?? 0;
    const testEnd = validationEnd + (tested[i] ?? 0);
    order.forEach((position, rank) => {
      const part = rank < validationEnd ? parts.validation : rank < testEnd ? parts.test : parts.training;
      part.push(group[position] as number);
    });
  });
  if (parts.training.length === 0) {
    throw new AppError('data.split', { part: validation > 0 ? 'validation' : 'test', rows: count, held: count });
  }
  return { training: inOrder(parts.training), validation: inOrder(parts.validation), test: inOrder(parts.test) };
}

function inOrder(rows: readonly number[]): Uint32Array<ArrayBuffer> {
  return Uint32Array.from(rows).sort();
}

function groupByClass(classOf: Float64Array): Uint32Array[] {
  const groups = new Map<number, number[]>();
  classOf.forEach((label, row) => {
    const group = groups.get(label);
    if (group === undefined) groups.set(label, [row]);
    else group.push(row);
  });
  return [...groups.entries()].sort(([a], [b]) => a - b).map(([, rows]) => Uint32Array.from(rows));
}

/** floor(fraction·Σ sizes + ½) seats shared over the groups by largest remainder. */
export function quotas(sizes: readonly number[], fraction: number): number[] {
  const total = Math.floor(fraction * sizes.reduce((sum, size) => sum + size, 0) + 0.5);
  const shares = sizes.map((size, group) => {
    const exact = fraction * size;
    return { group, seats: Math.floor(exact), rest: exact - Math.floor(exact) };
  });
  const open = total - shares.reduce((sum, share) => sum + share.seats, 0);
  const winners = [...shares].sort((a, b) => b.rest - a.rest || a.group - b.group).slice(0, Math.max(0, open));
  return shares.map((share) => share.seats + (winners.includes(share) ? 1 : 0));
}

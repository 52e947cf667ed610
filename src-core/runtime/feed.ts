/** Copies rows from outside into the operands of a batch. */
import type { Operand } from '../kernels/backend.ts';
import type { Numbers } from '../tensor/layout.ts';
import { isRowMajor, scatter } from '../tensor/layout.ts';
import { assert } from '../lib/assert.ts';

/** Copies `count` consecutive rows from row `from` on. */
export function feedRows(source: ArrayLike<number>, from: number, count: number, to: Operand): void {
  const { data, size, shape, layout } = to;
  if (isRowMajor(shape, layout)) {
    const end = count * size;
    const start = from * size;
    for (let i = 0; i < end; i++) data[i] = source[start + i] as number;
    return;
  }
  scatter(Array.prototype.slice.call(source, from * size, (from + count) * size), data, count, shape, layout);
}

/** Training rows in the backend's own number type, ready to be picked batch by batch. */
export interface BoundRows {
  readonly count: number;
  /** Rows in the physical order of the operand they are copied to. */
  readonly inputs: Numbers;
  readonly targets: Numbers;
  readonly weights: Numbers;
}

/** Copies the rows numbered `order[from …]` into an operand; both are laid out alike, so a row is one run of numbers. */
export function pickRows(source: Numbers, order: Uint32Array, from: number, count: number, to: Operand): void {
  const { data } = to;
  const stride = to.layout.rowStride;
  let at = 0;
  for (let row = 0; row < count; row++) {
    const start = (order[from + row] as number) * stride;
    for (let i = 0; i < stride; i++) data[at++] = source[start + i] as number;
  }
}

/** Rows as the operand wants them: in its number type and layout; ones where `rows` is absent (row weights). */
export function boundCopy(rows: ArrayLike<number> | undefined, count: number, like: Operand): Numbers {
  const length = count * like.layout.rowStride;
  const copy = like.data instanceof Float32Array ? new Float32Array(length) : new Float64Array(length);
  if (rows === undefined) return copy.fill(1);
  assert(rows.length === count * like.size, `expected ${count * like.size} numbers, got ${rows.length}`);
  scatter(rows, copy, count, like.shape, like.layout);
  return copy;
}

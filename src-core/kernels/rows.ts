/** Copies rows of data into the operands of a batch. */
import { assert } from '../lib/assert.ts';
import { isRowMajor, scatter, type Numbers } from '../tensor/layout.ts';
import type { BoundRows, LogicalRows, Operand } from './backend.ts';

/** Where the rows of a batch go. */
export interface BatchOperands {
  readonly inputs: Operand;
  readonly targets: Operand;
  readonly weights: Operand;
}

/** Copies `count` consecutive logical rows, from row `from` on, into an operand. */
export function feedRows(source: ArrayLike<number>, from: number, count: number, to: Operand): void {
  const { data, size, shape, layout } = to;
  const start = from * size;
  if (!isRowMajor(shape, layout)) {
    const end = start + count * size;
    const part = ArrayBuffer.isView(source)
      ? (source as Numbers).subarray(start, end)
      : Array.from(source).slice(start, end);
    scatter(part, data, count, shape, layout);
    return;
  }
  const length = count * size;
  for (let i = 0; i < length; i++) data[i] = source[start + i] as number;
}

/** Rows in the number type and layout of the operands they will be copied to. */
export function bindRows({ count, inputs, targets, weights }: LogicalRows, operands: BatchOperands): BoundRows {
  return {
    count,
    inputs: physicalCopy(inputs, count, operands.inputs),
    targets: physicalCopy(targets, count, operands.targets),
    weights: physicalCopy(weights, count, operands.weights),
  };
}

function physicalCopy(rows: ArrayLike<number> | undefined, count: number, like: Operand): Numbers {
  const length = count * like.layout.rowStride;
  const copy = like.data instanceof Float32Array ? new Float32Array(length) : new Float64Array(length);
  if (rows === undefined) return copy.fill(1);
  assert(rows.length === count * like.size, `expected ${count * like.size} numbers, got ${rows.length}`);
  scatter(rows, copy, count, like.shape, like.layout);
  return copy;
}

/** Copies the bound rows numbered `order[from …]` into the batch. */
export function pickRows(bound: BoundRows, order: Uint32Array, from: number, count: number, to: BatchOperands): void {
  pick(bound.inputs, order, from, count, to.inputs);
  pick(bound.targets, order, from, count, to.targets);
  pick(bound.weights, order, from, count, to.weights);
}

function pick(source: Numbers, order: Uint32Array, from: number, count: number, { data, layout }: Operand): void {
  const stride = layout.rowStride;
  let at = 0;
  for (let row = 0; row < count; row++) {
    const start = (order[from + row] as number) * stride;
    for (let i = 0; i < stride; i++) data[at++] = source[start + i] as number;
  }
}

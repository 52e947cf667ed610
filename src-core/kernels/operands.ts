/** How kernels get at their operands. */
import { present } from '../lib/assert.ts';
import type { KernelCall, Operand } from './backend.ts';

/** The `index`-th input of a call. */
export function inputAt(call: KernelCall, index: number): Operand {
  return present(call.inputs[index], `input ${index}`);
}

/** The `index`-th output of a call. */
export function outputAt(call: KernelCall, index = 0): Operand {
  return present(call.outputs[index], `output ${index}`);
}

/** Elements of the present batch, padding of rows included. */
export function lengthOf({ batched, layout }: Operand, rows: number): number {
  return batched ? rows * layout.rowStride : layout.rowStride;
}

/** A value seen as [outer, channels, inner] around its channel axis; `outer` counts per row of the batch. */
export interface ChannelView {
  readonly outer: number;
  readonly channels: number;
  readonly inner: number;
}

/** @param axis 'first' or 'last' */
export function channelView({ shape, size }: Operand, axis: unknown): ChannelView {
  if (axis === 'first') {
    const channels = shape[0] ?? 1;
    return { outer: 1, channels, inner: size / channels };
  }
  const channels = shape.at(-1) ?? 1;
  return { outer: size / channels, channels, inner: 1 };
}

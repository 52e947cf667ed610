/** Joining, cutting and padding along one axis. */
import { assert } from '../../lib/assert.ts';
import { numberOf } from '../../ops/rules.ts';
import { sizeOf } from '../../tensor/shape.ts';
import type { Kernel, Operand } from '../backend.ts';
import { inputAt, outputAt } from '../operands.ts';

/** A value as [outer, length, inner] around `axis`; `outer` counts per row of the batch. */
function around({ shape }: Operand, axis: number) {
  return { outer: sizeOf(shape.slice(0, axis)), length: shape[axis] ?? 1, inner: sizeOf(shape.slice(axis + 1)) };
}

export const concat: Kernel = (call) => {
  const axis = numberOf(call.attributes, 'axis');
  const y = outputAt(call);
  const whole = around(y, axis);
  const parts = call.inputs.map((operand) => ({
    data: operand.data,
    block: around(operand, axis).length * whole.inner,
  }));
  return ({ rows }) => {
    let to = 0;
    for (let row = 0; row < (y.batched ? rows : 1) * whole.outer; row++) {
      for (const { data, block } of parts) {
        for (let i = 0; i < block; i++) y.data[to++] = data[row * block + i] as number;
      }
    }
  };
};

export const slice: Kernel = (call) => {
  const axis = numberOf(call.attributes, 'axis');
  const from = numberOf(call.attributes, 'from');
  const [x, y] = [inputAt(call, 0), outputAt(call)];
  const whole = around(x, axis);
  const block = around(y, axis).length * whole.inner;
  return ({ rows }) => {
    for (let row = 0; row < (x.batched ? rows : 1) * whole.outer; row++) {
      const at = (row * whole.length + from) * whole.inner;
      for (let i = 0; i < block; i++) y.data[row * block + i] = x.data[at + i] as number;
    }
  };
};

export const pad: Kernel = (call) => {
  const axis = numberOf(call.attributes, 'axis');
  const before = numberOf(call.attributes, 'before');
  const [x, y] = [inputAt(call, 0), outputAt(call)];
  const whole = around(y, axis);
  const block = around(x, axis).length * whole.inner;
  assert(before * whole.inner + block <= whole.length * whole.inner, 'the padded value holds its input');
  return ({ rows }) => {
    const count = (y.batched ? rows : 1) * whole.outer;
    y.data.fill(0, 0, count * whole.length * whole.inner);
    for (let row = 0; row < count; row++) {
      const at = (row * whole.length + before) * whole.inner;
      for (let i = 0; i < block; i++) y.data[at + i] = x.data[row * block + i] as number;
    }
  };
};

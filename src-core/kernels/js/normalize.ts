/** Normalisation within a row; two passes for mean and variance, so that nothing cancels. */
import { numberOf } from '../../ops/rules.ts';
import type { Kernel } from '../backend.ts';
import { inputAt, outputAt } from '../operands.ts';

export const normalizeBlocks: Kernel = (call) => {
  const [x, y, inverse] = [inputAt(call, 0), outputAt(call, 0), outputAt(call, 1)];
  const [block, epsilon] = [numberOf(call.attributes, 'block'), numberOf(call.attributes, 'epsilon')];
  return ({ rows }) => {
    const count = (x.batched ? rows : 1) * inverse.size;
    for (let b = 0; b < count; b++) {
      const [at, end] = [b * block, (b + 1) * block];
      let sum = 0;
      for (let i = at; i < end; i++) sum += x.data[i] as number;
      const mean = sum / block;
      let square = 0;
      for (let i = at; i < end; i++) square += ((x.data[i] as number) - mean) ** 2;
      const factor = 1 / Math.sqrt(square / block + epsilon);
      inverse.data[b] = factor;
      for (let i = at; i < end; i++) y.data[i] = ((x.data[i] as number) - mean) * factor;
    }
  };
};

export const normalizeBlocksGradient: Kernel = (call) => {
  const [y, inverse, g, dx] = [inputAt(call, 0), inputAt(call, 1), inputAt(call, 2), outputAt(call)];
  const block = numberOf(call.attributes, 'block');
  return ({ rows }) => {
    const count = (y.batched ? rows : 1) * inverse.size;
    for (let b = 0; b < count; b++) {
      const [at, end] = [b * block, (b + 1) * block];
      let sum = 0;
      let dot = 0;
      for (let i = at; i < end; i++) {
        sum += g.data[i] as number;
        dot += (g.data[i] as number) * (y.data[i] as number);
      }
      const factor = inverse.data[b] as number;
      for (let i = at; i < end; i++) {
        dx.data[i] = factor * ((g.data[i] as number) - sum / block - ((y.data[i] as number) * dot) / block);
      }
    }
  };
};

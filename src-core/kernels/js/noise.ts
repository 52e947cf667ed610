/** Random masks and noise: functions of seed, node, step and element, so that nothing has to be remembered. */
import { normalAt, streamKey, uniformAt } from '../../lib/random.ts';
import { numberOf } from '../../ops/rules.ts';
import type { Kernel } from '../backend.ts';
import { inputAt, outputAt } from '../operands.ts';

export const dropout: Kernel = (call) => {
  const [x, y, mask] = [inputAt(call, 0), outputAt(call, 0), outputAt(call, 1)];
  const rate = numberOf(call.attributes, 'rate');
  const kept = 1 / (1 - rate);
  return ({ rows, step }) => {
    const key = streamKey(call.seed, 'dropout', call.node, step);
    const length = (x.batched ? rows : 1) * x.size;
    for (let i = 0; i < length; i++) {
      const factor = uniformAt(key, i) < rate ? 0 : kept;
      mask.data[i] = factor;
      y.data[i] = (x.data[i] as number) * factor;
    }
  };
};

export const gaussianNoise: Kernel = (call) => {
  const [x, y] = [inputAt(call, 0), outputAt(call)];
  const stddev = numberOf(call.attributes, 'stddev');
  return ({ rows, step }) => {
    const key = streamKey(call.seed, 'noise', call.node, step);
    const length = (x.batched ? rows : 1) * x.size;
    for (let i = 0; i < length; i++) y.data[i] = (x.data[i] as number) + stddev * normalAt(key, i);
  };
};

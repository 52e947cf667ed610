/** Biases of dense layers: the channel runs fastest, so rows are walked once. */
import type { Kernel } from '../backend.ts';
import { addBias as plainAddBias, channelSum as plainChannelSum } from '../js/bias.ts';
import { channelView, inputAt, outputAt } from '../operands.ts';

export const addBias: Kernel = (call) => {
  const [source, bias, target] = [inputAt(call, 0), inputAt(call, 1), outputAt(call)];
  const { outer, channels, inner } = channelView(source, call.attributes['axis']);
  if (inner > 1) return plainAddBias(call);
  const perBatchRow = source.batched ? outer : 0;
  const fixed = source.batched ? 0 : outer;
  return ({ rows }) => {
    const x = source.data;
    const b = bias.data;
    const y = target.data;
    const count = fixed + rows * perBatchRow;
    for (let row = 0, at = 0; row < count; row++) {
      for (let c = 0; c < channels; c++, at++) y[at] = (x[at] as number) + (b[c] as number);
    }
  };
};

/** Sums stay in float64, in a row of their own, until the last row has been added. */
export const channelSum: Kernel = (call) => {
  const [source, target] = [inputAt(call, 0), outputAt(call)];
  const { outer, channels, inner } = channelView(source, call.attributes['axis']);
  if (inner > 1) return plainChannelSum(call);
  const sums = new Float64Array(channels);
  return ({ rows }) => {
    const x = source.data;
    const count = (source.batched ? rows : 1) * outer;
    sums.fill(0);
    for (let row = 0, at = 0; row < count; row++) {
      for (let c = 0; c < channels; c++, at++) sums[c] = (sums[c] as number) + (x[at] as number);
    }
    target.data.set(sums);
  };
};

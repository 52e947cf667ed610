/** One number per channel: added, summed, repeated. */
import type { Kernel } from '../backend.ts';
import { channelView, inputAt, outputAt } from '../operands.ts';

export const addBias: Kernel = (call) => {
  const [x, b, y] = [inputAt(call, 0), inputAt(call, 1), outputAt(call)];
  const { outer, channels, inner } = channelView(x, call.attributes['axis']);
  return ({ rows }) => {
    const count = (x.batched ? rows : 1) * outer;
    let at = 0;
    for (let row = 0; row < count; row++) {
      for (let c = 0; c < channels; c++) {
        const bias = b.data[c] as number;
        for (let i = 0; i < inner; i++, at++) y.data[at] = (x.data[at] as number) + bias;
      }
    }
  };
};

export const channelSum: Kernel = (call) => {
  const [x, y] = [inputAt(call, 0), outputAt(call)];
  const { outer, channels, inner } = channelView(x, call.attributes['axis']);
  return ({ rows }) => {
    const count = (x.batched ? rows : 1) * outer;
    for (let c = 0; c < channels; c++) {
      let sum = 0;
      for (let row = 0; row < count; row++) {
        const at = (row * channels + c) * inner;
        for (let i = 0; i < inner; i++) sum += x.data[at + i] as number;
      }
      y.data[c] = sum;
    }
  };
};

export const channelSpread: Kernel = (call) => {
  const [x, b, y] = [inputAt(call, 0), inputAt(call, 1), outputAt(call)];
  const { outer, channels, inner } = channelView(x, call.attributes['axis']);
  return ({ rows }) => {
    const count = (x.batched ? rows : 1) * outer;
    let at = 0;
    for (let row = 0; row < count; row++) {
      for (let c = 0; c < channels; c++) {
        const value = b.data[c] as number;
        for (let i = 0; i < inner; i++, at++) y.data[at] = value;
      }
    }
  };
};

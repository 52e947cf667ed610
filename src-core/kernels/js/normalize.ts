/** Normalisation, two passes for mean and variance so that nothing cancels. */
import { numberOf } from '../../ops/rules.ts';
import type { Kernel, Operand } from '../backend.ts';
import { channelView, inputAt, outputAt } from '../operands.ts';

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

/** Calls `meet` for every element of channel `c`. */
function visitChannel(x: Operand, axis: unknown, rows: number, c: number, meet: (at: number) => void): void {
  const { outer, channels, inner } = channelView(x, axis);
  for (let row = 0; row < (x.batched ? rows : 1) * outer; row++) {
    const at = (row * channels + c) * inner;
    for (let i = at; i < at + inner; i++) meet(i);
  }
}

function countOf({ size, batched }: Operand, channels: number, rows: number): number {
  return ((batched ? rows : 1) * size) / channels;
}

export const normalizeChannels: Kernel = (call) => {
  const x = inputAt(call, 0);
  const [y, means, variances] = [outputAt(call, 0), outputAt(call, 1), outputAt(call, 2)];
  const { axis } = call.attributes;
  const epsilon = numberOf(call.attributes, 'epsilon');
  return ({ rows }) => {
    const count = countOf(x, means.size, rows);
    for (let c = 0; c < means.size; c++) {
      let sum = 0;
      visitChannel(x, axis, rows, c, (at) => (sum += x.data[at] as number));
      const mean = sum / count;
      let square = 0;
      visitChannel(x, axis, rows, c, (at) => (square += ((x.data[at] as number) - mean) ** 2));
      const variance = square / count;
      const factor = 1 / Math.sqrt(variance + epsilon);
      visitChannel(x, axis, rows, c, (at) => (y.data[at] = ((x.data[at] as number) - mean) * factor));
      means.data[c] = mean;
      variances.data[c] = variance;
    }
  };
};

export const normalizeChannelsGradient: Kernel = (call) => {
  const [y, variances, g, dx] = [inputAt(call, 0), inputAt(call, 1), inputAt(call, 2), outputAt(call)];
  const { axis } = call.attributes;
  const epsilon = numberOf(call.attributes, 'epsilon');
  return ({ rows }) => {
    const count = countOf(y, variances.size, rows);
    for (let c = 0; c < variances.size; c++) {
      let sum = 0;
      let dot = 0;
      visitChannel(y, axis, rows, c, (at) => {
        sum += g.data[at] as number;
        dot += (g.data[at] as number) * (y.data[at] as number);
      });
      const factor = 1 / Math.sqrt((variances.data[c] as number) + epsilon);
      visitChannel(y, axis, rows, c, (at) => {
        dx.data[at] = factor * ((g.data[at] as number) - sum / count - ((y.data[at] as number) * dot) / count);
      });
    }
  };
};

export const normalizeWith: Kernel = (call) => {
  const [x, means, variances, y] = [inputAt(call, 0), inputAt(call, 1), inputAt(call, 2), outputAt(call)];
  const { axis } = call.attributes;
  const epsilon = numberOf(call.attributes, 'epsilon');
  return ({ rows }) => {
    for (let c = 0; c < means.size; c++) {
      const mean = means.data[c] as number;
      const factor = 1 / Math.sqrt((variances.data[c] as number) + epsilon);
      visitChannel(x, axis, rows, c, (at) => (y.data[at] = ((x.data[at] as number) - mean) * factor));
    }
  };
};

export const runningUpdate: Kernel = (call) => {
  const [runningMean, runningVariance] = [inputAt(call, 0).data, inputAt(call, 1).data];
  const [means, variances, x] = [inputAt(call, 2).data, inputAt(call, 3).data, inputAt(call, 4)];
  const momentum = numberOf(call.attributes, 'momentum');
  return ({ rows }) => {
    const count = countOf(x, means.length, rows);
    const unbias = count / (count - 1);
    for (let c = 0; c < means.length; c++) {
      runningMean[c] = (1 - momentum) * (runningMean[c] as number) + momentum * (means[c] as number);
      runningVariance[c] =
        (1 - momentum) * (runningVariance[c] as number) + momentum * unbias * (variances[c] as number);
    }
  };
};

export const channelScale: Kernel = (call) => {
  const [x, w, y] = [inputAt(call, 0), inputAt(call, 1), outputAt(call)];
  const { axis } = call.attributes;
  return ({ rows }) => {
    for (let c = 0; c < w.size; c++) {
      const factor = w.data[c] as number;
      visitChannel(x, axis, rows, c, (at) => (y.data[at] = (x.data[at] as number) * factor));
    }
  };
};

export const channelDot: Kernel = (call) => {
  const [a, b, y] = [inputAt(call, 0), inputAt(call, 1), outputAt(call)];
  const { axis } = call.attributes;
  return ({ rows }) => {
    for (let c = 0; c < y.size; c++) {
      let sum = 0;
      visitChannel(a, axis, rows, c, (at) => (sum += (a.data[at] as number) * (b.data[at] as number)));
      y.data[c] = sum;
    }
  };
};

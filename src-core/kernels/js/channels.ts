/** Loops over values with one number per channel: norms over the batch, and scales. */
import { numberOf } from '../../ops/rules.ts';
import type { Kernel, Operand } from '../backend.ts';
import { channelView, inputAt, outputAt } from '../operands.ts';

/** Sums per channel in float64, kept between steps so that none is allocated. */
interface ChannelSums {
  readonly sums: Float64Array;
  readonly dots: Float64Array;
}

/** How the elements of an operand run: `outer` blocks per row of the batch, of `channels` runs of `inner` each. */
function walkOf(x: Operand, axis: unknown) {
  const { outer, channels, inner } = channelView(x, axis);
  return { channels, inner, blocks: (rows: number) => (x.batched ? rows : 1) * outer };
}

function sumsFor(channels: number): ChannelSums {
  return { sums: new Float64Array(channels), dots: new Float64Array(channels) };
}

export const normalizeChannels: Kernel = (call) => {
  const x = inputAt(call, 0);
  const [y, means, variances] = [outputAt(call, 0), outputAt(call, 1), outputAt(call, 2)];
  const { channels, inner, blocks } = walkOf(x, call.attributes['axis']);
  const epsilon = numberOf(call.attributes, 'epsilon');
  const { sums, dots } = sumsFor(channels);
  return ({ rows }) => {
    const count = blocks(rows) * inner;
    const length = count * channels;
    sums.fill(0);
    dots.fill(0);
    for (let at = 0; at < length; at++) {
      const c = Math.floor(at / inner) % channels;
      sums[c] = (sums[c] as number) + (x.data[at] as number) / count;
    }
    for (let at = 0; at < length; at++) {
      const c = Math.floor(at / inner) % channels;
      dots[c] = (dots[c] as number) + ((x.data[at] as number) - (sums[c] as number)) ** 2 / count;
    }
    for (let at = 0; at < length; at++) {
      const c = Math.floor(at / inner) % channels;
      y.data[at] = ((x.data[at] as number) - (sums[c] as number)) / Math.sqrt((dots[c] as number) + epsilon);
    }
    means.data.set(sums);
    variances.data.set(dots);
  };
};

export const normalizeChannelsGradient: Kernel = (call) => {
  const [y, variances, g, dx] = [inputAt(call, 0), inputAt(call, 1), inputAt(call, 2), outputAt(call)];
  const { channels, inner, blocks } = walkOf(y, call.attributes['axis']);
  const epsilon = numberOf(call.attributes, 'epsilon');
  const { sums, dots } = sumsFor(channels);
  return ({ rows }) => {
    const count = blocks(rows) * inner;
    const length = count * channels;
    sums.fill(0);
    dots.fill(0);
    for (let at = 0; at < length; at++) {
      const c = Math.floor(at / inner) % channels;
      sums[c] = (sums[c] as number) + (g.data[at] as number) / count;
      dots[c] = (dots[c] as number) + ((g.data[at] as number) * (y.data[at] as number)) / count;
    }
    for (let at = 0; at < length; at++) {
      const c = Math.floor(at / inner) % channels;
      const centred = (g.data[at] as number) - (sums[c] as number) - (y.data[at] as number) * (dots[c] as number);
      dx.data[at] = centred / Math.sqrt((variances.data[c] as number) + epsilon);
    }
  };
};

export const normalizeWith: Kernel = (call) => {
  const [x, means, variances, y] = [inputAt(call, 0), inputAt(call, 1), inputAt(call, 2), outputAt(call)];
  const { channels, inner, blocks } = walkOf(x, call.attributes['axis']);
  const epsilon = numberOf(call.attributes, 'epsilon');
  return ({ rows }) => {
    const length = blocks(rows) * inner * channels;
    for (let at = 0; at < length; at++) {
      const c = Math.floor(at / inner) % channels;
      const centred = (x.data[at] as number) - (means.data[c] as number);
      y.data[at] = centred / Math.sqrt((variances.data[c] as number) + epsilon);
    }
  };
};

export const runningUpdate: Kernel = (call) => {
  const [runningMean, runningVariance] = [inputAt(call, 0).data, inputAt(call, 1).data];
  const [means, variances, x] = [inputAt(call, 2).data, inputAt(call, 3).data, inputAt(call, 4)];
  const momentum = numberOf(call.attributes, 'momentum');
  return ({ rows }) => {
    const count = ((x.batched ? rows : 1) * x.size) / means.length;
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
  const { channels, inner, blocks } = walkOf(x, call.attributes['axis']);
  return ({ rows }) => {
    const length = blocks(rows) * inner * channels;
    for (let at = 0; at < length; at++) {
      y.data[at] = (x.data[at] as number) * (w.data[Math.floor(at / inner) % channels] as number);
    }
  };
};

export const channelDot: Kernel = (call) => {
  const [a, b, y] = [inputAt(call, 0), inputAt(call, 1), outputAt(call)];
  const { channels, inner, blocks } = walkOf(a, call.attributes['axis']);
  const { dots } = sumsFor(channels);
  return ({ rows }) => {
    const length = blocks(rows) * inner * channels;
    dots.fill(0);
    for (let at = 0; at < length; at++) {
      const c = Math.floor(at / inner) % channels;
      dots[c] = (dots[c] as number) + (a.data[at] as number) * (b.data[at] as number);
    }
    y.data.set(dots);
  };
};

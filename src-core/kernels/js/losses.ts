/** Losses row by row, and their gradients. Rows of element-wise losses are means over all their elements. */
import { numberOf } from '../../ops/rules.ts';
import type { Kernel } from '../backend.ts';
import { channelView, inputAt, outputAt } from '../operands.ts';
import { logistic } from './activations.ts';

/** Probabilities are kept this far from 0 and 1. */
const CLIP = 1e-7;

function clip(p: number): number {
  return Math.min(Math.max(p, CLIP), 1 - CLIP);
}

function isInsideClip(p: number): boolean {
  return p >= CLIP && p <= 1 - CLIP;
}

type Term = (output: number, target: number) => number;
type MakeTerm = (attributes: KernelAttributes) => Term;
type KernelAttributes = Parameters<typeof numberOf>[0];

/** Loss of a row: the mean of `term` over its elements. */
function rowMean(make: MakeTerm): Kernel {
  return (call) => {
    const [o, t, loss] = [inputAt(call, 0), inputAt(call, 1), outputAt(call)];
    const term = make(call.attributes);
    return ({ rows }) => {
      for (let row = 0; row < rows; row++) {
        const at = row * o.size;
        let sum = 0;
        for (let i = 0; i < o.size; i++) sum += term(o.data[at + i] as number, t.data[at + i] as number);
        loss.data[row] = sum / o.size;
      }
    };
  };
}

/** Its gradient: `slope` times the row's gradient over the number of elements. */
function rowMeanGradient(make: MakeTerm): Kernel {
  return (call) => {
    const [o, t, g, dx] = [inputAt(call, 0), inputAt(call, 1), inputAt(call, 2), outputAt(call)];
    const slope = make(call.attributes);
    return ({ rows }) => {
      for (let row = 0; row < rows; row++) {
        const at = row * o.size;
        const share = (g.data[row] as number) / o.size;
        for (let i = 0; i < o.size; i++) {
          dx.data[at + i] = share * slope(o.data[at + i] as number, t.data[at + i] as number);
        }
      }
    };
  };
}

export const squaredError: Kernel = rowMean(() => (o, t) => (o - t) * (o - t));
export const squaredErrorGradient: Kernel = rowMeanGradient(() => (o, t) => 2 * (o - t));
export const absoluteError: Kernel = rowMean(() => (o, t) => Math.abs(o - t));
export const absoluteErrorGradient: Kernel = rowMeanGradient(() => (o, t) => Math.sign(o - t));

export const huberError: Kernel = rowMean((attributes) => {
  const delta = numberOf(attributes, 'delta');
  return (o, t) => {
    const distance = Math.abs(o - t);
    return distance <= delta ? 0.5 * distance * distance : delta * (distance - 0.5 * delta);
  };
});
export const huberErrorGradient: Kernel = rowMeanGradient((attributes) => {
  const delta = numberOf(attributes, 'delta');
  return (o, t) => Math.min(Math.max(o - t, -delta), delta);
});

export const hingeError: Kernel = rowMean(() => (o, t) => Math.max(0, 1 - (2 * t - 1) * o));
export const hingeErrorGradient: Kernel = rowMeanGradient(() => (o, t) => {
  const sign = 2 * t - 1;
  return sign * o < 1 ? -sign : 0;
});

export const binaryCrossEntropy: Kernel = rowMean(() => (o, t) => {
  const p = clip(o);
  return -(t * Math.log(p) + (1 - t) * Math.log(1 - p));
});
export const binaryCrossEntropyGradient: Kernel = rowMeanGradient(
  () => (o, t) => (isInsideClip(o) ? (o - t) / (o * (1 - o)) : 0),
);

export const sigmoidCrossEntropy: Kernel = rowMean(
  () => (z, t) => Math.max(z, 0) - z * t + Math.log1p(Math.exp(-Math.abs(z))),
);
export const sigmoidCrossEntropyGradient: Kernel = rowMeanGradient(() => (z, t) => logistic(z) - t);

export const crossEntropy: Kernel = (call) => {
  const [o, t, loss] = [inputAt(call, 0), inputAt(call, 1), outputAt(call)];
  const { outer } = channelView(o, 'last');
  return ({ rows }) => {
    for (let row = 0; row < rows; row++) {
      let sum = 0;
      for (let i = row * o.size; i < (row + 1) * o.size; i++) {
        sum -= (t.data[i] as number) * Math.log(clip(o.data[i] as number));
      }
      loss.data[row] = sum / outer;
    }
  };
};

export const crossEntropyGradient: Kernel = (call) => {
  const [o, t, g, dx] = [inputAt(call, 0), inputAt(call, 1), inputAt(call, 2), outputAt(call)];
  const { outer } = channelView(o, 'last');
  return ({ rows }) => {
    for (let row = 0; row < rows; row++) {
      const share = (g.data[row] as number) / outer;
      for (let i = row * o.size; i < (row + 1) * o.size; i++) {
        const p = o.data[i] as number;
        dx.data[i] = isInsideClip(p) ? (-share * (t.data[i] as number)) / p : 0;
      }
    }
  };
};

export const softmaxCrossEntropy: Kernel = (call) => {
  const [z, t, loss] = [inputAt(call, 0), inputAt(call, 1), outputAt(call)];
  const { outer, channels } = channelView(z, 'last');
  return ({ rows }) => {
    for (let row = 0; row < rows; row++) {
      let sum = 0;
      for (let example = row * outer; example < (row + 1) * outer; example++) {
        const at = example * channels;
        const log = logSumExp(z.data, at, channels);
        for (let i = at; i < at + channels; i++) sum += (t.data[i] as number) * (log - (z.data[i] as number));
      }
      loss.data[row] = sum / outer;
    }
  };
};

export const softmaxCrossEntropyGradient: Kernel = (call) => {
  const [z, t, g, dx] = [inputAt(call, 0), inputAt(call, 1), inputAt(call, 2), outputAt(call)];
  const { outer, channels } = channelView(z, 'last');
  return ({ rows }) => {
    for (let example = 0; example < rows * outer; example++) {
      const at = example * channels;
      const share = (g.data[Math.floor(example / outer)] as number) / outer;
      const log = logSumExp(z.data, at, channels);
      let total = 0;
      for (let i = at; i < at + channels; i++) total += t.data[i] as number;
      for (let i = at; i < at + channels; i++) {
        dx.data[i] = share * (total * Math.exp((z.data[i] as number) - log) - (t.data[i] as number));
      }
    }
  };
};

/** ln Σ e^z over `count` numbers from `at`, shifted by their largest so that nothing overflows. */
function logSumExp(z: ArrayLike<number>, at: number, count: number): number {
  let largest = -Infinity;
  for (let i = at; i < at + count; i++) largest = Math.max(largest, z[i] as number);
  let sum = 0;
  for (let i = at; i < at + count; i++) sum += Math.exp((z[i] as number) - largest);
  return largest + Math.log(sum);
}

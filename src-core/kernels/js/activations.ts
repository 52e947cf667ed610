/** Activation functions and their gradients, element by element, and softmax row by row. */
import { assert } from '../../lib/assert.ts';
import type { Kernel } from '../backend.ts';
import { channelView, inputAt, outputAt } from '../operands.ts';
import { binary, unary } from './elementwise.ts';
import { erf } from './erf.ts';

const ROOT_HALF = Math.SQRT1_2;
const ONE_OVER_ROOT_TWO_PI = 0.3989422804014327; // 1/√(2π)

/** 1/(1 + e^−x) without overflow on either side. */
export function logistic(x: number): number {
  if (x >= 0) return 1 / (1 + Math.exp(-x));
  const power = Math.exp(x);
  return power / (1 + power);
}

function alphaOf(attributes: Readonly<Record<string, unknown>>): number {
  const { alpha } = attributes;
  assert(typeof alpha === 'number', 'alpha is a number');
  return alpha;
}

/** Φ(x), the standard normal distribution. */
function normalCumulative(x: number): number {
  return 0.5 * (1 + erf(x * ROOT_HALF));
}

export const sigmoid: Kernel = unary(() => logistic);
export const sigmoidGradient: Kernel = binary(() => (y, g) => g * y * (1 - y));
export const tanh: Kernel = unary(() => Math.tanh);
export const tanhGradient: Kernel = binary(() => (y, g) => g * (1 - y * y));
export const relu: Kernel = unary(() => (x) => (x > 0 ? x : x < 0 ? 0 : x)); // keeps NaN
export const reluGradient: Kernel = binary(() => (y, g) => (y > 0 ? g : 0));
export const leakyRelu: Kernel = unary((attributes) => {
  const alpha = alphaOf(attributes);
  return (x) => (x >= 0 ? x : alpha * x);
});
export const leakyReluGradient: Kernel = binary((attributes) => {
  const alpha = alphaOf(attributes);
  return (x, g) => (x >= 0 ? g : alpha * g);
});
export const elu: Kernel = unary((attributes) => {
  const alpha = alphaOf(attributes);
  return (x) => (x > 0 ? x : alpha * Math.expm1(x));
});
export const eluGradient: Kernel = binary((attributes) => {
  const alpha = alphaOf(attributes);
  return (x, g) => (x > 0 ? g : g * alpha * Math.exp(x));
});
export const softplus: Kernel = unary(() => (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))));
export const softplusGradient: Kernel = binary(() => (x, g) => g * logistic(x));
export const gelu: Kernel = unary(() => (x) => x * normalCumulative(x));
export const geluGradient: Kernel = binary(
  () => (x, g) => g * (normalCumulative(x) + x * ONE_OVER_ROOT_TWO_PI * Math.exp(-0.5 * x * x)),
);
export const silu: Kernel = unary(() => (x) => x * logistic(x));
export const siluGradient: Kernel = binary(() => (x, g) => {
  const s = logistic(x);
  return g * s * (1 + x * (1 - s));
});

export const softmax: Kernel = (call) => {
  const [x, y] = [inputAt(call, 0), outputAt(call)];
  const { outer, channels } = channelView(x, 'last');
  return ({ rows }) => {
    const count = (x.batched ? rows : 1) * outer;
    for (let row = 0; row < count; row++) {
      const at = row * channels;
      let largest = -Infinity;
      for (let i = 0; i < channels; i++) largest = Math.max(largest, x.data[at + i] as number);
      let sum = 0;
      for (let i = 0; i < channels; i++) {
        const power = Math.exp((x.data[at + i] as number) - largest);
        y.data[at + i] = power;
        sum += power;
      }
      for (let i = 0; i < channels; i++) y.data[at + i] = (y.data[at + i] as number) / sum;
    }
  };
};

export const softmaxGradient: Kernel = (call) => {
  const [y, g, dx] = [inputAt(call, 0), inputAt(call, 1), outputAt(call)];
  const { outer, channels } = channelView(y, 'last');
  return ({ rows }) => {
    const count = (y.batched ? rows : 1) * outer;
    for (let row = 0; row < count; row++) {
      const at = row * channels;
      let dot = 0;
      for (let i = 0; i < channels; i++) dot += (y.data[at + i] as number) * (g.data[at + i] as number);
      for (let i = 0; i < channels; i++)
        dx.data[at + i] = (y.data[at + i] as number) * ((g.data[at + i] as number) - dot);
    }
  };
};

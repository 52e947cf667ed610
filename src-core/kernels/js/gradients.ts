/** What happens to a gradient between the backward pass and the optimizer. */
import { numberOf } from '../../ops/rules.ts';
import type { Kernel } from '../backend.ts';
import { inputAt, outputAt } from '../operands.ts';
import { binary, unary } from './elementwise.ts';

/** Keeps the division finite, as torch.nn.utils.clip_grad_norm_ does. */
const NORM_EPSILON = 1e-6;

export const penaltyGradient: Kernel = binary((attributes) => {
  const [l1, l2] = [attributes['l1'] as number, attributes['l2'] as number]; // numbers by the op's declaration
  return (g, w) => g + l1 * Math.sign(w) + l2 * w;
});

export const clipByNorm: Kernel = (call) => {
  const [g, norm, y] = [inputAt(call, 0), inputAt(call, 1), outputAt(call)];
  const limit = numberOf(call.attributes, 'limit');
  return () => {
    const factor = Math.min(1, limit / ((norm.data[0] as number) + NORM_EPSILON));
    for (let i = 0; i < y.data.length; i++) y.data[i] = factor * (g.data[i] as number);
  };
};

export const clipByValue: Kernel = unary((attributes) => {
  const limit = attributes['limit'] as number; // a number by the op's declaration
  return (g) => Math.min(Math.max(g, -limit), limit);
});

/** Fan-in and fan-out of a tensor, as PyTorch's `torch.nn.init` counts them. */
import { sizeOf, type Shape } from '../tensor/shape.ts';
import type { Fans } from './define.ts';

/**
 * [out, in, receptive…]: fanIn = in · receptive, fanOut = out · receptive, where the receptive field is the product of the
 * axes after the second. A vector counts its length for both (PyTorch refuses vectors; here biases may take any initialiser).
 */
export function fansOf(shape: Shape): Fans {
  const [out = 1, into = out] = shape;
  const receptive = sizeOf(shape.slice(2));
  return { fanIn: into * receptive, fanOut: out * receptive };
}

/** What layers ask of the values that enter them. */
import { present } from '../lib/assert.ts';
import { AppError } from '../lib/errors.ts';
import type { Value } from '../ops/define.ts';
import { formatShape } from '../tensor/shape.ts';

/** The value that enters a layer with one input. */
export function theInput(inputs: readonly Value[]): Value {
  return present(inputs[0], 'the input of the layer');
}

/**
 * The input, provided that it has `rank` axes.
 * @param layer as people know it: 'conv2d'
 * @param axes what the axes are: '[channels, height, width]'
 */
export function inputOfRank(inputs: readonly Value[], rank: number, layer: string, axes: string): Value {
  const x = theInput(inputs);
  if (x.shape.length === rank) return x;
  throw new AppError('shape.rank', { layer, expected: axes, found: formatShape(x.shape) });
}

/** Length of axis `index`, counted from the end when negative. */
export function axisOf(x: Value, index: number): number {
  return present(x.shape.at(index), `axis ${index} of ${formatShape(x.shape)}`);
}

/** The inputs of a merging layer: two or more. */
export function manyInputs(inputs: readonly Value[], layer: string): readonly Value[] {
  if (inputs.length < 2) throw new AppError('shape.too_few_inputs', { layer, found: inputs.length });
  return inputs;
}

/** Weights by tensor key into a network, every misfit an error that names the tensor. */
import { AppError } from '../lib/errors.ts';
import type { Network } from '../runtime/define.ts';
import { formatShape, sizeOf, type Shape } from '../tensor/shape.ts';

export type Weights = ReadonlyMap<string, ArrayLike<number>>;

/** Weights to start from, as a file had them. */
export interface InitialWeights {
  readonly values: Weights;
  readonly shapes: ReadonlyMap<string, Shape>;
}

/**
 * Puts them into a network that was initialised before. Running statistics may be missing: they then stay at their start.
 * Throws as setWeights.
 */
export function setInitialWeights(network: Network, { values, shapes }: InitialWeights): void {
  const missing = network.tensors.filter(({ key, trained }) => !trained && !values.has(key));
  setWeights(network, new Map([...values, ...missing.map(({ key }) => [key, network.read(key)] as const)]), shapes);
}

/** Throws AppError 'weights.missing', 'weights.unknown', 'weights.size'; the network is then unchanged. */
export function setWeights(network: Network, weights: Weights, shapes?: ReadonlyMap<string, Shape>): void {
  for (const { key, shape } of network.tensors) {
    const values = weights.get(key);
    const expected = formatShape(shape);
    if (values === undefined) throw new AppError('weights.missing', { key, shape: expected });
    const given = shapes?.get(key) ?? [values.length];
    const fits = shapes?.has(key) === true ? formatShape(given) === expected : true;
    if (!fits || values.length !== sizeOf(shape)) {
      throw new AppError('weights.size', { key, expected, found: formatShape(given) });
    }
  }
  const known = network.tensors.map(({ key }) => key);
  const foreign = [...weights.keys()].find((key) => !known.includes(key));
  if (foreign !== undefined) throw new AppError('weights.unknown', { key: foreign, known: known.join(', ') });
  for (const [key, values] of weights) network.write(key, values);
}

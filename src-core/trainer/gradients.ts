/** Loss and gradients of one batch, for comparison with other engines and with finite differences. */
import type { LoadedData } from '../datasets/define.ts';
import type { ProjectDocument } from '../graph/model.ts';
import { createNetwork } from '../runtime/network.ts';
import { present } from '../lib/assert.ts';
import type { Shape } from '../tensor/shape.ts';
import { rowWeights, weightsByClass } from './class-weights.ts';
import { DEFAULT_SEED, resolveSettings } from './settings.ts';
import { checkFit } from './start.ts';
import { setInitialWeights, type InitialWeights } from './weights.ts';

export interface BatchGradients {
  /** As the document's reduction has it. */
  readonly loss: number;
  readonly gradients: ReadonlyMap<string, { readonly shape: Shape; readonly values: Float64Array }>;
}

/**
 * On the first batch_size training rows in file order, in training mode with dropout and noise off, of the loss alone;
 * in float64. Throws AppError 'weights.*', 'data.input_size', 'data.target_size'.
 */
export function firstBatchGradients(
  { graph, training }: ProjectDocument,
  data: LoadedData,
  weights: InitialWeights,
): BatchGradients {
  const { batchSize } = resolveSettings(training, data.training.count);
  const network = createNetwork({ graph, training, backend: 'reference', batchSize, noise: false });
  checkFit(network, data);
  network.initialize(training.seed ?? DEFAULT_SEED);
  setInitialWeights(network, weights);
  const { count, inputs, targets } = data.training;
  const all = rowWeights(data.training, weightsByClass(data, training));
  const first = (values: Float64Array) => values.subarray(0, (values.length / count) * batchSize);
  const { loss, tensors } = network.gradients({
    count: batchSize,
    inputs: first(inputs),
    targets: first(targets),
    ...(all && { weights: first(all) }),
  });
  const shapeOf = (key: string) =>
    present(
      network.tensors.find((tensor) => tensor.key === key),
      `tensor ${key}`,
    ).shape;
  const gradients = new Map([...tensors].map(([key, values]) => [key, { shape: shapeOf(key), values }]));
  network.dispose();
  return { loss, gradients };
}

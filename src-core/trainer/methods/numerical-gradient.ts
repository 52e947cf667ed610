/** Method `numerical_gradient`: the chosen optimizer on central differences, to see that back-propagation finds the same. */
import type { Network, Rows } from '../../runtime/define.ts';
import { batchReader, takeSteps } from './batch.ts';
import type { MethodDefinition } from './define.ts';

const DEFAULT_H = 1e-4;

/**
 * g = (L(w + h) − L(w − h))/2h for every trained number, in float64, on the same batches as `gradient`; error O(h²).
 * Key h (1e-4). Dropout and noise take one and the same mask in every step.
 */
export const numericalGradient: MethodDefinition = {
  label: 'Numerical gradient',
  summary: 'The chosen optimizer on central differences: two runs of the network for every parameter and step.',
  needsFloat64: true,
  start: ({ network, data, document, settings }) => {
    const { training } = document;
    const h = Number(training['h'] ?? DEFAULT_H);
    const batchOf = batchReader(data, training, settings.batchSize);
    const perRow = training.reduction === 'sum';
    return {
      batchSize: settings.batchSize,
      train: (request) =>
        takeSteps(request, (step) => {
          const rows = batchOf(request, step);
          const { loss } = network.gradients(rows);
          const gradients = differences(network, rows, h);
          const moment = { stepsBefore: request.stepsBefore + step, learningRate: request.learningRate };
          const isFinite = network.applyGradients(gradients, moment);
          return { loss: perRow ? loss / rows.count : loss, rows: rows.count, isFinite };
        }),
      endEpoch: () => ({ record: {}, finished: null }),
      readState: () => new Float64Array(0),
      writeState: () => undefined,
    };
  },
};

/** Central differences of the batch's loss, tensor by tensor. */
function differences(network: Network, rows: Rows, h: number): Map<string, Float64Array> {
  const gradients = new Map<string, Float64Array>();
  for (const { key, trained } of network.tensors) {
    if (!trained) continue;
    const values = Float64Array.from(network.read(key));
    const lossAt = (i: number, value: number) => {
      const moved = values.slice();
      moved[i] = value;
      network.write(key, moved);
      return network.gradients(rows).loss;
    };
    const found = values.map((value, i) => (lossAt(i, value + h) - lossAt(i, value - h)) / (2 * h));
    network.write(key, values);
    gradients.set(key, found);
  }
  return gradients;
}

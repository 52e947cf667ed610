/** A saved state and its document as a trained network, ready for any export format. */
import { encodingToJson } from '../datasets/encoding-json.ts';
import type { TestVectors, TrainedNetwork, WeightsTensor } from './define.ts';
import type { ProjectDocument } from '../graph/model.ts';
import { createNetwork } from '../runtime/network.ts';
import { sizeOf } from '../tensor/shape.ts';
import { decodeCheckpoint } from '../trainer/checkpoint.ts';
import type { RunState } from '../trainer/state.ts';
import { setWeights } from '../trainer/weights.ts';

/** |Δ| ≤ tolerance·max(1, |expected|): room for another float32 implementation's rounding. */
const TOLERANCE = 1e-5;

/**
 * Weights rounded to float32, and test vectors computed from the rounded ones in float64.
 * @param checkpoint of a run of `document`; throws AppError 'checkpoint.*' for anything else
 */
export function exportRun(document: ProjectDocument, checkpoint: Uint8Array): TrainedNetwork {
  const state = decodeCheckpoint(checkpoint);
  const { loss, epoch, step, ...others } = state.record ?? { loss: undefined, epoch: 0, step: 0 };
  return {
    graph: document.graph,
    data: encodingToJson(document.data, state.encoding),
    training: { ...document.training, epoch, step, metrics: { ...(loss !== undefined && { loss }), ...others } },
    ...computeTensors(document, state),
  };
}

function computeTensors(document: ProjectDocument, state: RunState): Pick<TrainedNetwork, 'tensors' | 'vectors'> {
  const { graph, training } = document;
  const network = createNetwork({ graph, training, backend: 'reference', batchSize: 1, noise: false });
  const rounded = new Map([...state.tensors].map(([key, values]) => [key, Float32Array.from(values)]));
  setWeights(network, rounded);
  const tensors = new Map<string, WeightsTensor>();
  for (const { key, shape } of network.tensors) {
    tensors.set(key, { shape, data: rounded.get(key) ?? new Float32Array(0) });
  }
  const inputs = Float64Array.from(state.samples, Math.fround);
  const count = inputs.length / sizeOf(network.inputShape);
  const outputs = network.predict(inputs, count);
  network.dispose();
  const vectors: TestVectors = { inputs: asRows(inputs, count), outputs: asRows(outputs, count), tolerance: TOLERANCE };
  return { tensors, vectors };
}

function asRows(values: Float64Array, count: number): number[][] {
  const width = values.length / count;
  return Array.from({ length: count }, (_, row) => Array.from(values.subarray(row * width, (row + 1) * width)));
}

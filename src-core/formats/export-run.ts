/** A saved state and its document as a trained network, ready for any export format. */
import { encodingToJson } from '../datasets/encoding-json.ts';
import type { TestVectors, TrainedNetwork, WeightsTensor } from './define.ts';
import type { ProjectDocument } from '../graph/model.ts';
import { finish, type Turns } from '../lib/turns.ts';
import { sourceOf } from '../runtime/arrays.ts';
import { createNetwork } from '../runtime/network.ts';
import { partsOf } from '../tensor/layout-part.ts';
import { sizeOf } from '../tensor/shape.ts';
import { decodeTurns, type CreateHash } from '../trainer/checkpoint.ts';
import { copyWeights } from '../trainer/copy-weights.ts';
import type { Numbers, RunState } from '../trainer/state.ts';

/** |Δ| ≤ tolerance·max(1, |expected|): room for another float32 implementation's rounding. */
const TOLERANCE = 1e-5;
/** Numbers rounded between two turns: about a millisecond. */
const TURN_NUMBERS = 2 ** 18;

/**
 * Weights rounded to float32, and test vectors computed from the rounded ones in float64.
 * @param checkpoint of a run of `document`; throws AppError 'checkpoint.*' for anything else
 */
export function exportRun(document: ProjectDocument, checkpoint: Uint8Array): TrainedNetwork {
  return finish(exportRunTurns(document, checkpoint));
}

/** The same in turns. */
export function* exportRunTurns(
  document: ProjectDocument,
  checkpoint: Uint8Array,
  createHash?: CreateHash,
): Turns<TrainedNetwork> {
  const state = yield* decodeTurns(checkpoint, createHash);
  const { loss, epoch, step, ...others } = state.record ?? { loss: undefined, epoch: 0, step: 0 };
  return {
    graph: document.graph,
    data: encodingToJson(document.data, state.encoding),
    training: { ...document.training, epoch, step, metrics: { ...(loss !== undefined && { loss }), ...others } },
    ...(yield* computeTensors(document, state)),
  };
}

/** Rounded to float32, in turns. */
export function* asFloat32(values: Numbers): Turns<Float32Array> {
  const rounded = new Float32Array(values.length);
  for (const { from, to } of partsOf(values.length, TURN_NUMBERS)) {
    rounded.set(values.subarray(from, to), from);
    if (to - from === TURN_NUMBERS) yield;
  }
  return rounded;
}

function* computeTensors(
  { graph }: ProjectDocument,
  state: RunState,
): Turns<Pick<TrainedNetwork, 'tensors' | 'vectors'>> {
  const network = createNetwork({ graph, backend: 'reference', batchSize: 1, noise: false });
  yield;
  const tensors = new Map<string, WeightsTensor>();
  for (const { key, shape } of network.tensors) {
    tensors.set(key, { shape, data: yield* asFloat32(state.tensors.get(key) ?? new Float32Array(0)) });
  }
  yield* copyWeights(sourceOf(new Map([...tensors].map(([key, { data }]) => [key, data]))), network);
  const inputs = Float64Array.from(state.samples, Math.fround);
  const count = inputs.length / sizeOf(network.inputShape);
  const outputs = yield* network.predictTurns(inputs, count);
  network.dispose();
  const vectors: TestVectors = { inputs: asRows(inputs, count), outputs: asRows(outputs, count), tolerance: TOLERANCE };
  return { tensors, vectors };
}

function asRows(values: Float64Array, count: number): number[][] {
  const width = values.length / count;
  return Array.from({ length: count }, (_, row) => Array.from(values.subarray(row * width, (row + 1) * width)));
}

/** A weights file taken in: hashes and test vectors verified, ready to predict. */
import { analyze } from '../analysis/analyze.ts';
import { encodingFromJson } from '../datasets/encoding-json.ts';
import type { TrainedNetwork } from './define.ts';
import { readWeights, type ReadWeights } from './weights-read.ts';
import { PROJECT_FORMAT, PROJECT_VERSION, type ProjectDocument, type TrainingSpec } from '../graph/model.ts';
import { AppError } from '../lib/errors.ts';
import type { Network } from '../runtime/define.ts';
import { createNetwork } from '../runtime/network.ts';
import { sizeOf } from '../tensor/shape.ts';
import type { Model } from '../trainer/predict.ts';
import { setWeights, type InitialWeights } from '../trainer/weights.ts';

export interface OpenedWeights {
  readonly network: TrainedNetwork;
  readonly model: Model;
}

/**
 * The network in a weights file. Throws what `readWeights` throws, and AppError 'weights.no_graph' for a file of tensors
 * alone, 'graph.problems' for a graph that cannot run, 'weights.missing', 'weights.unknown' and 'weights.size' naming the
 * tensor, 'weights.vector' when the network does not give the file's own outputs.
 */
export function openWeights(file: string | Uint8Array): OpenedWeights {
  const { tensors, model } = readWeights(file);
  if (model === null) throw new AppError('weights.no_graph', {});
  const document = documentOf(model);
  checkGraph(document);
  const { graph, training } = document;
  const network = createNetwork({ graph, training, backend: 'reference', batchSize: 1, noise: false });
  const weights = new Map([...tensors].map(([key, { data }]) => [key, data]));
  setWeights(network, weights, new Map([...tensors].map(([key, { shape }]) => [key, shape])));
  checkVectors(network, model.vectors);
  const sizes = { inputs: sizeOf(network.inputShape), targets: sizeOf(network.outputShape) };
  const encoding = encodingFromJson(model.data, sizes);
  network.dispose();
  return { network: { ...model, tensors }, model: { graph, training, encoding, weights } };
}

/** Starting weights by key from a full weights file (vectors verified) or from a file of tensors alone. */
export function openInitialWeights(file: string | Uint8Array): InitialWeights {
  const { tensors, model } = readWeights(file);
  if (model !== null) openWeights(file);
  return {
    values: new Map([...tensors].map(([key, { data }]) => [key, data])),
    shapes: new Map([...tensors].map(([key, { shape }]) => [key, shape])),
  };
}

function documentOf({ graph, data, training }: NonNullable<ReadWeights['model']>): ProjectDocument {
  return {
    format: PROJECT_FORMAT,
    version: PROJECT_VERSION,
    name: 'weights file',
    graph,
    data: { ...data, kind: String(data['kind'] ?? 'csv') },
    training: training as TrainingSpec, // its skeleton was checked when the file was read
  };
}

/** Problems of the data part do not matter here: its rows are not needed to predict. */
function checkGraph(document: ProjectDocument): void {
  const errors = analyze(document).problems.filter(
    ({ severity, path }) => severity === 'error' && path?.startsWith('data') !== true,
  );
  const [first] = errors;
  if (first !== undefined) throw new AppError('graph.problems', { count: errors.length, first: first.message });
}

function checkVectors(network: Network, { inputs, outputs, tolerance }: TrainedNetwork['vectors']): void {
  const inputSize = sizeOf(network.inputShape);
  const outputSize = sizeOf(network.outputShape);
  inputs.forEach((row, vector) => {
    const expectedRow = outputs[vector] ?? [];
    if (row.length !== inputSize || expectedRow.length !== outputSize) {
      const found = `${row.length} and ${expectedRow.length}`;
      const expected = `${inputSize} inputs and ${outputSize} outputs`;
      throw new AppError('weights.format', { place: `vectors: vector ${vector + 1}`, expected, found });
    }
    const found = network.predict(Float64Array.from(row), 1);
    expectedRow.forEach((expected, i) => {
      const value = found[i] as number;
      const fits =
        Object.is(value, expected) || Math.abs(value - expected) <= tolerance * Math.max(1, Math.abs(expected));
      if (!fits) throw new AppError('weights.vector', { vector: vector + 1, output: i + 1, expected, found: value });
    });
  });
}

/** Looks into a network beside the run that trains it: it has memory of its own, so that looking changes nothing. */
import type { Distribution, FitPoints, InsightKind, Insights } from '../contract/insights.ts';
import type { NetworkLook } from '../contract/network-look.ts';
import type { BoundaryGrid } from '../contract/records.ts';
import type { DataPart, LoadedData } from '../datasets/define.ts';
import { unstandardize } from '../datasets/standardize.ts';
import type { ProjectDocument } from '../graph/model.ts';
import { topologicalOrder } from '../graph/order.ts';
import { confusionMatrix } from '../metrics/classes.ts';
import type { Turns } from '../lib/turns.ts';
import { gradientsOf, sourceOfNetwork, type TensorSource } from '../runtime/arrays.ts';
import type { Network } from '../runtime/define.ts';
import { createNetwork } from '../runtime/network.ts';
import { partsOf } from '../tensor/layout-part.ts';
import { Boundary, type BoundaryView } from './boundary.ts';
import { rowWeights, weightsByClass } from './class-weights.ts';
import { copyWeights, eachPart } from './copy-weights.ts';
import type { LookRequest } from './define.ts';
import { distributionTurns } from './distribution.ts';
import { LayerProbe } from './layer-outputs.ts';
import { Looker } from './look.ts';
import { scoredOf, Scoring } from './score.ts';
import { resolveSettings } from './settings.ts';

/** Most rows that gradients and activations are measured on, evenly spread over the training rows. */
export const PROBE_ROWS = 128;
/** Parameters from which 128 rows take longer than a turn should. */
const LARGE = 2 ** 20;
/** Points of each part in a plot of predictions. */
export const FIT_ROWS = 1000;
/** Methods that follow no gradient. */
const WITHOUT_GRADIENT: readonly string[] = ['perceptron', 'hill_climbing'];

export class Probe {
  readonly #document: ProjectDocument;
  readonly #data: LoadedData;
  readonly #network: Network;
  readonly #boundary: Boundary;
  readonly #nodes: readonly string[];
  /** Of one turn: of a large network no more than a training step takes. */
  readonly #rows: number;
  #layers: LayerProbe | null = null;
  #looker: Looker | null = null;

  /** @param document checked before, and fitting `data` */
  constructor(document: ProjectDocument, data: LoadedData) {
    const { graph, training } = document;
    this.#document = document;
    this.#data = data;
    this.#nodes = topologicalOrder(graph);
    // No step is ever taken: the optimizer with the least memory serves.
    const plain = { ...training, optimizer: { type: 'sgd', learning_rate: 1 } };
    this.#network = createNetwork({ graph, training: plain, backend: 'fast', batchSize: PROBE_ROWS, noise: false });
    const { batchSize } = resolveSettings(training, data.training.count);
    this.#rows = this.#network.parameterCount > LARGE ? Math.min(PROBE_ROWS, batchSize) : PROBE_ROWS;
    this.#boundary = new Boundary(this.#network, data, graph);
  }

  /** What is looked at from here on. Throws AppError 'weights.*' when they are of another network. */
  take(weights: TensorSource): Turns<void> {
    return copyWeights(weights, this.#network);
  }

  /** Into its nodes, as a run that trains is looked into. */
  *look(request: LookRequest, step: number): Turns<NetworkLook> {
    const { graph } = this.#document;
    const options = { graph, data: this.#data, network: this.#network, batchSize: this.#rows };
    this.#looker ??= new Looker(options);
    return { ...(yield* this.#looker.look(request, step)), phase: null };
  }

  /** @param rows points of one turn; absent: all */
  boundary(view: BoundaryView, rows?: number): Turns<BoundaryGrid> {
    return this.#boundary.grid(view, rows);
  }

  /** The confusion matrix of the validation rows (training rows without). Null for regression. */
  *confusion(): Turns<Float64Array | null> {
    const { task, encoding, validation, training } = this.#data;
    if (task === 'regression') return null;
    const rows = validation ?? training;
    const scoring = new Scoring(this.#network, rows);
    while (!scoring.isDone) {
      scoring.advance(1);
      yield;
    }
    return confusionMatrix(scoredOf(rows, scoring.outputs, { encoding, training: this.#document.training }));
  }

  /** @param step the optimizer step the weights are of */
  *insights(kinds: readonly InsightKind[], step: number): Turns<Insights> {
    const has = (kind: InsightKind): boolean => kinds.includes(kind);
    return {
      step,
      weights: has('weights') ? yield* this.#inOrder(sourceOfNetwork(this.#network)) : null,
      gradients: has('gradients') ? yield* this.#gradients() : null,
      activations: has('activations') ? yield* this.#activations() : null,
      fit: has('fit') ? yield* this.#fit() : null,
    };
  }

  dispose(): void {
    this.#network.dispose();
    this.#layers?.dispose();
    this.#looker?.dispose();
  }

  /** Of the mean loss over a batch of rows, without dropout and noise. */
  *#gradients(): Turns<readonly Distribution[] | null> {
    const { training } = this.#document;
    if (WITHOUT_GRADIENT.includes(training.method ?? 'gradient')) return null;
    const part = spread(this.#data.training, this.#rows);
    const weights = rowWeights(part, weightsByClass(this.#data, training));
    const { count, inputs, targets } = part;
    this.#network.gradientsInPlace({ count, inputs, targets, ...(weights && { weights }) });
    yield;
    return yield* this.#inOrder(gradientsOf(this.#network));
  }

  *#activations(): Turns<Insights['activations']> {
    this.#layers ??= new LayerProbe(this.#document.graph, this.#rows);
    yield;
    const { inputs, count } = spread(this.#data.training, PROBE_ROWS);
    return yield* this.#layers.outputs(sourceOfNetwork(this.#network), inputs, count, this.#rows);
  }

  /** Of the first target. */
  *#fit(): Turns<FitPoints | null> {
    const { task, training, validation } = this.#data;
    if (task !== 'regression') return null;
    const trained = yield* this.#column(spread(training, FIT_ROWS));
    const held = validation ? yield* this.#column(spread(validation, FIT_ROWS)) : null;
    const columns = held === null ? [trained] : [trained, held];
    const truth = joined(columns.map((column) => column.truth));
    return {
      truth,
      predicted: joined(columns.map((column) => column.predicted)),
      validation: Uint8Array.from(truth, (_, i) => (i < trained.truth.length ? 0 : 1)),
    };
  }

  *#column({
    inputs,
    targets,
    count,
  }: Omit<DataPart, 'indices'>): Turns<{ truth: Float32Array; predicted: Float32Array }> {
    const { inputSize, targetSize, targetStandardization } = this.#data;
    const outputs = new Float64Array(count * targetSize);
    for (const { from, to } of partsOf(count, this.#rows)) {
      outputs.set(
        this.#network.predict(inputs.subarray(from * inputSize, to * inputSize), to - from),
        from * targetSize,
      );
      yield;
    }
    const truth = targets.slice();
    if (targetStandardization !== null) for (const side of [outputs, truth]) unstandardize(side, targetStandardization);
    const first = (values: Float64Array): Float32Array =>
      Float32Array.from({ length: count }, (_, row) => values[row * targetSize] as number);
    return { truth: first(truth), predicted: first(outputs) };
  }

  /** As the graph runs, the tensors of one node in the order of their names. */
  *#inOrder(source: TensorSource): Turns<readonly Distribution[]> {
    const placeOf = (key: string): number => this.#nodes.indexOf(key.slice(0, key.lastIndexOf('.')));
    const keys = [...source.keys].sort((a, b) => placeOf(a) - placeOf(b) || (a < b ? 1 : -1)); // weight before bias
    const distributions: Distribution[] = [];
    for (const key of keys) {
      distributions.push(yield* distributionTurns(key, (visit) => eachPart(source, key, visit)));
    }
    return distributions;
  }
}

/** At most so many rows of a part, evenly spread. */
function spread({ count, inputs, targets }: DataPart, most: number): Omit<DataPart, 'indices'> {
  if (count <= most) return { count, inputs, targets };
  const rows = Array.from({ length: most }, (_, i) => Math.floor((i * count) / most));
  const take = (values: Float64Array): Float64Array => {
    const width = values.length / count;
    const taken = new Float64Array(most * width);
    rows.forEach((row, i) => taken.set(values.subarray(row * width, (row + 1) * width), i * width));
    return taken;
  };
  return { count: most, inputs: take(inputs), targets: take(targets) };
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

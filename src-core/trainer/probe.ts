/** Looks into a network beside the run that trains it: it has memory of its own, so that looking changes nothing. */
import type { Distribution, FitPoints, InsightKind, Insights } from '../contract/insights.ts';
import type { BoundaryGrid } from '../contract/records.ts';
import type { DataPart, LoadedData } from '../datasets/define.ts';
import { unstandardize } from '../datasets/standardize.ts';
import type { ProjectDocument } from '../graph/model.ts';
import { topologicalOrder } from '../graph/order.ts';
import { confusionMatrix } from '../metrics/classes.ts';
import type { Network } from '../runtime/define.ts';
import { createNetwork } from '../runtime/network.ts';
import { computeBoundary, type BoundaryView } from './boundary.ts';
import { rowWeights, weightsByClass } from './class-weights.ts';
import { distributionOf } from './distribution.ts';
import { LayerProbes } from './layer-outputs.ts';
import { scoredOf, Scoring } from './score.ts';
import { setWeights, type Weights } from './weights.ts';

/** Rows that gradients and activations are measured on, evenly spread over the training rows. */
export const PROBE_ROWS = 128;
/** Points of each part in a plot of predictions. */
export const FIT_ROWS = 1000;
/** Methods that follow no gradient. */
const WITHOUT_GRADIENT: readonly string[] = ['perceptron', 'hill_climbing'];

export class Probe {
  readonly #document: ProjectDocument;
  readonly #data: LoadedData;
  readonly #network: Network;
  readonly #nodes: readonly string[];
  #weights: Weights = new Map();
  #layers: LayerProbes | null = null;

  /** @param document checked before, and fitting `data` */
  constructor(document: ProjectDocument, data: LoadedData) {
    const { graph, training } = document;
    this.#document = document;
    this.#data = data;
    this.#nodes = topologicalOrder(graph);
    this.#network = createNetwork({ graph, training, backend: 'fast', batchSize: PROBE_ROWS, noise: false });
  }

  /** What is looked at from here on. Throws AppError 'weights.*' when they are of another network. */
  set(weights: Weights): void {
    this.#weights = weights;
    setWeights(this.#network, weights);
  }

  boundary(view: BoundaryView): BoundaryGrid {
    return computeBoundary(this.#network, this.#data, view);
  }

  /**
   * An evaluation for the confusion matrix of the validation rows (training rows without): `advance` until it is done,
   * then `matrix`. Null for regression.
   */
  confusion(): { advance(most: number): boolean; matrix(): Float64Array } | null {
    const { task, encoding, validation, training } = this.#data;
    if (task === 'regression') return null;
    const rows = validation ?? training;
    const scoring = new Scoring(this.#network, rows);
    return {
      advance: (most) => {
        scoring.advance(most);
        return scoring.isDone;
      },
      matrix: () => confusionMatrix(scoredOf(rows, scoring.outputs, { encoding, training: this.#document.training })),
    };
  }

  /** @param step the optimizer step the weights are of */
  insights(kinds: readonly InsightKind[], step: number): Insights {
    const has = (kind: InsightKind): boolean => kinds.includes(kind);
    return {
      step,
      weights: has('weights') ? this.#inOrder([...this.#weights]) : null,
      gradients: has('gradients') ? this.#gradients() : null,
      activations: has('activations') ? this.#activations() : null,
      fit: has('fit') ? this.#fit() : null,
    };
  }

  dispose(): void {
    this.#network.dispose();
    this.#layers?.dispose();
  }

  /** Of the mean loss over the probed rows, without dropout and noise. */
  #gradients(): readonly Distribution[] | null {
    const { training } = this.#document;
    if (WITHOUT_GRADIENT.includes(training.method ?? 'gradient')) return null;
    const part = spread(this.#data.training, PROBE_ROWS);
    const weights = rowWeights(part, weightsByClass(this.#data, training));
    const { count, inputs, targets } = part;
    const { tensors } = this.#network.gradients({ count, inputs, targets, ...(weights && { weights }) });
    return this.#inOrder([...tensors]);
  }

  #activations(): Insights['activations'] {
    this.#layers ??= new LayerProbes(this.#document.graph, PROBE_ROWS);
    const { inputs, count } = spread(this.#data.training, PROBE_ROWS);
    return this.#layers.outputs(this.#weights, inputs, count);
  }

  /** Of the first target. */
  #fit(): FitPoints | null {
    const { task, training, validation, targetSize, targetStandardization } = this.#data;
    if (task !== 'regression') return null;
    const parts = [spread(training, FIT_ROWS), ...(validation ? [spread(validation, FIT_ROWS)] : [])];
    const columns = parts.map(({ inputs, targets, count }) => {
      const outputs = this.#network.predict(inputs, count);
      const truth = targets.slice();
      if (targetStandardization !== null)
        for (const side of [outputs, truth]) unstandardize(side, targetStandardization);
      const first = (values: Float64Array): Float32Array =>
        Float32Array.from({ length: count }, (_, row) => values[row * targetSize] as number);
      return { truth: first(truth), predicted: first(outputs) };
    });
    const [trained] = columns;
    return {
      truth: joined(columns.map(({ truth }) => truth)),
      predicted: joined(columns.map(({ predicted }) => predicted)),
      validation: Uint8Array.from(joined(columns.map(({ truth }) => truth)), (_, i) =>
        i < (trained?.truth.length ?? 0) ? 0 : 1,
      ),
    };
  }

  /** As the graph runs, the tensors of one node in the order of their names. */
  #inOrder(tensors: readonly (readonly [string, ArrayLike<number>])[]): readonly Distribution[] {
    const placeOf = (key: string): number => this.#nodes.indexOf(key.slice(0, key.lastIndexOf('.')));
    return [...tensors]
      .sort(([a], [b]) => placeOf(a) - placeOf(b) || (a < b ? 1 : -1)) // weight before bias
      .map(([key, values]) => distributionOf(key, values));
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

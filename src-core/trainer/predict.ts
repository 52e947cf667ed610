/** Predictions from weights and rows, outside a run: for the command line and the engine process. */
import type { DataEncoding, Turn } from '../datasets/define.ts';
import type { NewRows, ScoredRows } from '../datasets/new-rows.ts';
import { unstandardize } from '../datasets/standardize.ts';
import type { Graph, TrainingSpec } from '../graph/model.ts';
import { AppError } from '../lib/errors.ts';
import { confusionMatrix, predictedClasses } from '../metrics/classes.ts';
import { computeMetrics, metricsOf } from '../metrics/registry.ts';
import type { BackendName, Network } from '../runtime/define.ts';
import { createNetwork } from '../runtime/network.ts';
import { formatShape, sizeOf } from '../tensor/shape.ts';
import { rowWeights, weightsByClass } from './class-weights.ts';
import { scoredOf, Scoring, thresholdOf } from './score.ts';
import { setWeights, type Weights } from './weights.ts';

/** A trained network: what a weights file or a checkpoint with its document holds. */
export interface Model {
  readonly graph: Graph;
  readonly training: TrainingSpec;
  readonly encoding: DataEncoding;
  readonly weights: Weights;
}

export interface Predictions {
  readonly count: number;
  readonly width: number;
  /** [count × width], of the output node; targets' standardisation undone. */
  readonly outputs: Float64Array;
  /** Label of each row as written in the data; empty for regression. */
  readonly classes: readonly string[];
}

const BATCH = 256;

/** Throws AppError 'weights.*' and 'data.input_size' when weights or rows do not fit the graph. */
export function predict(model: Model, rows: NewRows, backend: BackendName): Predictions {
  const network = openNetwork(model, rows, backend);
  try {
    return read(model, rows.count, network, network.predict(rows.inputs, rows.count));
  } finally {
    network.dispose();
  }
}

/** Rows answered between two turns. */
const TURN_ROWS = 2048;

/** The same with a turn after every 2,048 rows. */
export async function predictInTurns(
  model: Model,
  rows: NewRows,
  { backend, turn }: { readonly backend: BackendName; readonly turn: Turn },
): Promise<Predictions> {
  const network = openNetwork(model, rows, backend);
  try {
    const width = rows.inputs.length / rows.count;
    const outputs = new Float64Array(rows.count * sizeOf(network.outputShape));
    for (let from = 0; from < rows.count; from += TURN_ROWS) {
      const count = Math.min(TURN_ROWS, rows.count - from);
      const piece = rows.inputs.subarray(from * width, (from + count) * width);
      outputs.set(network.predict(piece, count), from * sizeOf(network.outputShape));
      await turn((from + count) / rows.count);
    }
    return read(model, rows.count, network, outputs);
  } finally {
    network.dispose();
  }
}

/** Outputs as a person reads them: in the target's own units, and as labels. */
function read({ encoding, training }: Model, count: number, network: Network, outputs: Float64Array): Predictions {
  const width = sizeOf(network.outputShape);
  if (encoding.targetStandardization !== null) unstandardize(outputs, encoding.targetStandardization);
  return { count, width, outputs, classes: labelsOf(encoding, { outputs, width, threshold: thresholdOf(training) }) };
}

function labelsOf(
  { task, classes }: DataEncoding,
  { outputs, width, threshold }: { outputs: Float64Array; width: number; threshold: number },
): string[] {
  if (task === 'regression' || classes.length === 0) return [];
  const predicted = predictedClasses({ task, count: outputs.length / width, width, outputs, threshold });
  return Array.from(predicted, (label) => classes[label] ?? String(label));
}

export interface Evaluation {
  readonly rows: number;
  readonly loss: number;
  readonly metrics: Readonly<Record<string, number>>;
  readonly classes: readonly string[];
  /** [true][predicted]; null for regression. */
  readonly confusion: readonly (readonly number[])[] | null;
}

type Judged = Pick<ScoredRows, 'count' | 'inputs' | 'targets'>;

/** Mean loss (of standardised targets where they are), every metric of the task, and the confusion matrix. */
export function evaluate(model: Model, rows: Judged, backend: BackendName): Evaluation {
  const network = openNetwork(model, rows, backend);
  try {
    const scoring = startScoring(model, rows, network);
    scoring.advance(Infinity);
    return judge(model, rows, scoring);
  } finally {
    network.dispose();
  }
}

/** The same with a turn after every 256 rows. */
export async function evaluateInTurns(
  model: Model,
  rows: Judged,
  { backend, turn }: { readonly backend: BackendName; readonly turn: Turn },
): Promise<Evaluation> {
  const network = openNetwork(model, rows, backend);
  try {
    const scoring = startScoring(model, rows, network);
    for (let done = 0; !scoring.isDone;) {
      done += scoring.advance(1);
      await turn(done / rows.count);
    }
    return judge(model, rows, scoring);
  } finally {
    network.dispose();
  }
}

function startScoring({ encoding, training }: Model, rows: Judged, network: Network): Scoring {
  const size = sizeOf(network.outputShape);
  if (rows.targets.length !== rows.count * size) {
    const targets = rows.targets.length / rows.count;
    const shape = formatShape(network.outputShape);
    throw new AppError('data.target_size', { task: encoding.task, targets, size, shape });
  }
  const weights = rowWeights(rows, weightsByClass(encoding, training));
  return new Scoring(network, { ...rows, weights });
}

function judge({ encoding, training }: Model, rows: Judged, scoring: Scoring): Evaluation {
  const scored = scoredOf(rows, scoring.outputs, { encoding, training });
  const metrics = computeMetrics(scored, metricsOf(encoding.task));
  const confusion = encoding.task === 'regression' ? null : asRows(confusionMatrix(scored), encoding.classes.length);
  return { rows: rows.count, loss: scoring.loss, metrics, classes: encoding.classes, confusion };
}

function asRows(matrix: Float64Array, width: number): number[][] {
  return Array.from({ length: width }, (_, row) => Array.from(matrix.subarray(row * width, (row + 1) * width)));
}

/** Whoever opens it disposes of it. */
function openNetwork(model: Model, rows: Pick<NewRows, 'count' | 'inputs'>, backend: BackendName): Network {
  const { graph, training, weights } = model;
  const batchSize = Math.max(1, Math.min(BATCH, rows.count));
  const network = createNetwork({ graph, training, backend, batchSize, noise: false });
  try {
    const size = sizeOf(network.inputShape);
    const inputs = rows.inputs.length / Math.max(1, rows.count);
    if (inputs !== size) {
      const names = model.encoding.columns.join(', ');
      throw new AppError('data.input_size', { inputs, names, size, shape: formatShape(network.inputShape) });
    }
    setWeights(network, weights);
    return network;
  } catch (error) {
    network.dispose();
    throw error;
  }
}

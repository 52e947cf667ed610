/** Checks back-propagation against central differences in float64, and the fast backend against both. */
import type { LoadedData } from '../datasets/define.ts';
import type { ProjectDocument } from '../graph/model.ts';
import { present } from '../lib/assert.ts';
import { Random, streamKey } from '../lib/random.ts';
import type { Network, Rows } from '../runtime/define.ts';
import { createNetwork } from '../runtime/network.ts';
import { float32Blur, relativeTo, type Relative } from './audit-judge.ts';
import { rowWeights, weightsByClass } from './class-weights.ts';
import { resolveSettings } from './settings.ts';
import { checkFit } from './start.ts';

/** Up to here every parameter is checked; above, SAMPLE of each tensor. */
const MOST_CHECKED = 20_000;
const SAMPLE = 200;
/** From so many parameters on, the first few rows of the batch stand for it: every number checked runs the network twice. */
const MANY = 2_000;
const FEW_ROWS = 8;
/**
 * Half distances of the differences, relative to max(1, |w|). The shorter ones are for kinks (relu, max) within the first;
 * the longer one for gradients so small that the rounding of the loss shows.
 */
const DISTANCES = [1e-5, 1e-6, 1e-7, 1e-4] as const;
/** Then two differences of these are extrapolated to none, where the loss bends much. */
const EXTRAPOLATED = [1e-4, 1e-5] as const;
/** Weights are moved off their initial values by up to this much: zero biases would sit exactly on the kinks. */
const SHAKE = 0.1;
/** A gradient this small beside the largest is compared with that share of the largest: its own digits are rounding. */
const FLOOR = 1e-3;
/** The same in float32, where it is the largest terms of a sum that its error goes by. */
const FAST_FLOOR = 1e-2;
/**
 * And this share of the loss, whose own rounding is what is left of gradients and differences below it; in float32 times the
 * largest input, as the gradient of a weight is that of a sum times what enters it.
 */
const LOSS_FLOOR = 1e-5;
/** What float32 may be off: sums of some hundred rounded products. */
export const FAST_TOLERANCE = 1e-3;

export interface TensorAudit {
  readonly key: string;
  readonly size: number;
  readonly checked: number;
  /** Largest relative error of reverse mode against the difference. */
  readonly error: number;
  /** Largest relative error of the fast backend against reverse mode in float64. */
  readonly fastError: number;
  /** Where the largest error of the two kinds was found. */
  readonly worst: {
    readonly index: number;
    readonly reverse: number;
    readonly difference: number;
    readonly fast: number;
  };
}

export interface Audit {
  readonly loss: number;
  /** True: only some parameters of each tensor were checked. */
  readonly isSampled: boolean;
  readonly tensors: readonly TensorAudit[];
}

/**
 * Gradients of the loss alone on the first batch (on its first 8 rows above 2,000 parameters) in training mode, dropout and
 * noise off, at initial weights moved by up to ±0.1. Relative error: |a − b| / max(|a|, |b|, 1e-3·largest gradient, 1e-5·loss);
 * in float32 1e-2·largest gradient, and only what |a − b| is beyond eight times what roundings of the weights make of a. Throws AppError 'data.input_size', 'data.target_size'.
 */
export function auditGradients(document: ProjectDocument, data: LoadedData): Audit {
  const { graph, training } = document;
  const { batchSize, seed } = resolveSettings(training, data.training.count);
  const options = { graph, training, batchSize, noise: false } as const;
  const exact = createNetwork({ ...options, backend: 'reference' });
  const fast = createNetwork({ ...options, backend: 'fast' });
  checkFit(exact, data);
  const rows = firstRows(data, document, exact.parameterCount > MANY ? Math.min(FEW_ROWS, batchSize) : batchSize);
  prepare(exact, fast, seed);
  const reverse = exact.gradients(rows);
  const fastGradients = fast.gradients(rows).tensors;
  const isSampled = exact.parameterCount > MOST_CHECKED;
  const largest = Math.max(
    ...[...reverse.tensors.values()].map((values) => values.reduce((m, g) => Math.max(m, Math.abs(g)), 0)),
  );
  const lossOf = lossReader(exact, rows, training.reduction === 'sum');
  const lossFloor = LOSS_FLOOR * Math.abs(reverse.loss);
  const relative = relativeTo(Math.max(FLOOR * largest, lossFloor));
  let widest = 1;
  for (const x of rows.inputs) widest = Math.max(widest, Math.abs(x));
  const fastRelative = relativeTo(Math.max(FAST_FLOOR * largest, lossFloor * widest));
  const blur = float32Blur(exact, rows, reverse.tensors, seed);
  const tensors = [...reverse.tensors].map(([key, gradients]) => {
    const indices = isSampled ? sample(gradients.length, seed, key) : Array.from(gradients.keys());
    const others = present(fastGradients.get(key), key);
    const differenceOf = differences(exact, key, lossOf);
    const blurs = present(blur.get(key), key);
    return auditTensor({ key, gradients, others, blurs, indices, relative, fastRelative, differenceOf });
  });
  exact.dispose();
  fast.dispose();
  return { loss: reverse.loss, isSampled, tensors };
}

function firstRows(data: LoadedData, { training }: ProjectDocument, count: number): Rows {
  const part = data.training;
  const all = rowWeights(part, weightsByClass(data, training));
  const first = (values: Float64Array) => values.subarray(0, (values.length / part.count) * count);
  return { count, inputs: first(part.inputs), targets: first(part.targets), ...(all && { weights: first(all) }) };
}

/** The same weights in both, as float32 holds them. */
function prepare(exact: Network, fast: Network, seed: number): void {
  exact.initialize(seed);
  for (const { key, trained } of exact.tensors) {
    const random = new Random(streamKey(seed, 'init', 'audit', key));
    const move = () => (trained ? random.uniform(-SHAKE, SHAKE) : 0);
    const values = Float64Array.from(exact.read(key), (value) => Math.fround(value + move()));
    exact.write(key, values);
    fast.write(key, values);
  }
}

/**
 * The batch's loss at the present weights. Where every tensor is trained there are no running statistics, so evaluation and
 * training mode are one and the same, and evaluating saves the backward pass.
 */
function lossReader(network: Network, rows: Rows, isSum: boolean): () => number {
  if (!network.tensors.every(({ trained }) => trained)) return () => network.gradients(rows).loss;
  return () => network.evaluate(rows).loss * (isSum ? rows.count : 1);
}

function sample(size: number, seed: number, key: string): number[] {
  const order = new Random(streamKey(seed, 'split', 'audit', key)).permutation(size);
  return [...order.subarray(0, SAMPLE)].sort((a, b) => a - b);
}

/** (L(w + h) − L(w − h))/2h of one number of a tensor. */
function differences(network: Network, key: string, lossOf: () => number): (index: number, distance: number) => number {
  const values = Float64Array.from(network.read(key));
  const lossAt = (index: number, value: number) => {
    const moved = values.slice();
    moved[index] = value;
    network.write(key, moved);
    return lossOf();
  };
  return (index, distance) => {
    const value = values[index] as number;
    const h = distance * Math.max(1, Math.abs(value));
    const difference = (lossAt(index, value + h) - lossAt(index, value - h)) / (2 * h);
    network.write(key, values);
    return difference;
  };
}

interface TensorToAudit {
  readonly key: string;
  readonly gradients: Float64Array;
  readonly others: Float64Array;
  readonly blurs: Float64Array;
  readonly indices: readonly number[];
  readonly relative: Relative;
  readonly fastRelative: Relative;
  readonly differenceOf: (index: number, distance: number) => number;
}

function auditTensor(tensor: TensorToAudit): TensorAudit {
  const { key, gradients, others, blurs, indices, relative, fastRelative, differenceOf } = tensor;
  let [error, fastError] = [0, 0];
  let worst = { index: 0, reverse: 0, difference: 0, fast: 0 };
  for (const index of indices) {
    const [reverse, fast] = [gradients[index] as number, others[index] as number];
    const { difference, error: found } = closest(reverse, (distance) => differenceOf(index, distance), relative);
    const fastFound = fastRelative(reverse, fast, blurs[index]);
    if (found >= error) worst = { index, reverse, difference, fast };
    error = worse(error, found);
    fastError = worse(fastError, fastFound);
  }
  return { key, size: gradients.length, checked: indices.length, error, fastError, worst };
}

/** Good enough not to try another distance: ten times below the tolerance people ask for. */
const CLOSE = 1e-7;

/** The difference that agrees best; a wrong gradient agrees at no distance. */
function closest(reverse: number, differenceAt: (distance: number) => number, relative: TensorToAudit['relative']) {
  let best = { difference: NaN, error: Infinity };
  for (const difference of attempts(differenceAt)) {
    const error = relative(reverse, difference);
    if (error < best.error) best = { difference, error };
    if (best.error < CLOSE) break;
  }
  return best;
}

/** Differences one after another; the error of the last ones falls with the fourth power of the distance (Richardson, 1911). */
function* attempts(differenceAt: (distance: number) => number): Generator<number> {
  for (const distance of DISTANCES) yield differenceAt(distance);
  for (const distance of EXTRAPOLATED) yield (4 * differenceAt(distance / 2) - differenceAt(distance)) / 3;
}

/** The larger; NaN counts as infinitely wrong. */
function worse(a: number, b: number): number {
  return Number.isNaN(b) ? Infinity : Math.max(a, b);
}

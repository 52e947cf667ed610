/** Checks training settings against the network and the rows: what only shows when the two are put together. */
import { isObject, ownEntry, showValue } from '../lib/fields-check.ts';
import { MAX_AXIS } from '../lib/fields.ts';
import { findLoss, lossId } from '../losses/registry.ts';
import { findOptimizer } from '../optimizers/registry.ts';
import type { MetricTask } from '../metrics/define.ts';
import { historyMetrics } from '../metrics/registry.ts';
import { sizeOf } from '../tensor/shape.ts';
import type { KnownFacts } from './facts.ts';
import { setDataFix, setParamFix, setTrainingFix } from './fixes.ts';
import { headOf, sourceOf, type Network } from './network.ts';
import type { ProblemList } from './problems.ts';
import { DEFAULT_MONITOR, MAX_NUMERICAL_PARAMETERS } from './training-fields.ts';
import { batchRows, optimizerNumber } from './training.ts';

const USUAL_VALIDATION = { fraction: 0.2 };
const USUAL_L2 = 1e-4;
/** From this product on, w ← w − lr·l2·w grows. */
const DIVERGING_STEP = 2;
/** Inputs beyond this are called unscaled: a tanh unit with the usual weights is then flat nearly everywhere. */
const LARGE_INPUT = 10;
/** Rank of the values whose first axis holds channels. */
const IMAGE_RANK = 3;

export function checkSettings(network: Network, facts: KnownFacts, problems: ProblemList): void {
  checkMethod(network, facts, problems);
  checkBatch(network, facts, problems);
  checkBatchNorm(network, facts, problems);
  checkMonitor(network, facts, problems);
  checkClassWeights(network, facts, problems);
  checkStepLength(network, problems);
  checkScaling(network, facts, problems);
  checkIds(network, facts, problems);
}

function checkMethod(network: Network, { task }: KnownFacts, problems: ProblemList): void {
  const { method } = network.document.training;
  const fix = setTrainingFix('method', 'gradient');
  const place = { path: 'training.method', fix };
  if (method === 'numerical_gradient' && network.parameterCount > MAX_NUMERICAL_PARAMETERS) {
    const detail = { limit: MAX_NUMERICAL_PARAMETERS, found: network.parameterCount };
    problems.error('training.too_many_parameters', detail, place);
  }
  if (method !== 'perceptron') return;
  if (task === 'regression') problems.error('training.perceptron_task', {}, place);
  const types = network.order.map((id) => network.nodes.get(id)?.type);
  const activation = headOf(network)?.activation;
  if (types.join() === 'input,dense,output' && activation === 'linear') return;
  const found = activation === undefined || activation === 'linear' ? types.join(' → ') : `a ${activation} activation`;
  problems.error('training.perceptron_network', { found: found === '' ? 'none' : found }, place);
}

function checkBatch({ document }: Network, { rowCount }: KnownFacts, problems: ProblemList): void {
  const { batch_size: size, optimizer, method = 'gradient' } = document.training;
  const batch = batchRows(document.training, rowCount);
  if (batch === undefined || rowCount === undefined || rowCount < 1) return;
  const usesOptimizer = method === 'gradient' || method === 'numerical_gradient';
  if (usesOptimizer && findOptimizer(optimizer.type)?.fullBatchOnly === true) {
    if (batch >= rowCount) return;
    const detail = { optimizer: optimizer.type, found: showValue(batch), rows: rowCount };
    const fix = setTrainingFix('batch_size', 'full');
    problems.error('training.full_batch_only', detail, { path: 'training.batch_size', fix });
  } else if (size !== undefined && batch > rowCount) {
    const fix = setTrainingFix('batch_size', rowCount);
    problems.warning('training.batch_exceeds_rows', { batch, rows: rowCount }, { path: 'training.batch_size', fix });
  }
}

/** A batch of one row gives batch_norm one value per channel unless the value has other axes to average over. */
function checkBatchNorm(network: Network, { rowCount }: KnownFacts, problems: ProblemList): void {
  const batch = batchRows(network.document.training, rowCount);
  if (batch === undefined || !hasSingleRowBatch(batch, rowCount)) return;
  for (const [id, { summary }] of network.shapes) {
    if (network.nodes.get(id)?.type !== 'batch_norm' || summary === undefined) continue;
    const { shape, signal } = summary.output;
    const channels = signal === true || shape.length === IMAGE_RANK ? shape[0] : shape.at(-1);
    if (sizeOf(shape) !== channels) continue;
    const proposal = nextBatch(batch, rowCount);
    const fix = setTrainingFix('batch_size', proposal);
    const place = { node: id, path: 'training.batch_size', fix };
    problems.error('training.one_value_per_channel', { node: id, batch, proposal }, place);
  }
}

function hasSingleRowBatch(batch: number, rowCount: number | undefined): boolean {
  return batch === 1 || (rowCount !== undefined && rowCount % batch === 1);
}

function nextBatch(batch: number, rowCount: number | undefined): number {
  let next = batch + 1;
  while (hasSingleRowBatch(next, rowCount) && next < (rowCount ?? 0)) next++;
  return next;
}

function checkMonitor({ document }: Network, { task }: KnownFacts, problems: ProblemList): void {
  const stopping = document.training.early_stopping;
  if (!isObject(stopping)) return;
  const monitor = ownEntry(stopping, 'monitor') ?? DEFAULT_MONITOR;
  if (typeof monitor !== 'string') return;
  const known = historyKeys(document, task);
  if (!known.includes(monitor)) {
    const path = 'training.early_stopping.monitor';
    const detail = { where: path, expected: `one of ${known.join(', ')}`, found: showValue(monitor) };
    problems.error('field.unknown_name', detail, { path });
    return;
  }
  if (!monitor.startsWith('val_') || hasValidation(document.data)) return;
  const fix = setDataFix('Hold out a fifth of the rows', { validation: USUAL_VALIDATION });
  problems.error('training.no_validation', { monitor }, { path: 'training.early_stopping.monitor', fix });
}

/** What an epoch's line of the history holds beside its numbers; of all tasks where the task is not known. */
function historyKeys({ training }: Network['document'], task: KnownFacts['task']): readonly string[] {
  const tasks: readonly MetricTask[] = task === undefined ? ['regression', 'binary', 'multiclass'] : [task];
  const metrics = [...new Set(tasks.flatMap(historyMetrics))];
  const { l1 = 0, l2 = 0 } = training.regularization ?? {};
  return [
    'loss',
    'val_loss',
    ...metrics,
    ...metrics.map((name) => `val_${name}`),
    ...(l1 > 0 || l2 > 0 ? ['penalty'] : []),
    ...(training.method === 'perceptron' ? ['mistakes'] : []),
  ];
}

function hasValidation(data: Network['document']['data']): boolean {
  const { fraction, path } = data.validation ?? {};
  return path !== undefined || (typeof fraction === 'number' && fraction > 0);
}

function checkClassWeights({ document }: Network, { classes }: KnownFacts, problems: ProblemList): void {
  const { class_weights: weights } = document.training;
  if (!isObject(weights)) return;
  const loss = lossId(document.training.loss);
  const path = 'training.class_weights';
  if (findLoss(loss)?.weighsClasses === false) problems.warning('training.class_weights_unused', { loss }, { path });
  if (classes === undefined || classes.length === 0) return;
  for (const label of Object.keys(weights)) {
    if (!classes.includes(label))
      problems.error('training.unknown_class', { label, known: classes.join(', ') }, { path });
  }
}

function checkStepLength({ document }: Network, problems: ProblemList): void {
  const { training } = document;
  const rate = optimizerNumber(training, 'learning_rate');
  const l2 = training.regularization?.l2;
  if (training.optimizer.type !== 'sgd' || rate === undefined || typeof l2 !== 'number') return;
  const product = rate * l2;
  if (product < DIVERGING_STEP) return;
  const fix = {
    ...setTrainingFix('regularization', { ...training.regularization, l2: USUAL_L2 }),
    label: `Set l2 to ${USUAL_L2}`,
  };
  problems.warning('training.step_too_long', { product }, { path: 'training.regularization.l2', fix });
}

function checkScaling({ document }: Network, { inputRanges, inputNames }: KnownFacts, problems: ProblemList): void {
  const { data } = document;
  if (data.kind !== 'csv' || data['standardize'] === true || inputRanges === undefined) return;
  const index = inputRanges.findIndex(([least, most]) => Math.max(Math.abs(least), Math.abs(most)) > LARGE_INPUT);
  const range = inputRanges[index];
  if (range === undefined) return;
  const detail = { column: inputNames?.[index] ?? String(index + 1), least: range[0], most: range[1] };
  const fix = setDataFix('Standardise the inputs', { standardize: true });
  problems.warning('data.unscaled', detail, { path: 'data.standardize', fix });
}

/** Ids that leave their vocabulary, where the columns of the data enter an embedding as they are. */
function checkIds(network: Network, { inputRanges, inputNames, inputSize }: KnownFacts, problems: ProblemList): void {
  const { data } = network.document;
  if (inputRanges === undefined || inputRanges.length !== inputSize || data['standardize'] === true) return;
  for (const { id, type, params } of network.nodes.values()) {
    const vocabulary = ownEntry(params, 'vocabulary');
    const isFed = type === 'embedding' && sourceOf(id, network)?.type === 'input';
    if (!isFed || typeof vocabulary !== 'number') continue;
    const index = inputRanges.findIndex(([least, most]) => least < 0 || most > vocabulary - 1);
    const [least, most] = inputRanges[index] ?? [0, 0];
    if (index < 0) continue;
    const needed = 1 + Math.max(...inputRanges.map((range) => range[1]));
    const canGrow = inputRanges.every((range) => range[0] >= 0) && Number.isInteger(needed) && needed <= MAX_AXIS;
    const fix = canGrow ? setParamFix(id, 'vocabulary', needed) : undefined;
    const detail = { node: id, vocabulary, column: inputNames?.[index] ?? String(index + 1), least, most };
    problems.error('data.embedding_ids', detail, { node: id, path: `${id}.vocabulary`, fix });
  }
}

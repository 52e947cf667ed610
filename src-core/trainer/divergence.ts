/** Says why a run stopped being finite: where it showed first, and what most likely caused it. */
import type { LoadedData } from '../datasets/define.ts';
import type { ProjectDocument, TrainingSpec } from '../graph/model.ts';
import { errorText } from '../lib/errors.ts';
import type { Network, Rows } from '../runtime/define.ts';
import { firstBadUpdate, firstBadOp, type BadOp } from './first-bad-op.ts';

/** Rates above which the rate itself is the usual cause, by optimizer; others as sgd. */
const HIGH_RATES: Readonly<Record<string, number>> = { adam: 0.1, adamw: 0.1, rmsprop: 0.1 };
const HIGH_RATE = 1;
/** Inputs beyond this make plain gradients explode at ordinary rates. */
const LARGE_INPUT = 20;

interface Failure {
  /** Over the whole run, from 1. */
  readonly step: number;
  /** The rows of that step's batch. */
  readonly rows: Rows;
  readonly learningRate: number;
}

export interface DivergedRun {
  /**
   * As the failing step left it: a bad loss is noticed before the update, a bad gradient perhaps after the update of its
   * tensor; then the gradients still stand in memory and say so.
   */
  readonly network: Network;
  readonly data: LoadedData;
  readonly document: ProjectDocument;
  readonly batchSize: number;
}

/** One sentence that names step, op, layer and likely cause. */
export function explainDivergence(run: DivergedRun, { step, rows, learningRate }: Failure): string {
  const { data, document } = run;
  const advice = advise(data, document.training, learningRate);
  return errorText('engine.diverged', { step, what: whatFailed(run, step, rows), advice });
}

function whatFailed({ network, document, batchSize }: DivergedRun, step: number, rows: Rows): string {
  const { method = 'gradient', optimizer } = document.training;
  const tensor = firstNonFinite(network);
  if (tensor !== null && method !== 'gradient') return tensor;
  if (tensor !== null) {
    const bad = firstBadUpdate({ document, network });
    if (bad?.section === 'update') return `${bad.tensor} after the ${optimizer.type} update`;
    return bad === null ? `${tensor} after the ${optimizer.type} update` : wordsFor(bad, document);
  }
  const bad = method === 'gradient' ? firstBadOp({ document, network, batchSize, rows, stepsBefore: step - 1 }) : null;
  return bad === null ? 'the loss' : wordsFor(bad, document);
}

function wordsFor({ op, node, tensor }: BadOp, { graph }: ProjectDocument): string {
  const type = graph.nodes.find(({ id }) => id === node)?.type;
  if (tensor !== null) return `the gradient of ${tensor} (${type}, op ${op})`;
  return node === null ? `the loss (op ${op})` : `the output of ${node} (${type}, op ${op})`;
}

/** Key of the first tensor that holds NaN or an infinity; null when all are finite. */
export function firstNonFinite(network: Network): string | null {
  const bad = network.tensors.find(({ key }) => network.read(key).some((value) => !Number.isFinite(value)));
  return bad?.key ?? null;
}

function advise(data: LoadedData, training: TrainingSpec, learningRate: number): string {
  if (learningRate > (HIGH_RATES[training.optimizer.type] ?? HIGH_RATE)) {
    return `the learning rate ${learningRate} is likely too large: try a tenth of it`;
  }
  const widest = data.training.inputs.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  if (data.standardization === null && widest > LARGE_INPUT) {
    return `inputs as large as ${Number(widest.toPrecision(3))} are the likely cause: standardise them`;
  }
  if (training.gradient_clip === undefined) return 'try a smaller learning rate, or clip the gradient by its norm';
  return 'try a smaller learning rate';
}

/** Says why a run stopped being finite: where it showed first, and what most likely caused it. */
import type { LoadedData } from '../datasets/define.ts';
import type { TrainingSpec } from '../graph/model.ts';
import { errorText } from '../lib/errors.ts';
import type { Network } from '../runtime/define.ts';

/** Rates above which the rate itself is the usual cause, by optimizer; others as sgd. */
const HIGH_RATES: Readonly<Record<string, number>> = { adam: 0.1, adamw: 0.1, rmsprop: 0.1 };
const HIGH_RATE = 1;
/** Inputs beyond this make plain gradients explode at ordinary rates. */
const LARGE_INPUT = 20;

interface Failure {
  /** Over the whole run, from 1. */
  readonly step: number;
  /** Mean loss of that step's batch. */
  readonly loss: number;
  readonly learningRate: number;
}

/** One sentence that names step, place and likely cause. */
export function explainDivergence(
  { network, data, training }: { network: Network; data: LoadedData; training: TrainingSpec },
  { step, loss, learningRate }: Failure,
): string {
  const bad = Number.isFinite(loss) ? firstNonFinite(network) : null;
  return errorText('engine.diverged', { step, what: bad ?? 'the loss', advice: advise(data, training, learningRate) });
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

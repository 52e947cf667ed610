/** What ends an epoch: loss and metrics of the validation rows and metrics of the training rows, in evaluation mode. */
import type { Turns } from '../lib/turns.ts';
import { confusionMatrix } from '../metrics/classes.ts';
import { computeMetrics, historyMetrics } from '../metrics/registry.ts';
import type { Network } from '../runtime/define.ts';
import { rowWeights, weightsByClass } from './class-weights.ts';
import type { TrainerOptions } from './define.ts';
import { scoredOf, Scoring, type ScorableRows } from './score.ts';
import type { TrainingSettings } from './settings.ts';

type Run = Pick<TrainerOptions, 'data' | 'document'>;

/** Rows and their evaluation, again and again with the same memory. */
interface Part {
  readonly rows: ScorableRows;
  readonly scoring: Scoring;
}

/** Keys of the history line after `loss`, and the confusion matrix of the validation rows (training rows without). */
export interface EpochScores {
  readonly scores: Record<string, number>;
  readonly confusion: Float64Array | null;
}

export class EpochEvaluation {
  readonly #network: Network;
  readonly #run: Run;
  readonly #settings: TrainingSettings;
  readonly #training: Part;
  readonly #validation: Part | null;

  constructor(network: Network, run: Run, settings: TrainingSettings) {
    this.#network = network;
    this.#run = run;
    this.#settings = settings;
    const byClass = weightsByClass(run.data, run.document.training);
    const start = (part: ScorableRows): Part => {
      const rows = { ...part, weights: rowWeights(part, byClass) };
      return { rows, scoring: new Scoring(network, rows) };
    };
    this.#training = start(run.data.training);
    this.#validation = run.data.validation === null ? null : start(run.data.validation);
  }

  /** A turn for every piece of rows; the weights must stay as they are meanwhile. */
  *evaluate(): Turns<EpochScores> {
    for (const part of [this.#validation, this.#training]) {
      if (part === null) continue;
      part.scoring.restart();
      while (!part.scoring.isDone) {
        part.scoring.advance(1);
        yield;
      }
    }
    return yield* this.#finish();
  }

  *#finish(): Turns<EpochScores> {
    const { data, document } = this.#run;
    const options = { encoding: data.encoding, training: document.training };
    const names = historyMetrics(data.task);
    const score = ({ rows, scoring }: Part) => scoredOf(rows, scoring.outputs, options);
    const trained = score(this.#training);
    const held = this.#validation && score(this.#validation);
    const scores: Record<string, number> = {};
    if (this.#validation !== null) scores['val_loss'] = this.#validation.scoring.loss;
    Object.assign(scores, computeMetrics(trained, names));
    yield;
    if (held !== null) {
      for (const [name, value] of Object.entries(computeMetrics(held, names))) scores[`val_${name}`] = value;
    }
    yield;
    if (this.#settings.isPenalized) scores['penalty'] = this.#network.penalty();
    return { scores, confusion: data.task === 'regression' ? null : confusionMatrix(held ?? trained) };
  }
}

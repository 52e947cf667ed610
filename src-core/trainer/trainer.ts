/** The training loop: epochs of batches, their history, early stopping, saved states. Time and files are its callers' affair. */
import type { NetworkLook, PhaseName } from '../contract/network-look.ts';
import type { BoundaryGrid, EpochRecord } from '../contract/records.ts';
import { assert, present } from '../lib/assert.ts';
import { finish, type Turns } from '../lib/turns.ts';
import type { TensorSource } from '../runtime/arrays.ts';
import type { Network, TrainRequest, TrainResult } from '../runtime/define.ts';
import { Boundary, type BoundaryView } from './boundary.ts';
import { encodeCheckpoint, type CreateHash } from './checkpoint.ts';
import type { LookRequest, Saving, Slice, Trainer, TrainerOptions, TrainerStatus } from './define.ts';
import { explainDivergence } from './divergence.ts';
import { updateBest } from './early-stop.ts';
import { EpochEvaluation, type EpochScores } from './epoch-evaluation.ts';
import { KeptStates, type Kept } from './kept-states.ts';
import { Looker, MOST_NUMBERS } from './look.ts';
import { batchReader } from './methods/batch.ts';
import type { Method } from './methods/define.ts';
import { epochOrder } from './order.ts';
import { rateAt, type TrainingSettings } from './settings.ts';
import { startRun, type RunParts } from './start.ts';
import type { Numbers, Standing } from './state.ts';
import { Stepper } from './stepper.ts';

const NO_STEPS = new Float64Array(0);

/** What a call did for the end of an epoch. */
type EpochEnd = Pick<Slice, 'record' | 'turns'>;
const NOT_YET: EpochEnd = { record: null, turns: 0 };

/**
 * A run ready to `advance`. Throws AppError 'data.*' when data and network do not fit, 'checkpoint.*' when the saved state
 * belongs to another document, data set or engine build, 'weights.*' when given weights do not fit.
 */
export function createTrainer(options: TrainerOptions): Trainer {
  return new Run(options, startRun(options));
}

class Run implements Trainer {
  readonly #options: TrainerOptions;
  readonly #network: Network;
  readonly #settings: TrainingSettings;
  readonly #method: Method;
  readonly #rows: number;
  readonly stepsPerEpoch: number;
  readonly #keeper: KeptStates;
  readonly #boundary: Boundary;
  #order: Uint32Array;
  /** Where the run stands; the numbers that belong to it are the network's. */
  #state: Standing;
  /** The last state known to be sound, whole: what can be saved after a divergence. */
  #good: Kept;
  #best: Kept | null = null;
  #evaluation: EpochEvaluation | null = null;
  /** The end of an epoch, under way. */
  #ending: Turns<EpochRecord> | null = null;
  #confusion: Float64Array | null = null;
  #looker: Looker | null = null;
  #stepper: Stepper | null = null;
  #status: TrainerStatus;
  #reason: string | null;

  constructor(options: TrainerOptions, { network, settings, method, state, isFresh, best }: RunParts) {
    this.#options = options;
    this.#network = network;
    this.#settings = settings;
    this.#method = method;
    this.#rows = options.data.training.count;
    this.stepsPerEpoch = Math.ceil(this.#rows / method.batchSize);
    this.#state = state;
    this.#boundary = new Boundary(network, options.data, options.document.graph);
    this.#keeper = new KeptStates(network);
    this.#good = { standing: state, bank: finish(this.#keeper.keep(isFresh ? 'tensors' : 'all')) };
    if (best !== null) this.#best = this.#keeper.restore(best);
    this.#order = finish(this.#drawOrder(state.epoch));
    const isLonger = state.finished?.status === 'done' && state.epoch < settings.epochs;
    const over = isLonger ? null : state.finished;
    this.#status = over?.status ?? (state.epoch >= settings.epochs ? 'done' : 'ready');
    this.#reason = over?.reason ?? null;
  }

  get epochs(): number {
    return this.#settings.epochs;
  }
  get parameterCount(): number {
    return this.#network.parameterCount;
  }
  get epoch(): number {
    return this.#state.epoch;
  }
  get step(): number {
    return this.#state.step;
  }
  get status(): TrainerStatus {
    return this.#status;
  }
  get learningRate(): number {
    return rateAt(this.#settings, this.#state.baseRate, this.#scheduleEpoch());
  }
  get bestEpoch(): number | null {
    return this.#state.best.epoch === 0 ? null : this.#state.best.epoch;
  }
  get isEvaluating(): boolean {
    return this.#state.position === this.stepsPerEpoch;
  }

  get phase(): PhaseName | null {
    return this.#stepper?.phase ?? null;
  }

  prepareStep(): void {
    assert(this.#status === 'ready' && !this.isEvaluating, 'there is a step to come');
    const { document, data } = this.#options;
    const { batchSize } = this.#method;
    this.#stepper ??= new Stepper({ document, network: this.#network, batchSize });
    if (this.#stepper.phase === 'forward') return this.#stepper.backward();
    const request = this.#request(1, this.learningRate);
    this.#stepper.forward(batchReader(data, document.training, batchSize)(request, 0), request.stepsBefore);
  }

  advance(maxSteps: number, maxTurns = Math.max(TURNS, maxSteps)): Slice {
    const isPrepared = maxSteps === 1 && (this.phase === 'forward' || this.phase === 'backward');
    const slice = this.#advance(maxSteps, maxTurns);
    if (isPrepared && slice.status !== 'diverged') this.#stepper?.updated();
    else if (slice.stepLosses.length > 0) this.#stepper?.clear();
    return slice;
  }

  #advance(maxSteps: number, maxTurns: number): Slice {
    if (this.#status !== 'ready') return this.#slice(NO_STEPS, 0);
    const { position } = this.#state;
    const steps = Math.min(maxSteps, this.stepsPerEpoch - position);
    let losses: Float64Array = NO_STEPS;
    let rows = 0;
    if (steps > 0) {
      const rate = this.learningRate;
      const result = this.#train(steps, rate);
      if (result.divergedAt !== undefined) return this.#diverge(result, rate);
      losses = result.stepLosses;
      rows = this.#count(losses);
    }
    return this.#slice(losses, rows, this.isEvaluating ? this.#end(maxTurns) : NOT_YET);
  }

  setLearningRate(value: number): void {
    const now = this.learningRate;
    const { baseRate } = this.#state;
    // Scales the base so that the rate is `value` at once and the schedule goes on from there.
    this.#state = { ...this.#state, baseRate: now > 0 ? (value * baseRate) / now : value };
  }

  saving(which: 'last' | 'best', createHash?: CreateHash): Saving | null {
    const isLost = this.#status === 'diverged';
    const kept = which === 'best' ? this.#best : isLost ? this.#good : this.#unchanged();
    if (kept === null && which === 'best') return null;
    const bank = kept?.bank ?? this.#network.arrays.live;
    const standing = kept?.standing ?? this.#present();
    const { epoch, step } = standing;
    const bytes = encodeCheckpoint(standing, this.#keeper.arraysOf(bank), createHash);
    return { epoch, step, isKept: kept !== null, bytes: kept === null ? bytes : this.#keeper.held(kept, bytes) };
  }

  checkpoint(): Uint8Array {
    return finish(present(this.saving('last'), 'a last state').bytes);
  }

  bestCheckpoint(): Uint8Array | null {
    const saving = this.saving('best');
    return saving && finish(saving.bytes);
  }

  weights(which: 'last' | 'best'): Map<string, Numbers> {
    const kept = which === 'best' ? (this.#best ?? this.#lastKept()) : this.#lastKept();
    return this.#keeper.tensors(kept?.bank ?? this.#network.arrays.live);
  }

  weightSource(): TensorSource {
    return this.#keeper.source(this.#lastKept()?.bank ?? this.#network.arrays.live);
  }

  boundary(view: BoundaryView, rows?: number): Turns<BoundaryGrid> {
    return this.#boundary.grid(view, rows);
  }

  *look(request: LookRequest): Turns<NetworkLook> {
    const { document, data } = this.#options;
    this.#looker ??= new Looker({
      graph: document.graph,
      data,
      network: this.#network,
      batchSize: this.#method.batchSize,
    });
    const phase = this.#stepper?.look(request.nodes, request.weights, MOST_NUMBERS) ?? null;
    return { ...(yield* this.#looker.look(request, this.#state.step)), phase };
  }

  confusion(): Float64Array | null {
    if (this.#options.data.task === 'regression') return null;
    this.#confusion ??= finish(this.#evaluate()).confusion;
    return this.#confusion;
  }

  dispose(): void {
    this.#network.dispose();
    this.#stepper?.dispose();
    this.#looker?.dispose();
  }

  #scheduleEpoch(): number {
    return Math.min(this.#state.epoch, Math.max(0, this.#settings.epochs - 1));
  }

  #drawOrder(epoch: number): Turns<Uint32Array> {
    const { seed, shuffle } = this.#settings;
    return epochOrder({ seed, shuffle, epoch, rows: this.#rows });
  }

  #train(steps: number, learningRate: number): TrainResult {
    return this.#method.train(this.#request(steps, learningRate));
  }

  #request(steps: number, learningRate: number): TrainRequest {
    const { position, step } = this.#state;
    const from = position * this.#method.batchSize;
    return { order: this.#order, from, steps, stepsBefore: step, learningRate };
  }

  /** Adds up the epoch's loss step by step, so that the sum does not depend on how the epoch was cut into slices. */
  #count(losses: Float64Array): number {
    let { position, lossTimesRows, rows } = this.#state;
    const before = rows;
    for (const loss of losses) {
      const batch = Math.min(this.#method.batchSize, this.#rows - position * this.#method.batchSize);
      lossTimesRows += loss * batch;
      rows += batch;
      position += 1;
    }
    this.#state = { ...this.#state, position, lossTimesRows, rows, step: this.#state.step + losses.length };
    return rows - before;
  }

  /** Works on the end of the epoch; its history line once that is finished. */
  #end(maxTurns: number): EpochEnd {
    this.#ending ??= this.#endEpoch();
    for (let turns = 1; turns <= maxTurns; turns++) {
      const { done, value } = this.#ending.next();
      if (done !== true) continue;
      this.#ending = null;
      return { record: value, turns };
    }
    return { record: null, turns: maxTurns };
  }

  /** The evaluation of the epoch, and a copy of the state: until both are finished the epoch is not over. */
  *#endEpoch(): Turns<EpochRecord> {
    const { scores, confusion } = yield* this.#evaluate();
    const bank = yield* this.#keeper.keep('all');
    const order = yield* this.#drawOrder(this.#state.epoch + 1);
    const { record: more, finished } = this.#method.endEpoch();
    const { lossTimesRows, rows, epoch, step } = this.#state;
    const record: EpochRecord = { epoch: epoch + 1, step, loss: lossTimesRows / rows, ...scores, ...more };
    this.#confusion = confusion;
    this.#closeEpoch(record, finished);
    this.#keeper.release(this.#good);
    this.#good = { standing: this.#present(), bank };
    if (this.#state.best.epoch === record.epoch) {
      this.#keeper.release(this.#best);
      this.#best = this.#keeper.hold(this.#good);
    }
    this.#order = order;
    return record;
  }

  #evaluate(): Turns<EpochScores> {
    this.#evaluation ??= new EpochEvaluation(this.#network, this.#options, this.#settings);
    return this.#evaluation.evaluate();
  }

  #closeEpoch(record: EpochRecord, methodFinished: string | null): void {
    const { earlyStopping, epochs } = this.#settings;
    const monitor = earlyStopping?.monitor ?? (record.val_loss === undefined ? 'loss' : 'val_loss');
    const watch = { monitor, minDelta: earlyStopping?.minDelta ?? 0 };
    const best = updateBest(this.#state.best, watch, { value: record[monitor] ?? NaN, epoch: record.epoch });
    this.#state = { ...this.#state, best, record, epoch: record.epoch, position: 0, lossTimesRows: 0, rows: 0 };
    if (methodFinished !== null) this.#finish('done', methodFinished);
    else if (earlyStopping !== null && best.waited >= earlyStopping.patience) {
      const since = `${monitor} has not got better for ${best.waited} epochs, since epoch ${best.epoch}`;
      this.#finish('stopped_early', since);
    } else if (record.epoch >= epochs) this.#finish('done', null);
  }

  #finish(status: 'done' | 'stopped_early', reason: string | null): void {
    this.#status = status;
    this.#reason = reason;
    this.#state = { ...this.#state, finished: { status, reason } };
  }

  /** The network is beyond repair: saved from here on is the state at the end of the last whole epoch. */
  #diverge(result: TrainResult, learningRate: number): Slice {
    const at = result.divergedAt ?? 0;
    const step = this.#state.step + at + 1;
    const { data, document } = this.#options;
    const { batchSize } = this.#method;
    const rows = batchReader(data, document.training, batchSize)(this.#request(1, learningRate), at);
    this.#status = 'diverged';
    this.#reason = explainDivergence(
      { network: this.#network, data, document, batchSize },
      { step, rows, learningRate },
    );
    return this.#slice(result.stepLosses, 0);
  }

  #present(): Standing {
    return { ...this.#state, method: this.#method.readState() };
  }

  /** The last kept numbers with the present counters, while no step was taken since. */
  #unchanged(): Kept | null {
    const isUnchanged = this.#good.standing.step === this.#state.step && this.#state.position === 0;
    return isUnchanged ? { standing: this.#present(), bank: this.#good.bank } : null;
  }

  /** What stands for the present weights once the network is beyond repair. */
  #lastKept(): Kept | null {
    return this.#status === 'diverged' ? this.#good : null;
  }

  #slice(stepLosses: Float64Array, rows: number, { record, turns }: EpochEnd = NOT_YET): Slice {
    const improved = record !== null && this.#state.best.epoch === record.epoch;
    return { stepLosses, record, improved, rows, turns, status: this.#status, reason: this.#reason };
  }
}
/** At an epoch's end at least so many turns in one call: small data is done in the call that took the last step. */
const TURNS = 16;

/** Service `training`: the one active run of this host. It outlives windows; when its engine dies it is interrupted, never lost. */
import type { Handlers } from '../../src-core/contract/define.ts';
import type { DataPlace, EngineEvents } from '../../src-core/contract/engine.ts';
import type { Progress, RunStatus } from '../../src-core/contract/records.ts';
import type { trainingService } from '../../src-core/contract/training.ts';
import { AppError } from '../../src-core/lib/errors.ts';
import type { ProjectDocument } from '../../src-core/graph/model.ts';
import { STOP_MS } from '../engine/limits.ts';
import type { EngineClient } from '../engine/supervisor.ts';
import { filesFolder } from '../store/folder.ts';
import type { ServicesOptions } from './define.ts';
import { EngineWishes } from './engine-wishes.ts';
import { Journal } from './journal.ts';
import { plannedEpochs, startIn, type LaunchArgs } from './launch.ts';
import { Recorder } from './recorder.ts';
import { StoreStall } from './store-stall.ts';

type ResumeArgs = Parameters<Handlers<typeof trainingService>['resumeRun']>[0];
/** Machines that share the data folder take a run for given up when its host is silent for long. */
const BEAT_MS = 15_000;
const NO_LOSSES = new Float64Array(0);

interface Active {
  readonly runId: string;
  readonly recorder: Recorder;
  readonly over: PromiseWithResolvers<void>;
  status: RunStatus;
  last: Progress | null;
}

/** A run that is being started. What the engine already says about it waits until the run is active. */
interface Launch {
  readonly runId: string;
  readonly waiting: (() => void)[];
}

export class Training {
  readonly handlers: Handlers<typeof trainingService>;
  readonly #options: ServicesOptions;
  readonly #journal: Journal;
  readonly #wishes = new EngineWishes();
  /** The store cannot be written: the run waits, and nothing it did is lost. */
  readonly #stall = new StoreStall({
    isRunning: () => this.#active && this.isTraining,
    pause: () => this.#engine && this.#tell(this.#engine.pause({})),
    goOn: () => this.#active && this.#engine && this.#tell(this.#engine.continue({})),
  });
  readonly #unlisten: () => void;
  readonly #beat: NodeJS.Timeout;
  #active: Active | null = null;
  #engine: EngineClient | null = null;
  #launch: Launch | null = null;
  /** Starts and stops one after the other, however many windows ask. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(options: ServicesOptions) {
    this.#options = options;
    this.#journal = new Journal({
      onStalled: (problem) => this.#stall.begin(problem),
      onRecovered: () => this.#stall.end(),
    });
    this.#beat = setInterval(() => this.#giveSign(), BEAT_MS);
    this.#unlisten = options.supervisor.listen({
      up: (engine) => this.#engineUp(engine),
      crashed: (reason) => {
        this.#engine = null;
        this.#wishes.engineGone();
        this.#interrupt(`the training engine stopped (${reason}); resume the run to go on`);
      },
    });
    this.handlers = {
      start: (args) => this.#inTurn(() => this.#start(args)),
      resumeRun: (args) => this.#inTurn(() => this.#resume(args)),
      stop: () => this.#stopInTurn(),
      pause: async () => (this.#active === null ? null : this.#trained().pause({})),
      continue: async () => this.#writing().continue({}),
      step: async (args) => this.#writing().step(args),
      setLearningRate: async (args) => this.#trained().setLearningRate(args),
      current: () => this.#current(),
      ...this.#wishes.handlers,
    };
  }

  /** The run that is training or paused at this moment. */
  get activeRunId(): string | null {
    return this.#active?.runId ?? null;
  }

  /** Something would be broken off if the host ended now. */
  get isTraining(): boolean {
    return this.#active?.status === 'running';
  }

  /** Ends the engine, which hands over its state first; the run can be resumed from there. */
  async close(): Promise<void> {
    await this.#options.supervisor.stop();
    this.#interrupt('Netloom was closed while this run was active; resume it to go on');
    clearInterval(this.#beat);
    this.#unlisten();
    await this.#journal.close();
  }

  /** Also while the run is paused, or an epoch takes long. */
  #giveSign(): void {
    if (this.#active !== null && this.#stall.reason === null) this.#journal.write(() => this.#options.writes.beat());
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(work);
    this.#turn = result.catch(() => {});
    return result;
  }

  /** The engine, which has a run. */
  #trained(): EngineClient {
    if (this.#active === null || this.#engine === null) throw new AppError('host.no_active_run', {});
    return this.#engine;
  }

  /** Also able to save what it does. */
  #writing(): EngineClient {
    this.#stall.refuse();
    return this.#trained();
  }

  async #current(): Promise<Progress | null> {
    const now = this.#active === null ? null : await this.#trained().current({});
    return now && { ...now, reason: this.#stall.reason };
  }

  async #start({ document, paused }: { document: ProjectDocument; paused: boolean }): Promise<{ runId: string }> {
    await this.#stopAndWait();
    const { writes, folder, shell } = this.#options;
    const place: DataPlace = { folder: filesFolder(folder), isOpen: false };
    const epochs = plannedEpochs(document);
    const status = paused ? 'paused' : 'running';
    const runId = await writes.createRun({ document, folder: place.folder, epochs, shell, status });
    try {
      await this.#launchRun({ runId, document, place, paused, last: null, best: null });
    } catch (error) {
      await writes.deleteRun(runId); // it never trained: the message is all there is to keep
      throw error;
    }
    return { runId };
  }

  async #resume({ runId, epochs, learningRate }: ResumeArgs): Promise<{ runId: string }> {
    const { store, writes, folder } = this.#options;
    await this.#stopAndWait();
    await writes.interruptOrphans();
    const { status } = store.getSummary(runId);
    if (status === 'running' || status === 'paused') throw new AppError('host.run_active', { id: runId });
    const source = store.source(runId);
    const last = store.savedState(runId, 'last');
    if (last === null) throw new AppError('host.no_checkpoint', { id: runId, kind: 'last' });
    const best = store.savedState(runId, 'best');
    const { training } = source.document;
    const document = epochs === undefined ? source.document : { ...source.document, training: { ...training, epochs } };
    const place: DataPlace = { folder: source.folder, isOpen: source.folder !== filesFolder(folder) };
    await this.#launchRun({ runId, document, place, paused: false, last, best, learningRate });
    return { runId };
  }

  async #launchRun(args: LaunchArgs): Promise<void> {
    const { supervisor, writes } = this.#options;
    supervisor.revive();
    const engine = await supervisor.ready();
    const launch: Launch = { runId: args.runId, waiting: [] };
    this.#launch = launch;
    try {
      const started = await startIn(engine, args);
      if (args.last !== null) await this.#rewind(args.runId);
      const { parameterCount, validationIndices, epochs } = started;
      await writes.setStarted(args.runId, { parameterCount, validationIndices, epochs });
      if (this.#engine !== engine) throw new AppError('host.engine_gone', { reason: supervisor.reason ?? '' });
      this.#activate(args);
    } catch (cause) {
      if (!(cause instanceof AppError) || cause.code !== 'host.connection_closed') throw cause;
      throw new AppError('host.engine_gone', { reason: supervisor.reason ?? '' }, { cause });
    } finally {
      this.#launch = null;
    }
    for (const tell of launch.waiting) tell();
  }

  /** Piece by piece: other writes need not wait behind a hundred thousand epochs. */
  async #rewind(runId: string): Promise<void> {
    const { writes } = this.#options;
    while (await writes.forgetUnsaved(runId));
    await writes.rewind(runId);
  }

  #activate({ runId, paused, last }: LaunchArgs): void {
    const { writes, emit } = this.#options;
    const status = paused ? 'paused' : 'running';
    const [onRecords, onSaved] = [() => this.#recorded(runId), () => this.#saved(runId)];
    const recorder = new Recorder({ runId, writes, journal: this.#journal, onRecords, onSaved });
    this.#active = { runId, recorder, over: Promise.withResolvers(), status, last: null };
    if (last === null) emit.runs('changed', { runId });
    else this.#keepStatus(this.#active, status); // a fresh run was written with its status
  }

  /** Told as changed once it is in the store. */
  #keepStatus({ recorder, runId }: Active, status: RunStatus): void {
    recorder.status(status, null);
    this.#journal.write(() => this.#options.emit.runs('changed', { runId }));
  }

  /** After a start that is under way; one that reads data for too long is broken off. */
  async #stopInTurn(): Promise<null> {
    const patience = this.#launch ? setTimeout(() => this.#options.supervisor.kill(), STOP_MS) : undefined;
    try {
      return await this.#inTurn(() => this.#stop());
    } finally {
      clearTimeout(patience);
    }
  }

  /** Answers when nothing steps any more; an engine that cannot answer is ended, and the last saved state counts. */
  async #stop(): Promise<null> {
    const active = this.#active;
    if (active === null) return null;
    const timer = setTimeout(() => this.#options.supervisor.kill(), STOP_MS);
    // A call that fails means that the run is over already, or that its engine is gone: both end it.
    const stopped = this.#engine?.stop({}).catch(() => active.over.promise) ?? active.over.promise;
    await Promise.race([stopped, active.over.promise]).finally(() => clearTimeout(timer));
    return null;
  }

  async #stopAndWait(): Promise<void> {
    this.#stall.refuse();
    const active = this.#active;
    if (active === null) return;
    await this.#stop();
    await active.over.promise;
  }

  #engineUp(engine: EngineClient): void {
    this.#engine = engine;
    const ofActive =
      <T extends { readonly runId: string }>(use: (active: Active, event: T) => void) =>
      (event: T): void => {
        const tell = (): void => {
          if (this.#active?.runId === event.runId) use(this.#active, event);
        };
        if (this.#launch?.runId === event.runId) this.#launch.waiting.push(tell);
        else tell();
      };
    engine.on(
      'epoch',
      ofActive((active, event: EngineEvents['epoch']) => active.recorder.records(event)),
    );
    engine.on(
      'checkpoint',
      ofActive((active, event: EngineEvents['checkpoint']) => active.recorder.part(event)),
    );
    engine.on(
      'progress',
      ofActive((active, event: Progress) => this.#progress(active, event)),
    );
    engine.on(
      'ended',
      ofActive((active, event: EngineEvents['ended']) => this.#ended(active, event)),
    );
    for (const answer of this.#wishes.engineUp(engine)) this.#tell(answer);
  }

  #progress(active: Active, progress: Progress): void {
    active.last = progress;
    if (progress.status !== 'running' && progress.status !== 'paused') return; // shown by #ended, once it is in the store
    this.#show(active, { ...progress, reason: this.#stall.reason });
    if (progress.status === active.status) return;
    active.status = progress.status;
    this.#keepStatus(active, progress.status);
  }

  #show(active: Active, progress: Progress): void {
    const { recorder } = active;
    const saving = progress.saving || (progress.status !== 'running' && recorder.isSaving);
    this.#options.emit.training('progress', { ...progress, saving, records: recorder.takeRecords() });
  }

  /** Epochs are shown once they are in the store, however long the engine says nothing more. */
  #recorded(runId: string): void {
    const active = this.#active;
    const last = active?.last;
    if (active?.runId === runId && last && (last.status === 'running' || last.status === 'paused')) {
      this.#showAgain(active, last);
    }
  }

  /** A run at rest is shown as saved once it is. */
  #saved(runId: string): void {
    const active = this.#active;
    const last = active?.last;
    if (active?.runId !== runId || !last || last.saving || last.status !== 'paused') return;
    this.#showAgain(active, last);
  }

  /** What windows have seen of it stays as it is. */
  #showAgain(active: Active, last: Progress): void {
    this.#show(active, {
      ...last,
      stepLosses: NO_LOSSES,
      boundary: null,
      confusion: null,
      insights: null,
      network: null,
    });
  }

  /** Over for windows and for the next start only when all of it is in the store. */
  #ended(active: Active, { status, reason }: Pick<EngineEvents['ended'], 'status' | 'reason'>): void {
    active.recorder.status(status, reason);
    this.#journal.write(() => {
      this.#active = null;
      if (active.last) this.#show(active, { ...active.last, status, reason, etaSeconds: null, saving: false });
      this.#options.emit.runs('changed', { runId: active.runId });
      active.over.resolve();
    });
  }

  #interrupt(reason: string): void {
    const active = this.#active;
    if (active === null) return;
    active.recorder.abandon();
    this.#ended(active, { status: 'interrupted', reason });
  }

  /** A call whose answer nobody waits for: when it fails the engine is gone, which is reported on its own. */
  #tell(answer: Promise<unknown>): void {
    answer.catch((error: unknown) => {
      const isGone = error instanceof AppError && error.code === 'host.connection_closed';
      if (!isGone) this.#options.log(`engine: ${String(error)}`);
    });
  }
}

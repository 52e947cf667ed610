/** What the engine does for the host: one active run, and looks at data. */
import type { Emit, Handlers } from '../../src-core/contract/define.ts';
import {
  type AskArgs,
  type engineService,
  type EngineEvents,
  type StartArgs,
  type StateArg,
  type Started,
} from '../../src-core/contract/engine.ts';
import { inspectCsv } from '../../src-core/datasets/inspect-csv.ts';
import { loadData } from '../../src-core/datasets/load.ts';
import { previewData } from '../../src-core/datasets/preview.ts';
import type { ThreadStarter } from '../../src-core/kernels/wasm/threads.ts';
import { AppError } from '../../src-core/lib/errors.ts';
import { createTrainer } from '../../src-core/trainer/trainer.ts';
import type { InsightKind } from '../../src-core/contract/insights.ts';
import { Probe } from '../../src-core/trainer/probe.ts';
import { ActiveRun } from './active-run.ts';
import type { BoundaryView } from './boundary-pace.ts';
import { readerOf } from './data-access.ts';
import { Exports, knownKinds } from './exports.ts';
import { HeldStates } from './held-states.ts';
import { Readings } from './readings.ts';
import type { Working } from './heartbeat.ts';
import { Looks } from './looks.ts';
import type { Watched } from './look-pace.ts';
import { prepare } from './prepare.ts';
import { askedNetwork, predict, predictFile, scoreTest, type KnownData, type Standing } from './saved-network.ts';
import { WarmUp } from './warm-up.ts';

export interface SessionOptions {
  readonly emit: Emit<EngineEvents>;
  readonly working: Working;
  /** Bytes on their way to the host; absent: it cannot be told. */
  readonly backlog?: () => number;
  /** Starts threads that help with long steps; absent: everything on this one. The numbers are the same. */
  readonly threads?: ThreadStarter;
  readonly now?: () => number;
}

export interface Session {
  readonly handlers: Handlers<typeof engineService>;
  /** Hands over the state of the active run, for the end of the process. */
  flush(): void;
  /** For the time in which nobody asks for anything yet. Resolves when it is over, at the latest when a run starts. */
  warmUp(): Promise<void>;
}

export function createSession(options: SessionOptions): Session {
  const { emit, working, threads, backlog = () => 0, now = () => performance.now() } = options;
  const readings = new Readings(emit, now);
  let warming: WarmUp | null = null;
  let run: ActiveRun | null = null;
  let view: BoundaryView | null = null;
  let kinds: readonly InsightKind[] = [];
  let watched: Watched | null = null;
  let known: KnownData | null = null;
  /** CSV text of the last file that was predicted. */
  let predicted: { readonly job: string; readonly parts: readonly Uint8Array[] } | null = null;
  let epochsPerSecond: number | null = null;
  const looks = new Looks(working, now);
  const states = new HeldStates();
  const files = new Exports(now);

  const active = (): ActiveRun => {
    if (run === null || run.isOver) throw new AppError('host.no_active_run', {});
    return run;
  };

  /** Also of a run that is over, until the next one starts. */
  const standing = (): Standing => {
    if (run === null || known === null) throw new AppError('host.no_active_run', {});
    return { ...run.standing(), data: known };
  };
  /** A state that was handed over is taken in any case, also when what follows fails. */
  const held = <T extends { readonly checkpoint: StateArg }>(args: T) => ({
    ...args,
    checkpoint: states.take(args.checkpoint),
  });
  const asked = ({ document, checkpoint }: AskArgs) =>
    askedNetwork(document, checkpoint === null ? standing() : states.take(checkpoint), now);

  async function start(args: StartArgs): Promise<Started> {
    warming?.end();
    run?.dispose();
    run = null;
    looks.close();
    const { runId, place, paused } = args;
    const [checkpoint, best] = [args.checkpoint, args.best].map((state) =>
      state === null ? null : states.take(state),
    );
    const { document, data } = await working(() => prepare(args.document, place));
    const resumed = checkpoint ? { checkpoint, ...(best ? { best } : {}) } : {};
    const helpers = threads === undefined ? {} : { threads };
    const trainer = working(() => createTrainer({ document, data, backend: 'fast', ...helpers, ...resumed }));
    if (args.learningRate !== undefined) trainer.setLearningRate(args.learningRate);
    if (trainer.status !== 'ready') {
      const { epochs, status } = trainer;
      trainer.dispose();
      throw new AppError('host.nothing_left', { epochs, reason: status === 'stopped_early' ? 'stopped early' : '' });
    }
    const started = new ActiveRun({
      runId,
      trainer,
      openProbe: () => new Probe(document, data),
      emit,
      view,
      kinds,
      watched,
      epochsPerSecond,
      working,
      backlog,
      now,
    });
    run = started;
    known = { encoding: data.encoding, sha256: data.sha256 };
    setImmediate(() => started.begin(paused)); // after the answer is on its way
    return {
      parameterCount: trainer.parameterCount,
      stepsPerEpoch: trainer.stepsPerEpoch,
      epochs: trainer.epochs,
      validationIndices: data.validation?.indices ?? null,
    };
  }

  return {
    handlers: {
      start,
      pause: () => {
        active().pause();
        return null;
      },
      continue: () => {
        active().go('end');
        return null;
      },
      stop: () => {
        active().stop();
        return null;
      },
      step: ({ unit }) => {
        if (unit === 'phase') active().nextPhase();
        else active().go(unit);
        return null;
      },
      setLearningRate: ({ value }) => {
        active().setLearningRate(value);
        return null;
      },
      setPace: (args) => {
        epochsPerSecond = args.epochsPerSecond;
        if (run && !run.isOver) run.setPace(epochsPerSecond);
        return null;
      },
      watchBoundary: (args) => {
        view = args.view;
        if (run && !run.isOver) run.watch(view);
        return null;
      },
      watchInsights: (args) => {
        kinds = args.kinds;
        if (run && !run.isOver) run.watchInsights(kinds);
        return null;
      },
      watchNetwork: async (args) => {
        watched = args.nodes.length === 0 && args.weights === null ? null : args;
        const of = run;
        const network = (await of?.watchNetwork(watched)) ?? null;
        return of && network ? { runId: of.runId, network } : null;
      },
      current: () => run?.current() ?? null,
      preview: ({ data, place, job }) =>
        working(() => readings.run(job, async (turn) => previewData(await loadData(data, readerOf(place), { turn })))),
      inspectCsv: ({ place, job, ...options }) =>
        working(() =>
          readings.run(job, async (turn) => inspectCsv(await readerOf(place)(options.path), options, turn)),
        ),
      cancelReading: ({ job }) => {
        readings.cancel(job);
        files.drop(job);
        return null;
      },
      exportKinds: knownKinds,
      exportWeights: (args) => readings.run(args.job, (turn) => files.open(held(args), turn)),
      exportPart: (which) => files.part(which),
      holdState: (piece) => {
        states.add(piece);
        return null;
      },
      dropState: ({ key }) => {
        states.drop(key);
        return null;
      },
      predict: async (args) => {
        const network = await asked(args);
        return working(() => predict(network, args.rows));
      },
      predictFile: ({ job, ...args }) =>
        working(() =>
          readings.run(job, async (turn) => {
            predicted = null; // two files at once would be twice the room
            const { predictions, parts } = await predictFile(await asked(args), { ...args, turn });
            predicted = { job, parts };
            return predictions;
          }),
        ),
      predictionPart: ({ job, part }) => {
        const bytes = predicted?.job === job ? predicted.parts[part] : undefined;
        if (bytes === undefined) throw new AppError('data.predictions_gone', {});
        return bytes.slice();
      },
      scoreTest: ({ job, ...args }) =>
        working(() => readings.run(job, async (turn) => scoreTest(await asked(args), args, turn))),
      look: (args) => looks.look(held(args)),
      inside: (args) => looks.inside(held(args)),
    },
    flush: () => run?.flush(),
    warmUp: () => {
      warming = new WarmUp(working, now);
      return warming.over;
    },
  };
}

/** Service `runs`: the experiment store, and what the engine makes of its saved states. */
import type { Handlers } from '../../src-core/contract/define.ts';
import type { AskArgs, DataPlace, WeightsArgs } from '../../src-core/contract/engine.ts';
import type { AskedWeights, WeightsChoice } from '../../src-core/contract/records.ts';
import type { runsService } from '../../src-core/contract/runs.ts';
import { AppError } from '../../src-core/lib/errors.ts';
import type { EngineClient } from '../engine/supervisor.ts';
import { filesFolder } from '../store/folder.ts';
import type { ServicesOptions } from './define.ts';
import { branchRun } from './branch-run.ts';
import { handOver } from './hand-over.ts';
import { readCurve } from './run-curve.ts';

export interface RunsOptions extends Pick<ServicesOptions, 'store' | 'writes' | 'supervisor' | 'folder' | 'shell'> {
  readonly changed: (runId: string) => void;
  readonly activeRunId: () => string | null;
}

export function createRuns({
  store,
  writes,
  supervisor,
  folder,
  shell,
  changed,
  activeRunId,
}: RunsOptions): Handlers<typeof runsService> {
  /** Document and place of a run; other files than a person's own are out of its reach. */
  function sourceOf(runId: string): Omit<WeightsArgs, 'checkpoint'> {
    const { document, folder: from } = store.source(runId);
    return { document, place: { folder: from, isOpen: from !== filesFolder(folder) } };
  }

  /** Asks the engine about a saved state: the best one where there is one, before the first epoch ended there is only the last. */
  async function withState<T>(
    runId: string,
    which: WeightsChoice,
    ask: (engine: EngineClient, state: WeightsArgs) => Promise<T>,
  ): Promise<T> {
    const source = sourceOf(runId);
    const best = which === 'best' ? store.savedState(runId, 'best') : null;
    const state = best ?? store.savedState(runId, 'last');
    if (state === null) throw new AppError('host.no_checkpoint', { id: runId, kind: which });
    const engine = await supervisor.ready();
    return handOver(engine, state, (checkpoint) => ask(engine, { ...source, checkpoint }));
  }

  /** The same, or about the network of the active run as it stands; where the run is not active its current weights are its last. */
  async function withAsked<T>(
    runId: string,
    which: AskedWeights,
    ask: (engine: EngineClient, state: AskArgs) => Promise<T>,
  ): Promise<T> {
    if (which !== 'current') return withState(runId, which, ask);
    if (activeRunId() !== runId) return withState(runId, 'last', ask);
    return ask(await supervisor.ready(), { ...sourceOf(runId), checkpoint: null });
  }

  return {
    list: ({ limit, before }) => store.listRuns({ limit, before }),
    get: ({ runId }) => store.getRun(runId),
    history: ({ runId }) => store.history(runId),
    curve: ({ runId, ...part }) => readCurve(store, runId, part),
    delete: async ({ runId }) => {
      if (activeRunId() === runId) throw new AppError('host.run_active', { id: runId });
      await writes.hideRun(runId);
      changed(runId);
      return null;
    },
    restore: async ({ runId }) => {
      await writes.restoreRun(runId);
      changed(runId);
      return null;
    },
    branch: async ({ runId, which }) => {
      const branch = await branchRun({ store, writes }, { runId, which, shell });
      changed(branch);
      return { runId: branch };
    },
    annotate: async ({ runId, notes, tags }) => {
      await writes.annotate(runId, notes, tags);
      changed(runId);
      return null;
    },
    exportKinds: async () => (await supervisor.ready()).exportKinds({}),
    exportWeights: ({ runId, which, allowNonFinite, kind = 'json', job }) =>
      withState(runId, which, (engine, state) => engine.exportWeights({ ...state, allowNonFinite, kind, job })),
    exportPart: async (which) => (await supervisor.ready()).exportPart(which),
    predict: ({ runId, which, rows }) => withAsked(runId, which, (engine, state) => engine.predict({ ...state, rows })),
    predictFile: ({ runId, which, path, job }) => {
      const filePlace: DataPlace = { folder: filesFolder(folder), isOpen: false };
      return withAsked(runId, which, (engine, state) => engine.predictFile({ ...state, file: path, filePlace, job }));
    },
    predictionPart: async (which) => (await supervisor.ready()).predictionPart(which),
    scoreTest: ({ runId, which, job }) =>
      withAsked(runId, which, (engine, state) => engine.scoreTest({ ...state, job })),
    inside: ({ runId, which, ...what }) =>
      withState(runId, which, (engine, state) => engine.inside({ ...state, ...what })),
    look: ({ runId, which, ...what }) => withState(runId, which, (engine, state) => engine.look({ ...state, ...what })),
    count: () => store.countRuns(),
  };
}

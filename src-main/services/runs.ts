/** Service `runs`: the experiment store, and what the engine makes of its saved states. */
import type { Handlers } from '../../src-core/contract/define.ts';
import type { AskArgs, DataPlace, WeightsArgs } from '../../src-core/contract/engine.ts';
import type { AskedWeights, WeightsChoice } from '../../src-core/contract/records.ts';
import type { runsService } from '../../src-core/contract/runs.ts';
import { AppError } from '../../src-core/lib/errors.ts';
import { filesFolder } from '../store/folder.ts';
import type { ServicesOptions } from './define.ts';
import { branchRun } from './branch-run.ts';
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
  /** The best state where there is one: before the first epoch ended there is only the last. */
  async function stateOf(runId: string, which: WeightsChoice): Promise<WeightsArgs> {
    const { document, folder: from } = store.source(runId);
    const best = which === 'best' ? await store.loadCheckpoint(runId, 'best') : null;
    const state = best ?? (await store.loadCheckpoint(runId, 'last'));
    if (state === null) throw new AppError('host.no_checkpoint', { id: runId, kind: which });
    const place: DataPlace = { folder: from, isOpen: from !== filesFolder(folder) };
    return { document, place, checkpoint: state.bytes };
  }

  /** Where the run is not active its current weights are its last. */
  async function asked(runId: string, which: AskedWeights): Promise<AskArgs> {
    if (which !== 'current') return stateOf(runId, which);
    if (activeRunId() !== runId) return stateOf(runId, 'last');
    const { document, folder: from } = store.source(runId);
    return { document, place: { folder: from, isOpen: from !== filesFolder(folder) }, checkpoint: null };
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
    exportWeights: async ({ runId, which, allowNonFinite, kind = 'json' }) => {
      const state = await stateOf(runId, which);
      return (await supervisor.ready()).exportWeights({ ...state, allowNonFinite, kind });
    },
    predict: async ({ runId, which, rows }) => {
      const state = await asked(runId, which);
      return (await supervisor.ready()).predict({ ...state, rows });
    },
    predictFile: async ({ runId, which, path, job }) => {
      const state = await asked(runId, which);
      const filePlace: DataPlace = { folder: filesFolder(folder), isOpen: false };
      return (await supervisor.ready()).predictFile({ ...state, file: path, filePlace, job });
    },
    predictionPart: async (which) => (await supervisor.ready()).predictionPart(which),
    scoreTest: async ({ runId, which, job }) => {
      const state = await asked(runId, which);
      return (await supervisor.ready()).scoreTest({ ...state, job });
    },
    inside: async ({ runId, which, ...what }) => {
      const state = await stateOf(runId, which);
      return (await supervisor.ready()).inside({ ...state, ...what });
    },
    look: async ({ runId, which, ...what }) => {
      const state = await stateOf(runId, which);
      return (await supervisor.ready()).look({ ...state, ...what });
    },
    count: () => store.countRuns(),
  };
}

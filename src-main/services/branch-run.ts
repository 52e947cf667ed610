/** A new run that begins where another one had saved its state: same document, same history up to there. */
import type { EpochRecord, WeightsChoice } from '../../src-core/contract/records.ts';
import { AppError } from '../../src-core/lib/errors.ts';
import type { Store } from '../store/store.ts';

/** Epochs copied in one turn: a few milliseconds of work. */
const TURN_EPOCHS = 2000;

/** Answers with the id of the branch, which waits to be resumed. Throws AppError 'host.no_checkpoint'. */
export async function branchRun(
  store: Store,
  { runId, which, shell }: { runId: string; which: WeightsChoice; shell: string },
): Promise<string> {
  const state = await store.loadCheckpoint(runId, which);
  if (state === null) throw new AppError('host.no_checkpoint', { id: runId, kind: which });
  const best = await store.loadCheckpoint(runId, 'best');
  const { document, folder, validationIndices } = store.source(runId);
  const { name, epochs, parameterCount, tags, last } = store.getSummary(runId);
  const branch = store.createRun({ document, folder, epochs, shell, status: 'paused', parameterCount });
  try {
    store.setStarted(branch, { parameterCount, validationIndices, epochs });
    await copyHistory(store, { from: runId, to: branch, epochs: state.epoch, last, bestEpoch: best?.epoch ?? null });
    const states = [{ ...state, kind: 'last' as const }, ...(best === null ? [] : [best])];
    store.saveCheckpoints(branch, states);
    store.annotate(branch, `Branch of “${name}” at epoch ${state.epoch}`, tags);
    store.setStatus(branch, 'stopped');
  } catch (error) {
    store.deleteRun(branch);
    throw error;
  }
  return branch;
}

interface CopyOptions {
  readonly from: string;
  readonly to: string;
  readonly epochs: number;
  /** Names the metrics, and how many steps an epoch has. */
  readonly last: EpochRecord | null;
  readonly bestEpoch: number | null;
}

async function copyHistory(store: Store, { from, to, epochs, last, bestEpoch }: CopyOptions): Promise<void> {
  if (last === null) return;
  const names = Object.keys(last).filter((name) => name !== 'epoch' && name !== 'step');
  for (let first = 1; first <= epochs; first += TURN_EPOCHS) {
    const end = Math.min(epochs + 1, first + TURN_EPOCHS);
    const records = new Map<number, Record<string, number>>();
    for (const name of names) {
      for (const { epoch, value } of store.metricPart(from, name, [first, end])) {
        const record = records.get(epoch) ?? { epoch, step: Math.round((epoch * last.step) / last.epoch) };
        records.set(epoch, { ...record, [name]: value ?? NaN });
      }
    }
    const rows = [...records.values()].map((record) => ({ epoch: 0, step: 0, loss: NaN, ...record }));
    store.appendRecords(to, rows, bestEpoch);
    await new Promise(setImmediate); // a long history must not hold up the windows
  }
}

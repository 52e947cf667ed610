/** A new run that begins where another one had saved its state: same document, same history up to there. */
import { createHash } from 'node:crypto';
import type { EpochRecord, WeightsChoice } from '../../src-core/contract/records.ts';
import { AppError } from '../../src-core/lib/errors.ts';
import type { Checkpoint } from '../store/store-states.ts';
import { PART_BYTES } from '../store/tables/checkpoints.ts';
import type { StoreReads, StoreWrites } from '../store/writes.ts';

/** Epochs copied in one turn: a few milliseconds of work. */
const TURN_EPOCHS = 2000;

interface Stores {
  readonly store: StoreReads;
  readonly writes: StoreWrites;
}

/** Answers with the id of the branch, which waits to be resumed. Throws AppError 'host.no_checkpoint'. */
export async function branchRun(
  { store, writes }: Stores,
  { runId, which, shell }: { runId: string; which: WeightsChoice; shell: string },
): Promise<string> {
  const state = await store.loadCheckpoint(runId, which);
  if (state === null) throw new AppError('host.no_checkpoint', { id: runId, kind: which });
  const best = await store.loadCheckpoint(runId, 'best');
  const { document, folder, validationIndices } = store.source(runId);
  const { name, epochs, parameterCount, tags, last } = store.getSummary(runId);
  const branch = await writes.createRun({ document, folder, epochs, shell, status: 'paused', parameterCount });
  try {
    await writes.setStarted(branch, { parameterCount, validationIndices, epochs });
    const bestEpoch = best?.epoch ?? null;
    await copyHistory({ store, writes }, { from: runId, to: branch, epochs: state.epoch, last, bestEpoch });
    const states = [{ ...state, kind: 'last' as const }, ...(best === null ? [] : [best])];
    await saveInPieces(writes, branch, states);
    await writes.annotate(branch, `Branch of “${name}” at epoch ${state.epoch}`, tags);
    await writes.setStatus(branch, 'stopped');
  } catch (error) {
    await writes.deleteRun(branch);
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

async function copyHistory(
  { store, writes }: Stores,
  { from, to, epochs, last, bestEpoch }: CopyOptions,
): Promise<void> {
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
    await writes.appendRecords(to, rows, bestEpoch);
  }
}

/** All of them or none; piece by piece, so that a large state holds up nobody. */
async function saveInPieces(writes: StoreWrites, id: string, states: readonly Checkpoint[]): Promise<void> {
  let keys: readonly number[] = [];
  for (const { bytes, ...about } of states) {
    const size = bytes.byteLength;
    const pieces = Array.from({ length: Math.max(1, Math.ceil(size / PART_BYTES)) }, (_, i) =>
      bytes.subarray(i * PART_BYTES, (i + 1) * PART_BYTES),
    );
    const sha256 = await hashOf(pieces);
    for (const [part, piece] of pieces.entries()) {
      const isComplete = about.kind === states.at(-1)?.kind && part === pieces.length - 1;
      keys = await writes.putPart(id, { ...about, size, sha256, part, bytes: piece.slice(), isComplete }, keys);
    }
  }
}

async function hashOf(pieces: readonly Uint8Array[]): Promise<string> {
  const hash = createHash('sha256');
  for (const piece of pieces) {
    hash.update(piece);
    await new Promise(setImmediate);
  }
  return hash.digest('hex');
}

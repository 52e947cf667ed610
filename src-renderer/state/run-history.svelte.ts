/** The epochs of the window's run: the newest whole, beside the best and the last of all; what came before them stays in the store. */
import type { EpochRecord, RunSummary } from '../../src-core/contract/records.ts';
import type { Services } from '../host/services.ts';

/** A stored history up to this length is read whole; of a longer one curves are asked for, as finely as they are drawn. */
export const MOST_READ = 2_000;
/** Above this many the older half is left to the store. */
export const MOST_KEPT = 40_000;

export class RunHistory {
  /** Grows in place; `#version` counts its changes. */
  #records: EpochRecord[] = [];
  #version = $state(0);
  /** By validation loss, by training loss where nothing is held out; the first on ties. */
  best: EpochRecord | null = $state.raw(null);
  last: EpochRecord | null = $state.raw(null);
  /** Epochs up to this one are in the store only; 0 when all are here. */
  storedTo = $state(0);

  /** One line an epoch, from the one after `storedTo`. */
  get records(): readonly EpochRecord[] {
    void this.#version;
    return this.#records;
  }

  /** What is to be read of a stored run: all of its epochs, or none where they are many. */
  async peek({ runs }: Services, { id, epoch }: Pick<RunSummary, 'id' | 'epoch'>): Promise<readonly EpochRecord[]> {
    return epoch > MOST_READ ? [] : runs.history({ runId: id });
  }

  /** Takes up a run of the store with what was read of it; epochs that came meanwhile stay. */
  take({ epoch, last, best }: Pick<RunSummary, 'epoch' | 'last' | 'best'>, read: readonly EpochRecord[]): void {
    const since = this.#records;
    this.clear();
    this.storedTo = epoch > MOST_READ ? (last?.epoch ?? 0) : 0;
    this.last = last;
    this.best = best;
    this.add(read);
    this.add(since);
  }

  /** Epochs in rising order; those that are known already are passed over. */
  add(records: readonly EpochRecord[]): void {
    const known = Math.max(this.storedTo, this.#records.at(-1)?.epoch ?? 0);
    const fresh = records.filter(({ epoch }) => epoch > known);
    if (fresh.length === 0) return;
    for (const record of fresh) {
      this.#records.push(record);
      if (isBetter(record, this.best)) this.best = record;
    }
    this.last = fresh.at(-1) ?? null;
    if (this.#records.length > MOST_KEPT) this.#dropOlder();
    this.#version++;
  }

  clear(): void {
    this.#records = [];
    this.#version++;
    this.best = null;
    this.last = null;
    this.storedTo = 0;
  }

  #dropOlder(): void {
    const dropped = this.#records.splice(0, MOST_KEPT / 2);
    this.storedTo = dropped.at(-1)?.epoch ?? this.storedTo;
  }
}

/** What is not finite cannot win. */
function isBetter(record: EpochRecord, best: EpochRecord | null): boolean {
  const judged = record.val_loss ?? record.loss;
  return Number.isFinite(judged) && (best === null || judged < (best.val_loss ?? best.loss));
}

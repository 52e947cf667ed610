/** The store's histories: the numbers of every epoch of a run, and where the run stands after them. */
import type { EpochRecord } from '../../src-core/contract/records.ts';
import { extendSparkline, sparklineEpochs } from './records.ts';
import { StoreCore } from './store-core.ts';

const FORGOTTEN_AT_ONCE = 500;

export abstract class StoreHistory extends StoreCore {
  /** Finished epochs, in order, and again where that is in doubt; `bestEpoch` as it stands now, which may be an epoch that is still to come here. */
  appendRecords(id: string, records: readonly EpochRecord[], bestEpoch: number | null): void {
    const last = records.at(-1);
    if (last === undefined) return;
    this.write(() => {
      const key = this.key(id);
      const before = this.summary(id);
      let sparkline = before.sparkline;
      for (const record of records) {
        this.metrics.put(key, record);
        if (record.epoch > before.epoch)
          sparkline = extendSparkline(sparkline, record.epoch, record.val_loss ?? record.loss);
      }
      const best = bestEpoch === null ? null : this.metrics.at(key, bestEpoch);
      this.runs.setStanding(key, { epoch: last.epoch, step: last.step, bestEpoch, last, best, sparkline }, this.now());
    });
  }

  /** Forgets a few of the epochs after the last saved state, the newest first; true while there are more. */
  forgetUnsaved(id: string): boolean {
    return this.write(() => {
      const key = this.key(id);
      const saved = this.checkpoints.head(key, 'last')?.epoch ?? 0;
      const kept = (this.metrics.ends(key)?.[1] ?? 0) - FORGOTTEN_AT_ONCE;
      this.metrics.truncate(key, Math.max(saved, kept));
      return kept > saved;
    });
  }

  /** Takes the history back to the saved state, where the run will go on: what came later is trained again. */
  rewind(id: string): void {
    this.write(() => {
      const key = this.key(id);
      const { epoch = 0, step = 0 } = this.checkpoints.head(key, 'last') ?? {};
      this.metrics.truncate(key, epoch);
      const bestEpoch = this.checkpoints.head(key, 'best')?.epoch ?? null;
      const at = (number: number): EpochRecord | null => this.metrics.at(key, number);
      const sparkline = sparklineEpochs(epoch).flatMap((number) => {
        const record = at(number);
        return record === null ? [] : [record.val_loss ?? record.loss];
      });
      const best = bestEpoch === null ? null : at(bestEpoch);
      this.runs.setStanding(key, { epoch, step, bestEpoch, last: at(epoch), best, sparkline }, this.now());
    });
  }

  history(id: string): EpochRecord[] {
    return this.read(() => this.metrics.history(this.key(id)));
  }
  /** Values of one metric from an epoch to before another; null for NaN. */
  metricPart(id: string, metric: string, range: readonly [number, number]) {
    return this.read(() => this.metrics.part(this.key(id), metric, range));
  }
  /** Values of one metric at single epochs, those that are there; one transaction, which costs less than the lookups each. */
  metricPoints(id: string, metric: string, epochs: readonly number[]) {
    const read = this.db.transaction(() => {
      const key = this.key(id);
      return epochs.flatMap((epoch) => this.metrics.part(key, metric, [epoch, epoch + 1]));
    });
    return this.read(() => read());
  }
  /** First and last epoch of the history; null before the first. */
  epochEnds(id: string): readonly [number, number] | null {
    return this.read(() => this.metrics.ends(this.key(id)));
  }
}

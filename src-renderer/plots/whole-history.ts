/** The history of a run as a table: what is drawn of it, or every epoch there is. */
import type { Services } from '../state/host.svelte.ts';
import type { RunHistory } from '../state/run-history.svelte.ts';
import type { Table } from '../ui/charts/csv-text.ts';
import { RunColumns, type RunCurves } from './run-columns.ts';

export const LOSSES = ['loss', 'val_loss'] as const;

/** Epochs a call gives one by one: at most four times the buckets that the service takes. */
const BUCKETS = 4096;
const EPOCHS_A_CALL = BUCKETS * 4 - 2;

/** One row an epoch that is drawn; null before the first. Of a long run these are the lowest and highest of every part. */
export function historyTable(title: string, metrics: readonly string[], curves: RunCurves): Table | null {
  const { last, records } = curves;
  if (last === null) return null;
  const columns = new RunColumns();
  columns.sync(curves);
  const names = metrics.filter((name) => name !== 'epoch' && name !== 'step' && name in last);
  const drawn = new Map<number, (number | null)[]>();
  names.forEach((name, i) => {
    const { x, y, length } = columns.curve(name);
    for (let at = 0; at < length; at++) {
      const epoch = x[at] as number;
      const row = drawn.get(epoch) ?? names.map(() => null);
      row[i] = y[at] as number;
      drawn.set(epoch, row);
    }
  });
  const rows = [...drawn].sort(([a], [b]) => a - b).map(([epoch, values]) => [epoch, stepOf(epoch, last), ...values]);
  const isWhole = rows.length === last.epoch || rows.length === records.length;
  const words = isWhole ? title : `${title}, ${rows.length} of ${last.epoch} epochs`;
  return { title: words, columns: ['epoch', 'step', ...names], rows };
}

/** Every epoch has as many steps as the others. */
function stepOf(epoch: number, last: { readonly epoch: number; readonly step: number }): number {
  return Math.round((epoch * last.step) / last.epoch);
}

/** Every epoch, those that only the store has among them. */
export async function wholeHistory(
  { runs }: Services,
  runId: string,
  { title, metrics, history }: { title: string; metrics: readonly string[]; history: RunHistory },
): Promise<Table | null> {
  const { records, last, best, storedTo } = history;
  if (last === null) return null;
  const names = metrics.filter((name) => name in last);
  const past = new Map(names.map((name) => [name, emptyCurve(storedTo)]));
  for (let from = 1; from <= storedTo; from += EPOCHS_A_CALL) {
    const to = Math.min(storedTo, from + EPOCHS_A_CALL - 1);
    for (const [metric, column] of past) {
      const { epochs, values } = await runs.curve({ runId, metric, from, to, buckets: BUCKETS });
      column.x.set(epochs, column.length);
      column.y.set(values, column.length);
      column.length += epochs.length;
    }
  }
  return historyTable(title, names, { records, last, best, past });
}

function emptyCurve(capacity: number) {
  return { x: new Float64Array(capacity), y: new Float64Array(capacity), length: 0 };
}

/** One metric over the epochs, training and validation, and the summary of all metrics: buffers are kept, nothing is drawn. */
import type { EpochRecord } from '../../src-core/contract/records.ts';
import type { Table } from '../ui/charts/csv-text.ts';
import { baseMetrics, LineBuffers, metricLabel, type Line, type LineOptions } from './curve-lines.ts';
import { lowestIndex, nearestIndex, RecordColumns } from './record-columns.ts';

export interface MetricOptions extends LineOptions {
  readonly metric: string;
}

/** One line of the summary: the values of the last epoch and of the best one. */
export interface MetricRow {
  readonly id: string;
  readonly label: string;
  readonly training: number | null;
  readonly validation: number | null;
  readonly bestTraining: number | null;
  readonly bestValidation: number | null;
}

export class MetricLines {
  readonly #columns = new RecordColumns();
  readonly #buffers = new LineBuffers();

  /** Metrics of the run beside the loss. */
  names(records: readonly EpochRecord[]): readonly string[] {
    this.#columns.sync(records);
    return baseMetrics(this.#columns.metrics);
  }

  lines(records: readonly EpochRecord[], { metric, ...options }: MetricOptions): readonly Line[] {
    this.#columns.sync(records);
    const sources = [
      { id: metric, label: 'Training', role: 'train' },
      { id: `val_${metric}`, label: 'Validation', role: 'validation' },
    ] as const;
    return sources.flatMap(({ id, label, role }) => {
      const curve = this.#columns.curve(id);
      return curve.length === 0 ? [] : [this.#buffers.line({ id, label, role, curve }, options)];
    });
  }

  /** Exact values at the epoch nearest to `epoch`; the last one for null. */
  readout(metric: string, epoch: number | null): { epoch: number; training: number; validation: number } | null {
    const loss = this.#columns.curve('loss');
    const index = epoch === null ? loss.length - 1 : nearestIndex(loss, epoch);
    if (index < 0) return null;
    const at = (name: string): number => this.#columns.curve(name).y[index] ?? NaN;
    return { epoch: loss.x[index] as number, training: at(metric), validation: at(`val_${metric}`) };
  }

  /** Loss and every metric: last values, and those of the epoch with the lowest loss (on held-out rows where there are any). */
  summary(records: readonly EpochRecord[]): readonly MetricRow[] {
    this.#columns.sync(records);
    const last = records.at(-1);
    const validation = this.#columns.curve('val_loss');
    const best = records[lowestIndex(validation.length > 0 ? validation : this.#columns.curve('loss'))];
    return ['loss', ...baseMetrics(this.#columns.metrics)].map((id) => ({
      id,
      label: metricLabel(id),
      training: last?.[id] ?? null,
      validation: last?.[`val_${id}`] ?? null,
      bestTraining: best?.[id] ?? null,
      bestValidation: best?.[`val_${id}`] ?? null,
    }));
  }
}

/** Every recorded number, one row an epoch. */
export function recordTable(records: readonly EpochRecord[]): Table | null {
  const columns = [...new Set(records.flatMap((record) => Object.keys(record)))];
  if (columns.length === 0) return null;
  return { title: 'Metrics', columns, rows: records.map((record) => columns.map((name) => record[name])) };
}

/** One metric over the epochs, training and validation, and the summary of all metrics: buffers are kept, nothing is drawn. */
import type { EpochRecord } from '../../src-core/contract/records.ts';
import { baseMetrics, LineBuffers, metricLabel, type Line, type LineOptions } from './curve-lines.ts';
import { RunColumns, type RunCurves } from './run-columns.ts';

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
  readonly #columns = new RunColumns();
  readonly #buffers = new LineBuffers();

  lines(curves: RunCurves, { metric, ...options }: MetricOptions): readonly Line[] {
    this.#columns.sync(curves);
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
    const ids = [metric, `val_${metric}`].filter((id) => this.#columns.curve(id).length > 0);
    const read = this.#columns.readout(ids, epoch);
    if (read === null) return null;
    const at = (id: string): number => read.values[ids.indexOf(id)] ?? NaN;
    return { epoch: read.epoch, training: at(metric), validation: at(`val_${metric}`) };
  }
}

/** Metrics of a run beside the loss, by its last epoch. */
export function metricsOf(last: EpochRecord | null): readonly string[] {
  return baseMetrics(Object.keys(last ?? {}).filter((name) => name !== 'epoch' && name !== 'step'));
}

/** Loss and every metric: last values, and those of the epoch with the lowest loss (on held-out rows where there are any). */
export function summaryOf({ last, best }: Pick<RunCurves, 'last' | 'best'>): readonly MetricRow[] {
  return ['loss', ...metricsOf(last)].map((id) => ({
    id,
    label: metricLabel(id),
    training: last?.[id] ?? null,
    validation: last?.[`val_${id}`] ?? null,
    bestTraining: best?.[id] ?? null,
    bestValidation: best?.[`val_${id}`] ?? null,
  }));
}

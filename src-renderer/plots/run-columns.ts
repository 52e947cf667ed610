/** A run as curves over its epochs: what was read of the store, then the epochs that this window keeps. */
import type { EpochRecord } from '../../src-core/contract/records.ts';
import type { Curve } from '../ui/charts/downsample.ts';
import { nearestIndex, RecordColumns } from './record-columns.ts';

/** Curves of earlier epochs by metric, each by its first, lowest, highest and last points; empty when all epochs are here. */
export type Past = ReadonlyMap<string, Curve>;
export const NO_PAST: Past = new Map();

/** What the plots are told of a run. */
export interface RunCurves {
  readonly records: readonly EpochRecord[];
  readonly past: Past;
  readonly last: EpochRecord | null;
  readonly best: EpochRecord | null;
}

export class RunColumns {
  readonly #live = new RecordColumns();
  readonly #joined = new Map<string, Curve>();
  #past: Past = NO_PAST;
  #last: EpochRecord | null = null;

  sync({ records, past, last }: RunCurves): void {
    this.#live.sync(records);
    this.#past = past;
    this.#last = last;
    this.#joined.clear();
  }

  /** Names of the metrics, without epoch and step. */
  get metrics(): readonly string[] {
    const names = new Set([...this.#live.metrics, ...Object.keys(this.#last ?? {})]);
    return [...names].filter((name) => name !== 'epoch' && name !== 'step');
  }

  /** A metric over the epochs; NaN where a record had none. */
  curve(metric: string): Curve {
    const live = this.#live.curve(metric);
    const past = this.#past.get(metric);
    if (past === undefined || past.length === 0) return live;
    const known = this.#joined.get(metric);
    if (known) return known;
    const joined = join(past, live);
    this.#joined.set(metric, joined);
    return joined;
  }

  /**
   * The epoch nearest to `at` of which all these metrics are known, with their values; the last epoch for null. Curves of the
   * past are drawn from different epochs each, and share the ends of every part.
   */
  readout(metrics: readonly string[], at: number | null): { epoch: number; values: readonly number[] } | null {
    const curves = metrics.map((metric) => this.curve(metric));
    const [first] = curves;
    if (first === undefined || first.length === 0) return null;
    const others = curves.slice(1).filter(({ length }) => length > 0);
    const nearest = at === null ? first.length - 1 : nearestIndex(first, at);
    const isCommon = (index: number): boolean => others.every((curve) => indexOf(curve, first.x[index]) >= 0);
    const index = closest(first, nearest, isCommon);
    const epoch = first.x[index] as number;
    return { epoch, values: curves.map((curve) => curve.y[indexOf(curve, epoch)] ?? NaN) };
  }
}

function join(past: Curve, live: Curve): Curve {
  const last = past.x[past.length - 1] as number;
  let from = 0;
  while (from < live.length && (live.x[from] as number) <= last) from++;
  const length = past.length + live.length - from;
  const x = new Float64Array(length);
  const y = new Float64Array(length);
  for (let i = 0; i < length; i++) {
    const [curve, at] = i < past.length ? [past, i] : [live, i - past.length + from];
    x[i] = curve.x[at] as number;
    y[i] = curve.y[at] as number;
  }
  return { x, y, length };
}

/** Index of exactly this x; -1 where the curve has no such point. */
function indexOf(curve: Curve, x: number | undefined): number {
  if (x === undefined) return -1;
  const index = nearestIndex(curve, x);
  return curve.x[index] === x ? index : -1;
}

/** Of the points that satisfy `is`, the one nearest to that at `start`; `start` itself when none does. */
function closest({ x, length }: Curve, start: number, is: (index: number) => boolean): number {
  let before = start;
  while (before >= 0 && !is(before)) before--;
  let after = start;
  while (after < length && !is(after)) after++;
  if (before < 0) return after < length ? after : start;
  if (after === length) return before;
  const at = x[start] as number;
  return (x[after] as number) - at < at - (x[before] as number) ? after : before;
}

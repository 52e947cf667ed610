/** The history of a run as columns of numbers: grown epoch by epoch, so that a frame costs what is new in it. */
import type { EpochRecord } from '../../src-core/contract/records.ts';
import type { Curve } from '../ui/charts/downsample.ts';

const FIRST_CAPACITY = 256;

class Column {
  values: Float64Array = new Float64Array(FIRST_CAPACITY);

  put(index: number, value: number): void {
    if (index >= this.values.length) {
      const larger = new Float64Array(this.values.length * 2);
      larger.set(this.values);
      this.values = larger;
    }
    this.values[index] = value;
  }
}

/** Columns by metric name over the records of one run; `epoch` is the common axis. */
export class RecordColumns {
  readonly #columns = new Map<string, Column>();
  #first: EpochRecord | undefined;
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** Names of the metrics seen so far, in the order of the records' keys; epoch and step are none. */
  get metrics(): readonly string[] {
    return [...this.#columns.keys()].filter((name) => name !== 'epoch' && name !== 'step');
  }

  /** Takes in what was appended; another run's records (a new first record, or fewer) start afresh. */
  sync(records: readonly EpochRecord[]): void {
    if (records[0] !== this.#first || records.length < this.#length) this.#clear(records[0]);
    for (; this.#length < records.length; this.#length++) {
      const record = records[this.#length];
      if (record) this.#append(record);
    }
  }

  /** A metric over the epochs; NaN where a record had none. */
  curve(metric: string): Curve {
    const x = this.#columns.get('epoch')?.values ?? [];
    const y = this.#columns.get(metric)?.values ?? [];
    return { x, y, length: y.length === 0 ? 0 : this.#length };
  }

  #clear(first: EpochRecord | undefined): void {
    this.#columns.clear();
    this.#first = first;
    this.#length = 0;
  }

  #append(record: EpochRecord): void {
    for (const name of Object.keys(record)) {
      if (!this.#columns.has(name)) this.#columns.set(name, missingUntil(this.#length));
    }
    for (const [name, column] of this.#columns) column.put(this.#length, record[name] ?? NaN);
  }
}

function missingUntil(length: number): Column {
  const column = new Column();
  for (let i = 0; i < length; i++) column.put(i, NaN);
  return column;
}

/** Index of the epoch nearest to `x`; the epochs rise. -1 when there are none. */
export function nearestIndex({ x, length }: Curve, at: number): number {
  if (length === 0) return -1;
  let low = 0;
  let high = length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((x[middle] as number) < at) low = middle + 1;
    else high = middle;
  }
  const isBeforeNearer = low > 0 && at - (x[low - 1] as number) <= (x[low] as number) - at;
  return isBeforeNearer ? low - 1 : low;
}

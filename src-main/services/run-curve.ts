/** One metric of a run as a few hundred points, however many epochs it has: read in turns, so that windows are answered in between. */
import type { RunCurve } from '../../src-core/contract/records.ts';
import type { StoreReads } from '../store/writes.ts';

/** Epochs read in one turn: a few milliseconds of work. */
const TURN_EPOCHS = 4000;

/** First, lowest, highest and last point of every part, and one gap where there is any; a short curve is kept whole. */
export class CurveSampler {
  readonly #width: number;
  readonly #start: number;
  readonly #epochs: number[] = [];
  readonly #values: number[] = [];
  #part: { epoch: number; value: number }[] = [];
  #partNumber = 0;
  #count = 0;

  /** @param range epochs from … to before · @param buckets number of parts */
  constructor([from, to]: readonly [number, number], buckets: number) {
    const KEPT = 4;
    this.#start = from;
    this.#width = to - from <= buckets * KEPT ? 1 : (to - from) / buckets;
  }

  /** Epochs in rising order. */
  push(epoch: number, value: number): void {
    const number = Math.floor((epoch - this.#start) / this.#width);
    if (number !== this.#partNumber) this.#close();
    this.#partNumber = number;
    this.#part.push({ epoch, value });
    this.#count++;
  }

  finish(): RunCurve {
    this.#close();
    return { epochs: Float64Array.from(this.#epochs), values: Float64Array.from(this.#values), count: this.#count };
  }

  #close(): void {
    const part = this.#part;
    if (part.length === 0) return;
    const finite = part.filter(({ value }) => Number.isFinite(value));
    const lowest = finite.reduce<(typeof part)[number] | undefined>(
      (a, b) => (a && a.value <= b.value ? a : b),
      undefined,
    );
    const highest = finite.reduce<(typeof part)[number] | undefined>(
      (a, b) => (a && a.value >= b.value ? a : b),
      undefined,
    );
    const gap = part.find(({ value }) => !Number.isFinite(value));
    const kept = new Set([part[0], lowest, highest, gap, part.at(-1)]);
    for (const point of part) {
      if (!kept.has(point)) continue;
      this.#epochs.push(point.epoch);
      this.#values.push(point.value);
    }
    this.#part = [];
  }
}

export interface CurvePart {
  readonly metric: string;
  /** Epochs from … to, both included. */
  readonly from: number;
  readonly to: number;
  readonly buckets: number;
  readonly isQuick?: boolean | undefined;
}

/** The first epoch of every part and the last of all, each looked up by itself. `to` is the epoch after the last. */
function pickCurve(store: StoreReads, runId: string, { metric, from, to, buckets }: CurvePart): RunCurve {
  const epochs = Array.from({ length: buckets }, (_, i) => from + Math.floor((i * (to - from)) / buckets));
  const points = store.metricPoints(runId, metric, [...epochs, to - 1]);
  return {
    epochs: Float64Array.from(points, ({ epoch }) => epoch),
    values: Float64Array.from(points, ({ value }) => value ?? NaN),
    count: to - from,
  };
}

/** Read turn by turn, so that windows are answered in between. */
export async function readCurve(
  store: StoreReads,
  runId: string,
  { metric, from, to, buckets, isQuick = false }: CurvePart,
): Promise<RunCurve> {
  const ends = store.epochEnds(runId);
  const first = Math.max(from, ends?.[0] ?? 0);
  const end = Math.min(to, ends?.[1] ?? -1) + 1;
  if (isQuick && end - first > TURN_EPOCHS) return pickCurve(store, runId, { metric, from: first, to: end, buckets });
  const sampler = new CurveSampler([first, end], buckets);
  for (let at = first; at < end; at += TURN_EPOCHS) {
    if (at > first) await new Promise(setImmediate);
    const part = store.metricPart(runId, metric, [at, Math.min(end, at + TURN_EPOCHS)]);
    for (const { epoch, value } of part) sampler.push(epoch, value ?? NaN);
  }
  return sampler.finish();
}

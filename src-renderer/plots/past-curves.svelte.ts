/** Curves of epochs that only the store has: asked for as finely as they are drawn, again when the part that is seen changes. */
import type { Services } from '../state/host.svelte.ts';
import type { Range } from '../ui/charts/scale.ts';
import type { Curve } from '../ui/charts/downsample.ts';
import type { Zoom } from '../ui/charts/zoom.ts';
import { NO_PAST, type Past } from './run-columns.ts';

export interface PastWanted {
  readonly services: Services;
  readonly runId: string;
  readonly metrics: readonly string[];
  /** Epochs from … to, both included; `zoom` is the part that is seen. */
  readonly whole: Range;
  readonly zoom: Zoom;
  readonly buckets: number;
}

interface Read {
  readonly key: string;
  readonly range: Range;
  readonly curves: Past;
}

/** One question at a time; of those that come meanwhile only the newest counts. */
export class PastCurves {
  #overview: Read | null = $state.raw(null);
  #detail: Read | null = $state.raw(null);
  #wanted: PastWanted | null = null;
  #isReading = false;
  readonly #refuse: (error: unknown) => void;

  constructor(refuse: (error: unknown) => void) {
    this.#refuse = refuse;
  }

  want(wanted: PastWanted | null): void {
    this.#wanted = wanted;
    if (wanted !== null && !this.#isReading) void this.#readAll();
  }

  /** The finest there is of the part that is seen: all of it coarsely until its own curves have come. */
  curves({ runId, metrics }: Pick<PastWanted, 'runId' | 'metrics'>, zoom: Zoom): Past {
    const key = keyOf({ runId, metrics });
    const [overview, detail] = [this.#overview, this.#detail];
    if (zoom !== null && detail?.key === key && detail.range[0] <= zoom[0] && zoom[1] <= detail.range[1]) {
      return detail.curves;
    }
    return overview?.key === key ? overview.curves : NO_PAST;
  }

  async #readAll(): Promise<void> {
    this.#isReading = true;
    try {
      for (let wanted = this.#wanted; wanted !== null; wanted = this.#wanted) {
        this.#wanted = null;
        await this.#read(wanted);
      }
    } catch (error) {
      this.#refuse(error);
    } finally {
      this.#isReading = false;
    }
  }

  async #read({ services, runId, metrics, whole, zoom, buckets }: PastWanted): Promise<void> {
    const key = keyOf({ runId, metrics });
    const part = async (range: Range, isQuick = false): Promise<Read> => {
      const [from, to] = [Math.max(0, Math.floor(range[0]) - 1), Math.ceil(range[1]) + 1];
      const read = async (metric: string): Promise<readonly [string, Curve]> => {
        const { epochs, values } = await services.runs.curve({ runId, metric, from, to, buckets, isQuick });
        return [metric, { x: epochs, y: values, length: epochs.length }];
      };
      return { key, range, curves: new Map(await Promise.all(metrics.map(read))) };
    };
    const isKnown = this.#overview?.key === key && this.#overview.range[1] === whole[1];
    if (!isKnown) {
      // A first picture at once, then the lowest and highest of every part, which take reading all of it.
      if (this.#overview?.key !== key) this.#overview = await part(whole, true);
      this.#overview = await part(whole);
    }
    if (zoom !== null) this.#detail = await part(zoom);
  }
}

function keyOf({ runId, metrics }: Pick<PastWanted, 'runId' | 'metrics'>): string {
  return [runId, ...metrics].join(' ');
}

/** The curves and settings of the runs compared, asked for again when they, the metric or the part that is seen change. */
import type { Services } from '../state/host.svelte.ts';
import type { Compared } from '../state/runs.svelte.ts';
import type { ComparedRun } from './compare-view.ts';

export interface CurvesWanted {
  readonly services: Services;
  readonly compared: readonly Compared[];
  readonly metric: string;
  readonly from: number;
  readonly to: number;
  readonly buckets: number;
  /** How far the runs are: a change means there is more to read. */
  readonly epochs: string;
}

/** A turn of the wheel comes in many small steps. */
const SETTLE_MS = 80;

export class ComparedCurves {
  runs: readonly ComparedRun[] = $state.raw([]);
  error: string | null = $state(null);
  #timer: ReturnType<typeof setTimeout> | null = null;
  #turn = 0;

  want(wanted: CurvesWanted | null): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#turn++;
    const turn = this.#turn;
    if (wanted !== null) this.#timer = setTimeout(() => void this.#read(wanted, turn), SETTLE_MS);
  }

  async #read({ services, compared, metric, from, to, buckets }: CurvesWanted, turn: number): Promise<void> {
    const reading = compared.map(async ({ id, mark }) => {
      const [detail, curve] = await Promise.all([
        services.runs.get({ runId: id }),
        services.runs.curve({ runId: id, metric, from, to, buckets }),
      ]);
      return { id, mark, detail, curve };
    });
    const answer = await Promise.all(reading).catch((error: unknown) => error);
    if (turn !== this.#turn) return;
    if (answer instanceof Error) {
      this.error = answer.message;
      return;
    }
    this.runs = answer as readonly ComparedRun[];
    this.error = null;
  }
}

/** Reading of data files that can be watched and given up, and that leaves the engine's other work its turns. */
import type { Emit } from '../../src-core/contract/define.ts';
import type { EngineEvents } from '../../src-core/contract/engine.ts';
import type { Turn } from '../../src-core/datasets/define.ts';
import { AppError } from '../../src-core/lib/errors.ts';

/** A reading holds up messages to the engine, and a run beside it, for no longer than one piece and this. */
const TURN_MS = 8;
/** The share is told so often that a bar moves smoothly. */
const TELL_MS = 50;

export class Readings {
  readonly #emit: Emit<EngineEvents>;
  readonly #now: () => number;
  /** Jobs under way; true: to be given up. */
  readonly #jobs = new Map<string, boolean>();

  constructor(emit: Emit<EngineEvents>, now: () => number) {
    this.#emit = emit;
    this.#now = now;
  }

  /** Does the work; `job` names it for `reading` events and for `cancel`. */
  async run<T>(job: string | undefined, work: (turn: Turn) => Promise<T>): Promise<T> {
    if (job === undefined) return work(this.#turns(null));
    this.#jobs.set(job, false);
    try {
      return await work(this.#turns(job));
    } finally {
      this.#jobs.delete(job);
    }
  }

  /** The reading of that name ends at its next turn; nothing when there is none. */
  cancel(job: string): void {
    if (this.#jobs.has(job)) this.#jobs.set(job, true);
  }

  #turns(job: string | null): Turn {
    let [turned, told] = [this.#now(), -Infinity];
    return async (share) => {
      if (job !== null && this.#jobs.get(job) === true) throw new AppError('data.cancelled', {});
      const now = this.#now();
      if (job !== null && now - told >= TELL_MS) {
        this.#emit('reading', { job, share });
        told = now;
      }
      if (now - turned < TURN_MS) return;
      await new Promise((resolve) => setImmediate(resolve));
      turned = this.#now();
    };
  }
}

/** Chooses, job by job, whether all threads compute or the first one alone: whichever was faster of late. */

/** Probing the slower way may cost so much of the time. */
const PROBE_SHARE = 0.02;
const LEAST_JOBS = 8;
const MOST_JOBS = 4096;
/** Weight of the newest job in the mean. */
const NEWEST = 0.5;
/** Together must be so much faster: on a draw the other cores are better left to others. */
const WORTH = 0.98;

/**
 * Results are the same bytes either way, so time may decide. Threads that another program keeps from running cost more
 * than they bring, and only a clock tells.
 */
export class ThreadChoice {
  private readonly most: number;
  /** Mean time of a piece of work, by threads; absent: not tried yet. */
  private readonly means = new Map<number, number>();
  private isTogether = true;
  private jobsLeft = LEAST_JOBS;

  /** @param most threads there are, the caller's own among them */
  constructor(most: number) {
    this.most = most;
  }

  /** Threads for the next job. */
  next(): number {
    if (this.most === 1) return 1;
    if (!this.means.has(this.most)) return this.most;
    if (!this.means.has(1)) return 1;
    this.jobsLeft--;
    const isProbe = this.jobsLeft < 0;
    return this.isTogether === isProbe ? 1 : this.most;
  }

  /** A job of `pieces` equal pieces took `time` (in any unit) on so many threads. */
  took(threads: number, time: number, pieces: number): void {
    const mean = this.means.get(threads);
    const newest = time / pieces;
    this.means.set(threads, mean === undefined ? newest : mean + NEWEST * (newest - mean));
    const [alone, together] = [this.means.get(1), this.means.get(this.most)];
    if (alone === undefined || together === undefined) return;
    const wasTogether = this.isTogether;
    this.isTogether = together < alone * WORTH;
    if (this.jobsLeft >= 0 && wasTogether === this.isTogether) return;
    const [chosen, other] = this.isTogether ? [together, alone] : [alone, together];
    const loss = chosen > 0 ? other / chosen - 1 : 0;
    this.jobsLeft = Math.min(MOST_JOBS, Math.max(LEAST_JOBS, Math.ceil(loss / PROBE_SHARE)));
  }
}

/** Chooses, job by job, whether all threads compute or the first one alone: whichever was faster of late. */

/** Probing the slower way may cost so much of the time. */
const PROBE_SHARE = 0.02;
const LEAST_JOBS = 8;
const MOST_JOBS = 4096;
/** Weight of the newest job in a mean that grows. */
const NEWEST = 0.5;
/** Together must be so much faster: on a draw the other cores are better left to others. */
const WORTH = 0.98;
/** Jobs of each way before there is a choice: the first of them also pays for code and caches that are cold. */
const TRIALS = 2;
/** Milliseconds of a job: short, so that a choice that turns out wrong does not last; long beside the microseconds of its start. */
const JOB_MS = 20;

/** What is done at a time: so many pieces of the work, by so many threads. */
export interface Portion {
  readonly threads: number;
  readonly pieces: number;
}

/** One way of doing the work. */
class Way {
  /** Time of a piece. */
  mean = NaN;
  jobs = 0;

  /** What disturbs a job makes it slower, never faster: a faster one is believed at once. */
  took(each: number): void {
    this.mean = this.jobs === 0 || each < this.mean ? each : this.mean + NEWEST * (each - this.mean);
    this.jobs++;
  }

  /** Pieces of a job, `most` at most. */
  pieces(most: number): number {
    return this.jobs === 0 ? 1 : Math.min(most, Math.max(1, Math.floor(JOB_MS / this.mean)));
  }
}

/**
 * Results are the same bytes either way, so time may decide. Threads that another program keeps from running cost more
 * than they bring, and only a clock tells.
 */
export class ThreadChoice {
  private readonly most: number;
  private readonly alone = new Way();
  private readonly together = new Way();
  private isTogether = true;
  /** Time and jobs since the way that was slower was tried last. */
  private since = { time: 0, jobs: 0 };

  /** @param most threads there are, the caller's own among them */
  constructor(most: number) {
    this.most = most;
  }

  /** The next portion of work that has so many equal pieces left; `isWhole`: it cannot be cut. */
  next(left: number, isWhole = false): Portion {
    const way = this.most === 1 ? this.alone : this.wayFor(left, isWhole);
    return this.portionOf(way, left, isWhole);
  }

  /** The next portion while the other threads are not there yet. */
  nextAlone(left: number, isWhole = false): Portion {
    return this.portionOf(this.alone, left, isWhole);
  }

  /** It took so many milliseconds. */
  took({ threads, pieces }: Portion, time: number): void {
    const way = threads === 1 ? this.alone : this.together;
    way.took(time / pieces);
    const isProbe = way !== this.chosen;
    this.since = isProbe ? { time: 0, jobs: 0 } : { time: this.since.time + time, jobs: this.since.jobs + 1 };
    if (this.isTrying) return;
    this.isTogether = this.together.mean < this.alone.mean * WORTH;
  }

  private get isTrying(): boolean {
    return Math.min(this.alone.jobs, this.together.jobs) < TRIALS;
  }

  private get chosen(): Way {
    return this.isTogether ? this.together : this.alone;
  }

  private wayFor(left: number, isWhole: boolean): Way {
    const { alone, together, chosen, since } = this;
    if (this.isTrying) return together.jobs <= alone.jobs ? together : alone;
    const other = this.isTogether ? alone : together;
    const cost = (other.mean - chosen.mean) * this.portionOf(other, left, isWhole).pieces;
    const isDue = since.jobs >= LEAST_JOBS && since.time * PROBE_SHARE >= cost;
    return isDue || since.jobs >= MOST_JOBS ? other : chosen;
  }

  private portionOf(way: Way, left: number, isWhole: boolean): Portion {
    return { threads: way === this.alone ? 1 : this.most, pieces: isWhole ? left : way.pieces(left) };
  }
}

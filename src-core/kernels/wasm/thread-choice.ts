/** Chooses, job by job, whether all threads compute or the first one alone: whichever was faster of late. */

/** Trying all threads may cost so much of the time while one computes. */
const TOGETHER_SHARE = 0.02;
/** Trying one alone, while all compute, so much: its time changes little, and threads that get slower show it themselves. */
const ALONE_SHARE = 0.0025;
const LEAST_JOBS = 8;
/** Weight of the newest job in a mean that grows: one bad moment of the machine is no reason to change. */
const NEWEST = 0.3;
/** Together must be so much faster: on a draw the other cores are better left to others. */
const WORTH = 0.98;
/** Jobs of each way before there is a choice: the first of them also pays for code and caches that are cold. */
const TRIALS = 2;
/** Milliseconds of a job: short, so that a choice that turns out wrong does not last; long beside the microseconds of its start. */
const JOB_MS = 20;

/**
 * Milliseconds of extra time that trying all threads may cost: at the start, then once so much has been saved up, twice as much
 * after each time that it was in vain. A system that is busy puts a thread it wakes up on the core of the one that woke it
 * and takes up to a second to part them: before that, even threads that help look bad.
 */
const FIRST_CREDIT_MS = 300;
const LEAST_CREDIT_MS = 10;
const MOST_CREDIT_MS = 320;
/** Of the time of a try that costs less: on a draw it ends too. */
const LEAST_CHARGE = 0.25;

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
  /** Jobs since the first thread was last tried alone. */
  private jobs = 0;
  /** Extra time that trying the slower way may cost at present. */
  private credit = FIRST_CREDIT_MS;
  /** True while all threads are tried, as long as there is credit, though one is faster so far. */
  private isEpisode = true;
  /** Credit to be saved up before the next time. */
  private wanted = LEAST_CREDIT_MS;
  private nextWanted = LEAST_CREDIT_MS;
  /** True once both ways have been tried. */
  private isDecided = false;

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
    this.jobs = way === this.alone ? 0 : this.jobs + 1;
    if (this.isTrying) return;
    if (this.isDecided) this.account(way === this.chosen, pieces, time);
    this.decide();
  }

  private account(isChosen: boolean, pieces: number, time: number): void {
    if (isChosen) this.credit += time * (this.isTogether ? ALONE_SHARE : TOGETHER_SHARE);
    else this.credit -= Math.max(time * LEAST_CHARGE, time - pieces * this.chosen.mean);
  }

  private decide(): void {
    const was = this.isDecided && this.isTogether;
    this.isTogether = this.together.mean < this.alone.mean * WORTH;
    if (this.isTogether && !was) {
      this.nextWanted = LEAST_CREDIT_MS;
      this.credit = 0;
    } else if (was && !this.isTogether) this.wait();
    else if (!this.isTogether && this.isEpisode && this.credit <= 0) this.wait();
    this.isDecided = true;
  }

  /** One thread from here on, until there is credit to try all of them again. */
  private wait(): void {
    this.isEpisode = false;
    this.credit = 0;
    this.wanted = this.nextWanted;
    this.nextWanted = Math.min(MOST_CREDIT_MS, 2 * this.nextWanted);
  }

  private get isTrying(): boolean {
    return Math.min(this.alone.jobs, this.together.jobs) < TRIALS;
  }

  private get chosen(): Way {
    return this.isTogether ? this.together : this.alone;
  }

  private wayFor(left: number, isWhole: boolean): Way {
    const { alone, together } = this;
    if (this.isTrying) return together.jobs <= alone.jobs ? together : alone;
    if (this.isTogether) {
      const cost = (alone.mean - together.mean) * this.portionOf(alone, left, isWhole).pieces;
      return this.jobs >= LEAST_JOBS && this.credit >= cost ? alone : together;
    }
    this.isEpisode ||= this.credit >= this.wanted;
    return this.isEpisode ? together : alone;
  }

  private portionOf(way: Way, left: number, isWhole: boolean): Portion {
    return { threads: way === this.alone ? 1 : this.most, pieces: isWhole ? left : way.pieces(left) };
  }
}

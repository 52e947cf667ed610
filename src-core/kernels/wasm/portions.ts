/** Does long work portion by portion, each on as many threads as are good for it. */
import { ThreadChoice, type Portion } from './thread-choice.ts';

export interface PortionsOptions {
  /** Most threads, the caller's own among them. */
  readonly threads: number;
  /** A clock, in milliseconds; absent: all threads do all of it. */
  readonly now: (() => number) | undefined;
  /** True once all threads wait for work. */
  readonly areReady: () => boolean;
}

export class Portions {
  private readonly options: PortionsOptions;
  private readonly choice: ThreadChoice;

  constructor(options: PortionsOptions) {
    this.options = options;
    this.choice = new ThreadChoice(options.threads);
  }

  /**
   * @param pieces equal pieces of the work
   * @param isWhole true: all of them are one portion
   * @param work does a portion, `done` pieces after the start; answers with the pieces it finished, fewer where it had to stop
   * @returns the pieces finished
   */
  run(pieces: number, isWhole: boolean, work: (portion: Portion, done: number) => number): number {
    const { threads, now, areReady } = this.options;
    if (now === undefined || threads === 1) return work({ threads, pieces }, 0);
    let done = 0;
    for (let isStopped = false; !isStopped && done < pieces;) {
      const left = pieces - done;
      const portion = areReady() ? this.choice.next(left, isWhole) : this.choice.nextAlone(left, isWhole);
      const from = now();
      const finished = work(portion, done);
      isStopped = finished < portion.pieces;
      if (!isStopped) this.choice.took(portion, now() - from);
      done += finished;
    }
    return done;
  }
}

/** Notices an engine that hangs, from its heartbeat; a long step of training is none, and neither is a sleeping laptop. */
import { BEAT_MS } from './limits.ts';

export interface WatchOptions {
  readonly startMs: number;
  readonly hangMs: number;
  readonly onHang: (reason: string) => void;
}

/** A beat as the engine writes it: turns of its event loop, and whether it is in work that may take long. */
const BEAT = /^beat (\d+) ([01])$/;

export class Watch {
  readonly #options: WatchOptions;
  readonly #timer: NodeJS.Timeout;
  #limitMs: number;
  #turns = '';
  #silentMs = 0;
  #last = performance.now();

  constructor(options: WatchOptions) {
    this.#options = options;
    this.#limitMs = options.startMs;
    this.#timer = setInterval(() => this.#look(), BEAT_MS / 2);
  }

  ready(): void {
    this.#limitMs = this.#options.hangMs;
    this.#silentMs = 0;
  }

  line(line: string): void {
    const [, turns, isWorking] = BEAT.exec(line) ?? [];
    if (turns === undefined) return;
    if (turns !== this.#turns || isWorking === '1') this.#silentMs = 0;
    this.#turns = turns;
  }

  close(): void {
    clearInterval(this.#timer);
  }

  /** Counts only time in which this process ran too: after a sleep of the machine the engine has not been silent. */
  #look(): void {
    const now = performance.now();
    this.#silentMs += Math.min(now - this.#last, BEAT_MS);
    this.#last = now;
    if (this.#silentMs < this.#limitMs) return;
    this.close();
    this.#options.onHang(`no answer for ${Math.round(this.#limitMs / 1000)} seconds`);
  }
}

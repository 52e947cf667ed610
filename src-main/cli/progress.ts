/** The progress bar of a run: epoch, losses, speed and time left, on a terminal only. */
import type { EpochRecord } from '../../src-core/contract/records.ts';
import type { Trainer } from '../../src-core/trainer/define.ts';
import { Pace } from '../engine/pace.ts';
import type { Surroundings } from './define.ts';
import { short } from './outputs.ts';

const FRAME_MS = 100;
const BAR = 20;
const MINUTE = 60;

export class ProgressBar {
  readonly pace = new Pace();
  readonly #trainer: Trainer;
  readonly #redraw: Surroundings['redraw'];
  readonly #now: () => number;
  #shownAt: number;
  #shownStep: number;
  #rows = 0;
  #last: EpochRecord | null = null;

  constructor(trainer: Trainer, redraw: Surroundings['redraw'], now: () => number) {
    this.#trainer = trainer;
    this.#redraw = redraw;
    this.#now = now;
    this.#shownAt = now();
    this.#shownStep = trainer.step;
  }

  /** After every slice of work; draws at most ten times a second. */
  tell(rows: number, record: EpochRecord | null): void {
    this.#rows += rows;
    this.#last = record ?? this.#last;
    const now = this.#now();
    if (now - this.#shownAt < FRAME_MS) return;
    this.pace.passed(this.#trainer.step - this.#shownStep, this.#rows, now - this.#shownAt);
    this.#shownAt = now;
    this.#shownStep = this.#trainer.step;
    this.#rows = 0;
    this.#redraw?.(this.#line());
  }

  /** Clears the bar, so that messages start on a clean line. */
  end(): void {
    this.#redraw?.('');
  }

  #line(): string {
    const { epoch, epochs, step, stepsPerEpoch } = this.#trainer;
    const done = step / Math.max(1, epochs * stepsPerEpoch);
    const filled = Math.min(BAR, Math.round(done * BAR));
    const parts = [`epoch ${epoch}/${epochs}`];
    for (const [name, value] of Object.entries(this.#last ?? {})) {
      if (name !== 'epoch' && name !== 'step') parts.push(`${name} ${short(value)}`);
    }
    const eta = this.pace.etaSeconds(epochs * stepsPerEpoch - step);
    if (eta !== null) parts.push(`${duration(eta)} left`);
    return `${'█'.repeat(filled)}${'░'.repeat(BAR - filled)} ${parts.join(' · ')}`;
  }
}

/** '1 h 02 min', '3 min 20 s', '12 s'. */
export function duration(seconds: number): string {
  const whole = Math.ceil(seconds);
  if (whole < MINUTE) return `${whole} s`;
  const minutes = Math.floor(whole / MINUTE);
  if (minutes < MINUTE) return `${minutes} min ${String(whole % MINUTE).padStart(2, '0')} s`;
  return `${Math.floor(minutes / MINUTE)} h ${String(minutes % MINUTE).padStart(2, '0')} min`;
}

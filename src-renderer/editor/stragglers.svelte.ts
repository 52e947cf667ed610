/** Many cards that are moved at once go in parts, one a frame: three hundred of them in a single one hold the window up. */
import type { Position } from '../../src-core/graph/edit.ts';
import { nextFrame, type Schedule } from '../state/frame-batch.ts';

type Places = Readonly<Record<string, Position>>;

/** A few milliseconds of drawing. */
export const CARDS_A_FRAME = 48;

export class Stragglers {
  /** Where cards still stand that belong elsewhere by now. */
  #waiting: ReadonlyMap<string, Position> = $state.raw(new Map());
  #calls: (() => void)[] = [];
  #isScheduled = false;
  readonly #schedule: Schedule;

  constructor(schedule: Schedule = nextFrame) {
    this.#schedule = schedule;
  }

  /** Undefined for a card that is where it belongs. */
  placeOf(id: string): Position | undefined {
    return this.#waiting.get(id);
  }

  /** All places have changed: few cards go at once, of many those that wait longest. */
  moved(before: Places, after: Places): void {
    const ids = new Set([...this.#waiting.keys(), ...Object.keys(after)]);
    const late = [...ids].flatMap((id) => {
      const [from, to] = [this.#waiting.get(id) ?? before[id], after[id]];
      return from && to && (from.x !== to.x || from.y !== to.y) ? [[id, from] as const] : [];
    });
    this.#leave(late);
  }

  /** No card waits any longer. */
  settle(): void {
    this.#leave([]);
  }

  /** Calls back once every card is where it belongs, at once when all are. */
  whenArrived(callback: () => void): void {
    if (this.#waiting.size === 0) callback();
    else this.#calls.push(callback);
  }

  /** Lets the first of them go. */
  #leave(late: readonly (readonly [string, Position])[]): void {
    this.#waiting = new Map(late.slice(CARDS_A_FRAME));
    if (this.#waiting.size === 0) for (const call of this.#calls.splice(0)) call();
    else if (!this.#isScheduled) this.#scheduleNext();
  }

  #scheduleNext(): void {
    this.#isScheduled = true;
    this.#schedule(() => {
      this.#isScheduled = false;
      if (this.#waiting.size > 0) this.#leave([...this.#waiting]);
    });
  }
}

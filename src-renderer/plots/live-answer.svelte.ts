/** Asks the network about a row again and again, as row, weights or run change, and knows whether the last answer still holds. */
import type { AskedWeights, Prediction } from '../../src-core/contract/records.ts';

/** What is asked. */
export interface Question {
  readonly runId: string;
  readonly which: AskedWeights;
  /** As a person writes it: categories by their labels. */
  readonly row: readonly (number | string)[];
  /** Where the run stands; null while it trains: then answers follow it at their own pace. */
  readonly moment: string | null;
}

export interface Answered {
  readonly question: Question;
  readonly prediction: Prediction;
}

/** Changes that come together (a slider that moves) are asked about once. */
const SETTLE_MS = 60;
/** While a run trains: current weights change all the time, saved ones about once a second. */
const FOLLOW_MS = { current: 200, best: 1000, last: 1000 } as const;

const keyOf = ({ runId, which, row, moment }: Question): string => JSON.stringify([runId, which, row, moment]);

export class LiveAnswer {
  answered: Answered | null = $state.raw(null);
  /** Why there is no answer to what is asked, in a sentence. */
  error: string | null = $state(null);

  readonly #ask: (question: Question) => Promise<Prediction>;
  #wanted: Question | null = $state.raw(null);
  #isAsking = false;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #waiting: (() => void)[] = [];

  constructor(ask: (question: Question) => Promise<Prediction>) {
    this.#ask = ask;
  }

  /** True when the answer is to what is asked now. */
  readonly isCurrent: boolean = $derived.by(
    () => this.#wanted !== null && this.answered !== null && keyOf(this.answered.question) === keyOf(this.#wanted),
  );

  /** What should be answered from now on; null: nothing can be asked at present. */
  want(question: Question | null): void {
    const isNew = question !== null && (this.#wanted === null || keyOf(this.#wanted) !== keyOf(question));
    this.#wanted = question;
    if (question === null) this.#stop();
    if (!isNew) return;
    this.error = null;
    this.#soon(SETTLE_MS);
  }

  /** The answer to what is asked now, once it is there; null when there can be none. */
  async settled(): Promise<Answered | null> {
    while (this.#wanted !== null && !this.isCurrent && this.error === null) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    return this.isCurrent ? this.answered : null;
  }

  /** Ends the asking for good. */
  close(): void {
    this.want(null);
  }

  #stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#wake();
  }

  #soon(delayMs: number): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#next(), delayMs);
  }

  async #next(): Promise<void> {
    this.#timer = null;
    const question = this.#wanted;
    if (question === null || this.#isAsking) return;
    this.#isAsking = true;
    const answer = await this.#ask(question).catch((error: unknown) => error);
    this.#isAsking = false;
    const isStillWanted = this.#wanted !== null && keyOf(this.#wanted) === keyOf(question);
    if (answer instanceof Error) {
      if (isStillWanted) this.error = answer.message;
    } else {
      this.answered = { question, prediction: answer as Prediction };
      this.error = null;
    }
    if (this.#wanted !== null && !isStillWanted) this.#soon(0);
    else if (question.moment === null && this.#wanted !== null) this.#soon(FOLLOW_MS[question.which]);
    this.#wake();
  }

  #wake(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}

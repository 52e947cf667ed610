/** Losses of single steps, kept whole at first and merged pair by pair when they become very many. */

const FIRST_CAPACITY = 1_024;
/** Above this many points neighbours are merged: the eye cannot tell, and memory stays bounded. */
export const MOST_POINTS = 200_000;

export class StepLosses {
  #values = new Float64Array(FIRST_CAPACITY * 2);
  #count = 0;

  get count(): number {
    return this.#count;
  }

  /** [step, loss, step, loss, …]: a view of what is kept, valid until the next `add`. */
  get pairs(): Float64Array {
    return this.#values.subarray(0, this.#count * 2);
  }

  /** @param pairs [step, loss, step, loss, …] in order of steps */
  add(pairs: Float64Array): void {
    for (let i = 0; i + 1 < pairs.length; i += 2) this.#push(pairs[i] as number, pairs[i + 1] as number);
  }

  clear(): void {
    this.#count = 0;
  }

  #push(step: number, loss: number): void {
    if (this.#count === MOST_POINTS) this.#halve();
    if (this.#count * 2 === this.#values.length) {
      const larger = new Float64Array(this.#values.length * 2);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.#count * 2] = step;
    this.#values[this.#count * 2 + 1] = loss;
    this.#count++;
  }

  /** Each pair of neighbours becomes one point: the later step, the mean loss. A gap (NaN) stays a gap. */
  #halve(): void {
    const values = this.#values;
    for (let i = 0; i < this.#count / 2; i++) {
      const a = values[i * 4 + 1] as number;
      const b = values[i * 4 + 3] as number;
      values[i * 2] = values[i * 4 + 2] as number;
      values[i * 2 + 1] = (a + b) / 2;
    }
    this.#count = Math.floor(this.#count / 2);
  }
}

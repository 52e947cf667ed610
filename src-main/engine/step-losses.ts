/** Batch losses on their way to the eye: neighbours are averaged until few enough are left. */
import { STEP_LOSSES } from './limits.ts';

export class StepLosses {
  #steps: number[] = [];
  #losses: number[] = [];

  /** Losses of consecutive steps, the last of which is `step`. */
  add(losses: Float64Array, step: number): void {
    losses.forEach((loss, i) => {
      this.#steps.push(step - losses.length + 1 + i);
      this.#losses.push(loss);
    });
  }

  /** [step, mean loss, …] since the last call; the step is the last of those averaged. */
  take(): Float64Array {
    const steps = this.#steps;
    const losses = this.#losses;
    this.#steps = [];
    this.#losses = [];
    const group = Math.max(1, Math.ceil(losses.length / STEP_LOSSES));
    const pairs: number[] = [];
    for (let from = 0; from < losses.length; from += group) {
      const part = losses.slice(from, from + group);
      pairs.push(steps[from + part.length - 1] as number, part.reduce((sum, loss) => sum + loss, 0) / part.length);
    }
    return Float64Array.from(pairs);
  }
}

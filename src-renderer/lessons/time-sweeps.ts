/** How long both sweeps over a formula take on this computer. */
import { backward, recordTape } from '../../src-core/autodiff/tape.ts';
import type { Scene } from '../../src-core/lessons/scene.ts';

export interface SweepTimes {
  /** Microseconds for one sweep: the median of several rounds. */
  readonly forwardUs: number;
  readonly backwardUs: number;
}

const ROUNDS = 7;
const REPEATS = 300;
const US_PER_MS = 1000;

/** The first round only warms up. */
export function timeSweeps({ expression, at }: Scene): SweepTimes {
  const tape = recordTape(expression, at);
  const [forward, back] = [() => recordTape(expression, at), () => backward(tape)].map((sweep) => {
    const rounds = Array.from({ length: ROUNDS + 1 }, () => timeOf(sweep)).slice(1);
    return rounds.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? NaN;
  });
  return { forwardUs: forward ?? NaN, backwardUs: back ?? NaN };
}

function timeOf(sweep: () => unknown): number {
  const start = performance.now();
  for (let i = 0; i < REPEATS; i++) sweep();
  return ((performance.now() - start) / REPEATS) * US_PER_MS;
}

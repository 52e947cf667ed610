/** How far two gradients are apart, and how far float32 may be from float64 without being wrong. */
import { present } from '../lib/assert.ts';
import { Random, streamKey } from '../lib/random.ts';
import type { Network, Rows } from '../runtime/define.ts';

/** Spacing of float32 beside 1. */
const ROUNDING = 2 ** -23;
const MOVEMENTS = 4;
const BETWEEN = 8;

export type Relative = (a: number, b: number, pardoned?: number) => number;

/** |a − b| beyond what is pardoned, beside the larger of the two and the floor. */
export function relativeTo(floor: number): Relative {
  return (a, b, pardoned = 0) => {
    const scale = Math.max(Math.abs(a), Math.abs(b), floor);
    const gap = Math.abs(a - b);
    return scale === 0 || gap <= pardoned ? 0 : (gap - pardoned) / scale;
  };
}

/**
 * What float32 may be off a gradient for no fault of its own: eight times (for the roundings between the layers) as far as
 * the exact one moves at most when all weights do by one rounding, up or down at random. Little beside ordinary gradients;
 * all of them in a saturated network.
 */
export function float32Blur(
  network: Network,
  rows: Rows,
  gradients: ReadonlyMap<string, Float64Array>,
  seed: number,
): ReadonlyMap<string, Float64Array> {
  const kept = new Map([...gradients.keys()].map((key) => [key, Float64Array.from(network.read(key))]));
  const blur = new Map([...gradients].map(([key, { length }]) => [key, new Float64Array(length)]));
  for (let movement = 0; movement < MOVEMENTS; movement++) {
    for (const [key, values] of kept) {
      const random = new Random(streamKey(seed, 'init', 'rounding', key, movement));
      network.write(
        key,
        values.map((value) => value * (1 + (random.integer(2) === 0 ? ROUNDING : -ROUNDING))),
      );
    }
    for (const [key, moved] of network.gradients(rows).tensors) {
      const own = present(gradients.get(key), key);
      const most = present(blur.get(key), key);
      moved.forEach((g, i) => {
        most[i] = Math.max(most[i] as number, BETWEEN * Math.abs(g - (own[i] as number)));
      });
    }
  }
  for (const [key, values] of kept) network.write(key, values);
  return blur;
}

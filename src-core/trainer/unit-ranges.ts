/** Which units of a layer answer the same to every row: the range of each, from rows that come piece by piece. */
import type { NodeValues } from '../runtime/define.ts';
import { sizeOf, type Shape } from '../tensor/shape.ts';

/** Rank from which the first axis of a value holds channels. */
const IMAGE_RANK = 3;

export class UnitRanges {
  /** Values of a vector, channels of an image. */
  readonly unitCount: number;
  readonly #size: number;
  /** Neighbours of one unit in memory: all positions of a channel, one number of a vector. */
  readonly #run: number;
  readonly #low: Float64Array;
  readonly #high: Float64Array;

  /**
   * @param shape of one row
   * @param axis the first, or the last
   */
  constructor(shape: Shape, axis = shape.length >= IMAGE_RANK ? 0 : shape.length - 1) {
    this.unitCount = shape[axis] ?? 1;
    this.#size = sizeOf(shape);
    this.#run = axis === 0 ? this.#size / this.unitCount : 1;
    this.#low = new Float64Array(this.unitCount).fill(Infinity);
    this.#high = new Float64Array(this.unitCount).fill(-Infinity);
  }

  /** Whole rows. */
  add({ values }: Pick<NodeValues, 'values'>): void {
    const [low, high, run] = [this.#low, this.#high, this.#run];
    for (let start = 0; start < values.length; start += run * this.unitCount) {
      for (let unit = 0; unit < this.unitCount; unit++) {
        let [least, most] = [low[unit] as number, high[unit] as number];
        for (let i = start + unit * run; i < start + (unit + 1) * run; i++) {
          const value = values[i] as number;
          if (value < least) least = value;
          if (value > most) most = value;
        }
        low[unit] = least;
        high[unit] = most;
      }
    }
  }

  /** Units whose answers differ by no more than rounding: `same` × the largest of them, or × `floor` where that is more. */
  deadCount({ same, floor }: { readonly same: number; readonly floor: number }): number {
    return this.#low.reduce((count, least, unit) => {
      const most = this.#high[unit] as number;
      return count + (most - least <= same * Math.max(floor, Math.abs(least), Math.abs(most)) ? 1 : 0);
    }, 0);
  }
}

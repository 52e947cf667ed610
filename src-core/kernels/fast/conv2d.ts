/** Convolution and its gradients: each window laid out as a row of numbers, then matrix products. */
import { windowsOf, type Window } from '../../ops/window.ts';
import type { Attributes } from '../../ops/define.ts';
import type { Kernel } from '../backend.ts';
import { inputAt, outputAt } from '../operands.ts';
import { gemm, type Matrix } from './gemm.ts';

/** One image as [positions, window]: every position of the window and what it sees there. */
interface Unrolling {
  readonly positions: number;
  /** Elements of a window: channels · kh · kw. */
  readonly window: number;
  /** [positions × window]: place in the image of each, −1 in the padding. */
  readonly places: Int32Array;
}

function unrollingOf(image: readonly number[], attributes: Attributes): Unrolling {
  const [down, across] = windowsOf(image, attributes);
  const channels = image[0] ?? 1;
  const window = channels * down.kernel * across.kernel;
  const positions = down.output * across.output;
  const places = new Int32Array(positions * window);
  for (let at = 0; at < places.length; at++) {
    const [position, element] = [Math.floor(at / window), at % window];
    const [i, j] = [Math.floor(position / across.output), position % across.output];
    const [u, v] = [Math.floor(element / across.kernel) % down.kernel, element % across.kernel];
    const c = Math.floor(element / (down.kernel * across.kernel));
    const [y, x] = [placeAlong(down, i, u), placeAlong(across, j, v)];
    places[at] = y < 0 || x < 0 ? -1 : (c * down.input + y) * across.input + x;
  }
  return { positions, window, places };
}

function placeAlong({ stride, before, input }: Window, output: number, kernel: number): number {
  const place = output * stride + kernel - before;
  return place >= input ? -1 : place;
}

export const conv2d: Kernel = (call) => {
  const [x, w, y] = [inputAt(call, 0), inputAt(call, 1), outputAt(call)];
  const { positions, window, places } = unrollingOf(x.shape, call.attributes);
  const filters = y.size / positions;
  const unrolled = new Float32Array(places.length);
  const columns: Matrix = { data: unrolled, offset: 0, row: 1, column: window };
  const weights: Matrix = { data: w.data, offset: 0, row: window, column: 1 };
  const maps: Matrix = { data: y.data, offset: 0, row: positions, column: 1 };
  return ({ rows }) => {
    for (let row = 0; row < rows; row++) {
      unroll(x.data, row * x.size, places, unrolled);
      maps.offset = row * y.size;
      gemm(filters, positions, window, weights, columns, maps);
    }
  };
};

export const conv2dInputGradient: Kernel = (call) => {
  const [g, w, dx] = [inputAt(call, 0), inputAt(call, 1), outputAt(call)];
  const { positions, window, places } = unrollingOf(dx.shape, call.attributes);
  const filters = g.size / positions;
  const unrolled = new Float32Array(places.length);
  const spread: Matrix = { data: unrolled, offset: 0, row: window, column: 1 };
  const weights: Matrix = { data: w.data, offset: 0, row: window, column: 1 };
  const maps: Matrix = { data: g.data, offset: 0, row: 1, column: positions };
  return ({ rows }) => {
    dx.data.fill(0, 0, rows * dx.size);
    for (let row = 0; row < rows; row++) {
      maps.offset = row * g.size;
      gemm(positions, window, filters, maps, weights, spread);
      addBack(unrolled, places, dx.data, row * dx.size);
    }
  };
};

export const conv2dWeightGradient: Kernel = (call) => {
  const [x, g, dw] = [inputAt(call, 0), inputAt(call, 1), outputAt(call)];
  const { positions, window, places } = unrollingOf(x.shape, call.attributes);
  const filters = g.size / positions;
  const unrolled = new Float32Array(places.length);
  const one = new Float32Array(dw.size);
  const sum = new Float64Array(dw.size);
  const windows: Matrix = { data: unrolled, offset: 0, row: window, column: 1 };
  const part: Matrix = { data: one, offset: 0, row: window, column: 1 };
  const maps: Matrix = { data: g.data, offset: 0, row: positions, column: 1 };
  return ({ rows }) => {
    sum.fill(0);
    for (let row = 0; row < rows; row++) {
      unroll(x.data, row * x.size, places, unrolled);
      maps.offset = row * g.size;
      gemm(filters, window, positions, maps, windows, part);
      for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] as number) + (one[i] as number);
    }
    dw.data.set(sum);
  };
};

function unroll(image: ArrayLike<number>, from: number, places: Int32Array, to: Float32Array): void {
  for (let i = 0; i < places.length; i++) {
    const place = places[i] as number;
    to[i] = place < 0 ? 0 : (image[from + place] as number);
  }
}

function addBack(from: Float32Array, places: Int32Array, image: { [at: number]: number }, to: number): void {
  for (let i = 0; i < places.length; i++) {
    const place = places[i] as number;
    if (place >= 0) image[to + place] = (image[to + place] as number) + (from[i] as number);
  }
}

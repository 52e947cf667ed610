/** Convolution and its gradients: the windows of one output row laid out as rows of numbers, then a matrix product. */
import type { Attributes } from '../../ops/define.ts';
import { windowsOf, type Window } from '../../ops/window.ts';
import type { Numbers } from '../../tensor/layout.ts';
import type { Kernel } from '../backend.ts';
import { inputAt, outputAt } from '../operands.ts';
import { gemm, type Matrix } from './gemm.ts';

/** An image, its windows, and a scratch for those of one output row: small enough to stay in cache. */
interface Geometry {
  readonly channels: number;
  readonly down: Window;
  readonly across: Window;
  /** Elements of a window: channels · kh · kw. */
  readonly window: number;
  /** Elements of one output map. */
  readonly positions: number;
  /** [output width × window]. */
  readonly scratch: Float32Array;
}

function geometryOf(image: readonly number[], attributes: Attributes): Geometry {
  const [down, across] = windowsOf(image, attributes);
  const channels = image[0] ?? 1;
  const window = channels * down.kernel * across.kernel;
  const scratch = new Float32Array(across.output * window);
  return { channels, down, across, window, positions: down.output * across.output, scratch };
}

function matrix(data: Numbers, row: number, column: number): Matrix {
  return { data, offset: 0, row, column };
}

export const conv2d: Kernel = (call) => {
  const [x, w, y] = [inputAt(call, 0), inputAt(call, 1), outputAt(call)];
  const geometry = geometryOf(x.shape, call.attributes);
  const { down, across, window, positions, scratch } = geometry;
  const filters = y.size / positions;
  const windows = matrix(scratch, 1, window);
  const weights = matrix(w.data, window, 1);
  const maps = matrix(y.data, positions, 1);
  return ({ rows }) => {
    for (let row = 0; row < rows; row++) {
      for (let i = 0; i < down.output; i++) {
        unroll(x.data, row * x.size, i, geometry);
        maps.offset = row * y.size + i * across.output;
        gemm(filters, across.output, window, weights, windows, maps);
      }
    }
  };
};

export const conv2dInputGradient: Kernel = (call) => {
  const [g, w, dx] = [inputAt(call, 0), inputAt(call, 1), outputAt(call)];
  const geometry = geometryOf(dx.shape, call.attributes);
  const { down, across, window, positions, scratch } = geometry;
  const filters = g.size / positions;
  const windows = matrix(scratch, window, 1);
  const weights = matrix(w.data, window, 1);
  const maps = matrix(g.data, 1, positions);
  return ({ rows }) => {
    dx.data.fill(0, 0, rows * dx.size);
    for (let row = 0; row < rows; row++) {
      for (let i = 0; i < down.output; i++) {
        maps.offset = row * g.size + i * across.output;
        gemm(across.output, window, filters, maps, weights, windows);
        addBack(dx.data, row * dx.size, i, geometry);
      }
    }
  };
};

/** Sums over the batch are kept in float64 and rounded once. */
export const conv2dWeightGradient: Kernel = (call) => {
  const [x, g, dw] = [inputAt(call, 0), inputAt(call, 1), outputAt(call)];
  const geometry = geometryOf(x.shape, call.attributes);
  const { down, across, window, positions, scratch } = geometry;
  const filters = g.size / positions;
  const part = new Float32Array(dw.size);
  const sum = new Float64Array(dw.size);
  const windows = matrix(scratch, window, 1);
  const maps = matrix(g.data, positions, 1);
  const product = matrix(part, window, 1);
  return ({ rows }) => {
    sum.fill(0);
    for (let row = 0; row < rows; row++) {
      for (let i = 0; i < down.output; i++) {
        unroll(x.data, row * x.size, i, geometry);
        maps.offset = row * g.size + i * across.output;
        gemm(filters, window, across.output, maps, windows, product);
        for (let at = 0; at < sum.length; at++) sum[at] = (sum[at] as number) + (part[at] as number);
      }
    }
    dw.data.set(sum);
  };
};

/** Copies the windows of output row `i` into the scratch, zeros where they reach into the padding. */
function unroll(image: Numbers, from: number, i: number, { channels, down, across, scratch }: Geometry): void {
  let at = 0;
  for (let j = 0; j < across.output; j++) {
    const left = j * across.stride - across.before;
    for (let c = 0; c < channels; c++) {
      for (let u = 0; u < down.kernel; u++) {
        const y = i * down.stride + u - down.before;
        const isRowInside = y >= 0 && y < down.input;
        const start = from + (c * down.input + y) * across.input;
        for (let x = left; x < left + across.kernel; x++, at++) {
          scratch[at] = isRowInside && x >= 0 && x < across.input ? (image[start + x] as number) : 0;
        }
      }
    }
  }
}

/** Adds the scratch back to where its numbers came from. */
function addBack(image: Numbers, from: number, i: number, { channels, down, across, scratch }: Geometry): void {
  let at = 0;
  for (let j = 0; j < across.output; j++) {
    const left = j * across.stride - across.before;
    for (let c = 0; c < channels; c++) {
      for (let u = 0; u < down.kernel; u++) {
        const y = i * down.stride + u - down.before;
        const isRowInside = y >= 0 && y < down.input;
        const start = from + (c * down.input + y) * across.input;
        for (let x = left; x < left + across.kernel; x++, at++) {
          if (isRowInside && x >= 0 && x < across.input) {
            image[start + x] = (image[start + x] as number) + (scratch[at] as number);
          }
        }
      }
    }
  }
}

/** Pools over windows of an image, and their gradients. */
import type { Attributes } from '../../ops/define.ts';
import { windowsOf, type Window } from '../../ops/window.ts';
import type { Kernel } from '../backend.ts';
import { inputAt, outputAt } from '../operands.ts';

/** Numbers per window in a table: top, bottom, left, right, of which bottom and right are one past the last. */
const ENTRY = 4;

/** The windows of one plane in row-major order, without padding. Made once, so that a step allocates nothing. */
function windowTable(image: readonly number[], attributes: Attributes): Int32Array {
  const [down, across] = windowsOf(image, attributes);
  const table = new Int32Array(down.output * across.output * ENTRY);
  for (let i = 0; i < down.output; i++) {
    for (let j = 0; j < across.output; j++) {
      table.set([...span(down, i), ...span(across, j)], (i * across.output + j) * ENTRY);
    }
  }
  return table;
}

function span(window: Window, index: number): readonly [number, number] {
  const start = index * window.stride - window.before;
  return [Math.max(start, 0), Math.min(start + window.kernel, window.input)];
}

/** Lengths of one plane of the image. */
function planeOf([channels = 1, height = 1, width = 1]: readonly number[]) {
  return { channels, width, size: height * width };
}

/** Place of the first largest element, in row-major order, of the window at `entry`, in the plane that starts at `plane`. */
function largestIn(x: ArrayLike<number>, plane: number, width: number, table: Int32Array, entry: number): number {
  const top = table[entry] as number;
  const bottom = table[entry + 1] as number;
  const left = table[entry + 2] as number;
  const right = table[entry + 3] as number;
  let best = plane + top * width + left;
  for (let row = top; row < bottom; row++) {
    for (let at = plane + row * width + left; at < plane + row * width + right; at++) {
      if ((x[at] as number) > (x[best] as number)) best = at;
    }
  }
  return best;
}

export const maxPool2d: Kernel = (call) => {
  const [x, y] = [inputAt(call, 0), outputAt(call)];
  const table = windowTable(x.shape, call.attributes);
  const { channels, width, size } = planeOf(x.shape);
  return ({ rows }) => {
    for (let plane = 0, place = 0; plane < rows * channels; plane++) {
      for (let entry = 0; entry < table.length; entry += ENTRY, place++) {
        y.data[place] = x.data[largestIn(x.data, plane * size, width, table, entry)] as number;
      }
    }
  };
};

export const maxPool2dGradient: Kernel = (call) => {
  const [x, g, dx] = [inputAt(call, 0), inputAt(call, 1), outputAt(call)];
  const table = windowTable(x.shape, call.attributes);
  const { channels, width, size } = planeOf(x.shape);
  return ({ rows }) => {
    dx.data.fill(0, 0, rows * dx.size);
    for (let plane = 0, place = 0; plane < rows * channels; plane++) {
      for (let entry = 0; entry < table.length; entry += ENTRY, place++) {
        const at = largestIn(x.data, plane * size, width, table, entry);
        dx.data[at] = (dx.data[at] as number) + (g.data[place] as number);
      }
    }
  };
};

/** Elements of the window at `entry`. */
function countIn(table: Int32Array, entry: number): number {
  const height = (table[entry + 1] as number) - (table[entry] as number);
  return height * ((table[entry + 3] as number) - (table[entry + 2] as number));
}

export const avgPool2d: Kernel = (call) => {
  const [x, y] = [inputAt(call, 0), outputAt(call)];
  const table = windowTable(x.shape, call.attributes);
  const { channels, width, size } = planeOf(x.shape);
  return ({ rows }) => {
    for (let plane = 0, place = 0; plane < rows * channels; plane++) {
      for (let entry = 0; entry < table.length; entry += ENTRY, place++) {
        let sum = 0;
        for (let row = table[entry] as number; row < (table[entry + 1] as number); row++) {
          const start = plane * size + row * width;
          const end = start + (table[entry + 3] as number);
          for (let at = start + (table[entry + 2] as number); at < end; at++) sum += x.data[at] as number;
        }
        y.data[place] = sum / countIn(table, entry);
      }
    }
  };
};

export const avgPool2dGradient: Kernel = (call) => {
  const [g, dx] = [inputAt(call, 0), outputAt(call)];
  const table = windowTable(dx.shape, call.attributes);
  const { channels, width, size } = planeOf(dx.shape);
  return ({ rows }) => {
    dx.data.fill(0, 0, rows * dx.size);
    for (let plane = 0, place = 0; plane < rows * channels; plane++) {
      for (let entry = 0; entry < table.length; entry += ENTRY, place++) {
        const share = (g.data[place] as number) / countIn(table, entry);
        for (let row = table[entry] as number; row < (table[entry + 1] as number); row++) {
          const start = plane * size + row * width;
          const end = start + (table[entry + 3] as number);
          for (let at = start + (table[entry + 2] as number); at < end; at++) {
            dx.data[at] = (dx.data[at] as number) + share;
          }
        }
      }
    }
  };
};

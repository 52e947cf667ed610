/** Pools over windows of an image, and their gradients. */
import type { Attributes } from '../../ops/define.ts';
import { windowsOf, type Window } from '../../ops/window.ts';
import type { Kernel } from '../backend.ts';
import { inputAt, outputAt } from '../operands.ts';

/** First and last-plus-one input position of window `index`, without padding. */
function span(window: Window, index: number): readonly [number, number] {
  const start = index * window.stride - window.before;
  return [Math.max(start, 0), Math.min(start + window.kernel, window.input)];
}

/** Visits every window of `planes` planes: its place in the output and, row by row, the input range it covers. */
function visitWindows(
  image: readonly number[],
  attributes: Attributes,
  planes: number,
  meet: (place: number, plane: number, rows: readonly [number, number], columns: readonly [number, number]) => void,
): void {
  const [down, across] = windowsOf(image, attributes);
  for (let plane = 0; plane < planes; plane++) {
    for (let i = 0; i < down.output; i++) {
      for (let j = 0; j < across.output; j++) {
        meet((plane * down.output + i) * across.output + j, plane * down.input, span(down, i), span(across, j));
      }
    }
  }
}

/** Place of the first largest element, in row-major order, of the window. */
function largestIn(
  x: ArrayLike<number>,
  width: number,
  top: number,
  rows: readonly [number, number],
  columns: readonly [number, number],
): number {
  let best = (top + rows[0]) * width + columns[0];
  for (let y = rows[0]; y < rows[1]; y++) {
    for (let at = (top + y) * width + columns[0]; at < (top + y) * width + columns[1]; at++) {
      if ((x[at] as number) > (x[best] as number)) best = at;
    }
  }
  return best;
}

export const maxPool2d: Kernel = (call) => {
  const [x, y] = [inputAt(call, 0), outputAt(call)];
  const [channels = 1, , width = 1] = x.shape;
  return ({ rows }) => {
    visitWindows(x.shape, call.attributes, rows * channels, (place, top, down, across) => {
      y.data[place] = x.data[largestIn(x.data, width, top, down, across)] as number;
    });
  };
};

export const maxPool2dGradient: Kernel = (call) => {
  const [x, g, dx] = [inputAt(call, 0), inputAt(call, 1), outputAt(call)];
  const [channels = 1, , width = 1] = x.shape;
  return ({ rows }) => {
    dx.data.fill(0, 0, rows * dx.size);
    visitWindows(x.shape, call.attributes, rows * channels, (place, top, down, across) => {
      const at = largestIn(x.data, width, top, down, across);
      dx.data[at] = (dx.data[at] as number) + (g.data[place] as number);
    });
  };
};

export const avgPool2d: Kernel = (call) => {
  const [x, y] = [inputAt(call, 0), outputAt(call)];
  const [channels = 1, , width = 1] = x.shape;
  return ({ rows }) => {
    visitWindows(x.shape, call.attributes, rows * channels, (place, top, down, across) => {
      let sum = 0;
      for (let i = down[0]; i < down[1]; i++) {
        for (let j = across[0]; j < across[1]; j++) sum += x.data[(top + i) * width + j] as number;
      }
      y.data[place] = sum / ((down[1] - down[0]) * (across[1] - across[0]));
    });
  };
};

export const avgPool2dGradient: Kernel = (call) => {
  const [g, dx] = [inputAt(call, 0), outputAt(call)];
  const [channels = 1, , width = 1] = dx.shape;
  return ({ rows }) => {
    dx.data.fill(0, 0, rows * dx.size);
    visitWindows(dx.shape, call.attributes, rows * channels, (place, top, down, across) => {
      const share = (g.data[place] as number) / ((down[1] - down[0]) * (across[1] - across[0]));
      for (let i = down[0]; i < down[1]; i++) {
        for (let j = across[0]; j < across[1]; j++) {
          const at = (top + i) * width + j;
          dx.data[at] = (dx.data[at] as number) + share;
        }
      }
    });
  };
};

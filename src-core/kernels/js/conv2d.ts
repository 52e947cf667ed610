/** Convolution and its gradients, straight from their sums. */
import { windowsOf, type Window } from '../../ops/window.ts';
import type { Attributes } from '../../ops/define.ts';
import type { Kernel } from '../backend.ts';
import { inputAt, outputAt } from '../operands.ts';

/** Lengths that all three loops share: image [C, H, W], maps [F, H', W'], filters [F, C, kh, kw]. */
function geometry(image: readonly number[], maps: readonly number[], attributes: Attributes) {
  const [rows, columns] = windowsOf(image, attributes);
  return { channels: image[0] ?? 1, filters: maps[0] ?? 1, rows, columns };
}

/**
 * Visits every run of image elements that one filter element connects with a run of map elements, within one row of the
 * batch: element `image + i·step` of the image meets element `map + i` of the maps, for i below `count`. Runs, not single
 * pairs: the loop inside is then the kernel's own, ten times as fast. Indices are those of row-major [C, H, W],
 * [F, H', W'] and [F, C, kh, kw]; each map element meets its filter elements in their order.
 */
function visit(
  { channels, filters, rows, columns }: ReturnType<typeof geometry>,
  meet: (image: number, step: number, map: number, count: number, filter: number) => void,
): void {
  let filter = 0;
  for (let f = 0; f < filters; f++) {
    for (let c = 0; c < channels; c++) {
      for (let u = 0; u < rows.kernel; u++) {
        const [top, bottom] = reached(rows, u);
        for (let v = 0; v < columns.kernel; v++, filter++) {
          const [left, right] = reached(columns, v);
          if (right <= left) continue;
          const x = left * columns.stride + v - columns.before;
          for (let i = top; i < bottom; i++) {
            const y = i * rows.stride + u - rows.before;
            const map = (f * rows.output + i) * columns.output + left;
            meet((c * rows.input + y) * columns.input + x, columns.stride, map, right - left, filter);
          }
        }
      }
    }
  }
}

/** Outputs [from, to) whose window has its element `offset` inside the image. */
function reached({ stride, input, output, before }: Window, offset: number): readonly [from: number, to: number] {
  const from = Math.max(0, Math.ceil((before - offset) / stride));
  return [from, Math.min(output, Math.floor((input - 1 + before - offset) / stride) + 1)];
}

export const conv2d: Kernel = (call) => {
  const [x, w, y] = [inputAt(call, 0), inputAt(call, 1), outputAt(call)];
  const shape = geometry(x.shape, y.shape, call.attributes);
  return ({ rows }) => {
    const [from, by, to] = [x.data, w.data, y.data];
    to.fill(0, 0, rows * y.size);
    for (let row = 0; row < rows; row++) {
      const [images, maps] = [row * x.size, row * y.size];
      visit(shape, (image, step, map, count, filter) => {
        const weight = by[filter] as number;
        for (let i = 0, a = images + image, b = maps + map; i < count; i++, a += step, b++) {
          to[b] = (to[b] as number) + (from[a] as number) * weight;
        }
      });
    }
  };
};

export const conv2dInputGradient: Kernel = (call) => {
  const [g, w, dx] = [inputAt(call, 0), inputAt(call, 1), outputAt(call)];
  const shape = geometry(dx.shape, g.shape, call.attributes);
  return ({ rows }) => {
    const [from, by, to] = [g.data, w.data, dx.data];
    to.fill(0, 0, rows * dx.size);
    for (let row = 0; row < rows; row++) {
      const [maps, images] = [row * g.size, row * dx.size];
      visit(shape, (image, step, map, count, filter) => {
        const weight = by[filter] as number;
        for (let i = 0, a = images + image, b = maps + map; i < count; i++, a += step, b++) {
          to[a] = (to[a] as number) + (from[b] as number) * weight;
        }
      });
    }
  };
};

export const conv2dWeightGradient: Kernel = (call) => {
  const [x, g, dw] = [inputAt(call, 0), inputAt(call, 1), outputAt(call)];
  const shape = geometry(x.shape, g.shape, call.attributes);
  return ({ rows }) => {
    const [from, by, to] = [x.data, g.data, dw.data];
    to.fill(0);
    for (let row = 0; row < rows; row++) {
      const [images, maps] = [row * x.size, row * g.size];
      visit(shape, (image, step, map, count, filter) => {
        let sum = 0;
        for (let i = 0, a = images + image, b = maps + map; i < count; i++, a += step, b++) {
          sum += (from[a] as number) * (by[b] as number);
        }
        to[filter] = (to[filter] as number) + sum;
      });
    }
  };
};

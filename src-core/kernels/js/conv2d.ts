/** Convolution and its gradients, straight from their sums. */
import { windowsOf } from '../../ops/window.ts';
import type { Attributes } from '../../ops/define.ts';
import type { Kernel } from '../backend.ts';
import { inputAt, outputAt } from '../operands.ts';

/** Lengths that all three loops share: image [C, H, W], maps [F, H', W'], filters [F, C, kh, kw]. */
function geometry(image: readonly number[], maps: readonly number[], attributes: Attributes) {
  const [rows, columns] = windowsOf(image, attributes);
  return { channels: image[0] ?? 1, filters: maps[0] ?? 1, rows, columns };
}

/**
 * Visits every pair of an image element and a map element that a filter element connects, within one row of the batch.
 * Indices are those of row-major [C, H, W], [F, H', W'] and [F, C, kh, kw].
 */
function visit(
  { channels, filters, rows, columns }: ReturnType<typeof geometry>,
  meet: (image: number, map: number, filter: number) => void,
): void {
  for (let f = 0; f < filters; f++) {
    for (let i = 0; i < rows.output; i++) {
      for (let j = 0; j < columns.output; j++) {
        const map = (f * rows.output + i) * columns.output + j;
        for (let c = 0; c < channels; c++) {
          for (let u = 0; u < rows.kernel; u++) {
            const y = i * rows.stride + u - rows.before;
            if (y < 0 || y >= rows.input) continue;
            for (let v = 0; v < columns.kernel; v++) {
              const x = j * columns.stride + v - columns.before;
              if (x < 0 || x >= columns.input) continue;
              const filter = ((f * channels + c) * rows.kernel + u) * columns.kernel + v;
              meet((c * rows.input + y) * columns.input + x, map, filter);
            }
          }
        }
      }
    }
  }
}

export const conv2d: Kernel = (call) => {
  const [x, w, y] = [inputAt(call, 0), inputAt(call, 1), outputAt(call)];
  const shape = geometry(x.shape, y.shape, call.attributes);
  return ({ rows }) => {
    y.data.fill(0, 0, rows * y.size);
    for (let row = 0; row < rows; row++) {
      const [from, to] = [row * x.size, row * y.size];
      visit(shape, (image, map, filter) => {
        y.data[to + map] = (y.data[to + map] as number) + (x.data[from + image] as number) * (w.data[filter] as number);
      });
    }
  };
};

export const conv2dInputGradient: Kernel = (call) => {
  const [g, w, dx] = [inputAt(call, 0), inputAt(call, 1), outputAt(call)];
  const shape = geometry(dx.shape, g.shape, call.attributes);
  return ({ rows }) => {
    dx.data.fill(0, 0, rows * dx.size);
    for (let row = 0; row < rows; row++) {
      const [from, to] = [row * g.size, row * dx.size];
      visit(shape, (image, map, filter) => {
        dx.data[to + image] =
          (dx.data[to + image] as number) + (g.data[from + map] as number) * (w.data[filter] as number);
      });
    }
  };
};

export const conv2dWeightGradient: Kernel = (call) => {
  const [x, g, dw] = [inputAt(call, 0), inputAt(call, 1), outputAt(call)];
  const shape = geometry(x.shape, g.shape, call.attributes);
  return ({ rows }) => {
    dw.data.fill(0);
    for (let row = 0; row < rows; row++) {
      const [images, maps] = [row * x.size, row * g.size];
      visit(shape, (image, map, filter) => {
        dw.data[filter] =
          (dw.data[filter] as number) + (x.data[images + image] as number) * (g.data[maps + map] as number);
      });
    }
  };
};

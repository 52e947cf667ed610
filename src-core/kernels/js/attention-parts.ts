/** Products row by row, transposition, positions. */
import { flagOf, numbersOf } from '../../ops/rules.ts';
import { placesOf, rowMajor } from '../../tensor/layout.ts';
import type { Kernel } from '../backend.ts';
import { inputAt, outputAt } from '../operands.ts';

/** The base of the wavelengths, as in the paper. */
const WAVELENGTH = 10_000;

export const rowMatmul: Kernel = (call) => {
  const [a, b, y] = [inputAt(call, 0), inputAt(call, 1), outputAt(call)];
  const [m = 1, n = 1] = y.shape.slice(-2);
  const [isASwapped, isBSwapped] = [flagOf(call.attributes, 'transposeA'), flagOf(call.attributes, 'transposeB')];
  const k = a.shape.at(isASwapped ? -2 : -1) ?? 1;
  const matrices = y.size / (m * n);
  const [aRow, aColumn] = isASwapped ? [1, m] : [k, 1];
  const [bRow, bColumn] = isBSwapped ? [1, k] : [n, 1];
  return ({ rows }) => {
    for (let matrix = 0; matrix < rows * matrices; matrix++) {
      for (let i = 0; i < m; i++) {
        for (let j = 0; j < n; j++) {
          let sum = 0;
          for (let l = 0; l < k; l++) {
            const left = a.data[matrix * m * k + i * aRow + l * aColumn] as number;
            sum += left * (b.data[matrix * k * n + l * bRow + j * bColumn] as number);
          }
          y.data[(matrix * m + i) * n + j] = sum;
        }
      }
    }
  };
};

export const transpose: Kernel = (call) => {
  const [x, y] = [inputAt(call, 0), outputAt(call)];
  const { strides, rowStride } = rowMajor(x.shape);
  const order = numbersOf(call.attributes, 'order');
  const places = placesOf(y.shape, { strides: order.map((axis) => strides[axis] ?? 1), rowStride });
  return ({ rows }) => {
    for (let row = 0; row < (x.batched ? rows : 1); row++) {
      const at = row * x.size;
      for (let i = 0; i < places.length; i++) y.data[at + i] = x.data[at + (places[i] as number)] as number;
    }
  };
};

export const positionalEncoding: Kernel = (call) => {
  const [x, y] = [inputAt(call, 0), outputAt(call)];
  const width = x.shape.at(-1) ?? 1;
  const table = Float64Array.from({ length: x.size }, (_, i) => {
    const [t, column] = [Math.floor(i / width), i % width];
    const angle = t / WAVELENGTH ** ((column - (column % 2)) / width);
    return column % 2 === 0 ? Math.sin(angle) : Math.cos(angle);
  });
  return ({ rows }) => {
    for (let i = 0; i < rows * x.size; i++) y.data[i] = (x.data[i] as number) + (table[i % x.size] as number);
  };
};

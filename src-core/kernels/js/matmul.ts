/** Matrix product, plain. */
import type { Kernel, Operand } from '../backend.ts';
import { inputAt, outputAt } from '../operands.ts';

/** A value as a matrix: everything but the last axis, and the batch, is rows. */
function matrixOf(operand: Operand) {
  const columns = operand.shape.at(-1) ?? 1;
  return { data: operand.data, columns, rowsPerRow: operand.size / columns, batched: operand.batched };
}

export const matmul: Kernel = (call) => {
  const [a, b, y] = [matrixOf(inputAt(call, 0)), matrixOf(inputAt(call, 1)), matrixOf(outputAt(call))];
  const { transposeA, transposeB } = call.attributes;
  if (transposeA === true) {
    return ({ rows }) => {
      const inner = (a.batched ? rows : 1) * a.rowsPerRow;
      for (let i = 0; i < a.columns; i++) {
        for (let j = 0; j < b.columns; j++) {
          let sum = 0;
          for (let k = 0; k < inner; k++) {
            sum += (a.data[k * a.columns + i] as number) * (b.data[k * b.columns + j] as number);
          }
          y.data[i * b.columns + j] = sum;
        }
      }
    };
  }
  const stepAlong = transposeB === true ? 1 : b.columns;
  const stepAcross = transposeB === true ? b.columns : 1;
  return ({ rows }) => {
    const count = (a.batched ? rows : 1) * a.rowsPerRow;
    for (let i = 0; i < count; i++) {
      for (let j = 0; j < y.columns; j++) {
        let sum = 0;
        for (let k = 0; k < a.columns; k++) {
          sum += (a.data[i * a.columns + k] as number) * (b.data[k * stepAlong + j * stepAcross] as number);
        }
        y.data[i * y.columns + j] = sum;
      }
    }
  };
};

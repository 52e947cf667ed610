/** Matrix product of operands in any layout. */
import type { Kernel, Operand } from '../backend.ts';
import { inputAt, outputAt } from '../operands.ts';
import { gemm, type Matrix } from './gemm.ts';

/** Rows of an operand are folded from the batch and its leading axes; matrices of a fixed size may lie either way. */
function matrixOf({ data, shape, layout, batched }: Operand): Matrix {
  const columns = shape.at(-1) ?? 1;
  if (batched || shape.length !== 2) return { data, offset: 0, row: columns, column: 1 };
  return { data, offset: 0, row: layout.strides[0] ?? 1, column: layout.strides[1] ?? 1 };
}

function transposed({ data, offset, row, column }: Matrix): Matrix {
  return { data, offset, row: column, column: row };
}

export const matmul: Kernel = (call) => {
  const [left, right, output] = [inputAt(call, 0), inputAt(call, 1), outputAt(call)];
  const { transposeA, transposeB } = call.attributes;
  const y = matrixOf(output);
  const width = left.shape.at(-1) ?? 1;
  const columns = output.shape.at(-1) ?? 1;
  const rowsPerRow = left.size / width;
  const isBatched = left.batched;
  if (transposeA === true) {
    const [a, b] = [transposed(matrixOf(left)), matrixOf(right)];
    return ({ rows }) => gemm(width, columns, (isBatched ? rows : 1) * rowsPerRow, a, b, y);
  }
  const a = matrixOf(left);
  const b = transposeB === true ? transposed(matrixOf(right)) : matrixOf(right);
  return ({ rows }) => gemm((isBatched ? rows : 1) * rowsPerRow, columns, width, a, b, y);
};

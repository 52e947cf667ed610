/** Matrix product over any strides, in blocks of 2 × 4 sums that stay in registers. */
import type { Numbers } from '../../tensor/layout.ts';

/** A matrix in memory: element [i, j] lies at offset + i·row + j·column. The offset may move from row to row of a batch. */
export interface Matrix {
  readonly data: Numbers;
  offset: number;
  readonly row: number;
  readonly column: number;
}

const BLOCK_ROWS = 2;
const BLOCK_COLUMNS = 4;

/** c [m, n] = a [m, k] · b [k, n]. Sums are kept in float64 and rounded once. */
export function gemm(m: number, n: number, k: number, a: Matrix, b: Matrix, c: Matrix): void {
  const wholeRows = m - (m % BLOCK_ROWS);
  const wholeColumns = n - (n % BLOCK_COLUMNS);
  for (let i = 0; i < wholeRows; i += BLOCK_ROWS) {
    for (let j = 0; j < wholeColumns; j += BLOCK_COLUMNS) block(i, j, k, a, b, c);
    for (let j = wholeColumns; j < n; j++) {
      single(i, j, k, a, b, c);
      single(i + 1, j, k, a, b, c);
    }
  }
  for (let i = wholeRows; i < m; i++) for (let j = 0; j < n; j++) single(i, j, k, a, b, c);
}

function block(i: number, j: number, k: number, a: Matrix, b: Matrix, c: Matrix): void {
  const left = a.data;
  const right = b.data;
  const aRow = a.row;
  const aStep = a.column;
  const bRow = b.column;
  const bStep = b.row;
  let s00 = 0;
  let s01 = 0;
  let s02 = 0;
  let s03 = 0;
  let s10 = 0;
  let s11 = 0;
  let s12 = 0;
  let s13 = 0;
  let p = a.offset + i * aRow;
  let q = b.offset + j * bRow;
  for (let l = 0; l < k; l++) {
    const x0 = left[p] as number;
    const x1 = left[p + aRow] as number;
    const y0 = right[q] as number;
    const y1 = right[q + bRow] as number;
    const y2 = right[q + 2 * bRow] as number;
    const y3 = right[q + 3 * bRow] as number;
    s00 += x0 * y0;
    s01 += x0 * y1;
    s02 += x0 * y2;
    s03 += x0 * y3;
    s10 += x1 * y0;
    s11 += x1 * y1;
    s12 += x1 * y2;
    s13 += x1 * y3;
    p += aStep;
    q += bStep;
  }
  const data = c.data;
  const row = c.row;
  const column = c.column;
  let at = c.offset + i * row + j * column;
  data[at] = s00;
  data[at + column] = s01;
  data[at + 2 * column] = s02;
  data[at + 3 * column] = s03;
  at += row;
  data[at] = s10;
  data[at + column] = s11;
  data[at + 2 * column] = s12;
  data[at + 3 * column] = s13;
}

function single(i: number, j: number, k: number, a: Matrix, b: Matrix, c: Matrix): void {
  const left = a.data;
  const right = b.data;
  const aStep = a.column;
  const bStep = b.row;
  let sum = 0;
  let p = a.offset + i * a.row;
  let q = b.offset + j * b.column;
  for (let l = 0; l < k; l++) {
    sum += (left[p] as number) * (right[q] as number);
    p += aStep;
    q += bStep;
  }
  c.data[c.offset + i * c.row + j * c.column] = sum;
}

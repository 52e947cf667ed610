/** The tiled matrix product against plain sums in float64: every remainder of every tile, both transpositions. */
import { expect, test } from 'vitest';
import { Kernels, openMemory, supportedBuilds } from '../../../src-core/kernels/wasm/module.ts';

const pad = (n: number, to = 4) => Math.ceil(n / to) * to;
/** Small whole numbers: float32 adds them without rounding, so the results must be equal. */
const numberAt = (i: number) => ((i * 7919) % 13) - 6;

interface Case {
  aT: boolean;
  bT: boolean;
  m: number;
  n: number;
  k: number;
}

/** A matrix in panels of eight columns: where [row, column] lies, counted in floats. */
const inPanels = (rows: number) => ({
  size: (columns: number) => pad(columns, 8) * rows,
  at: (row: number, column: number) => (column >> 3) * rows * 8 + row * 8 + (column & 7),
});

function cases(): Case[] {
  const shapes: [number, number, number][] = [];
  for (const m of [1, 2, 3, 4, 5, 6, 7, 11, 13]) for (const n of [4, 8, 12, 20]) shapes.push([m, n, 5]);
  for (const k of [1, 2, 3, 4, 511, 512, 513, 1030, 2055]) shapes.push([7, 12, k], [6, 8, k]);
  shapes.push([71, 68, 530], [300, 64, 60], [131, 68, 530]); // large enough for the left factor to be packed
  return shapes.flatMap(([m, n, k]) => [false, true].flatMap((aT) => [false, true].map((bT) => ({ aT, bT, m, n, k }))));
}

for (const build of supportedBuilds()) {
  const memory = openMemory(1 << 23);
  const kernels = new Kernels(build, memory);
  const [gemm, panelGemm] = [kernels.call('gemm'), kernels.call('panelGemm')];

  function product(
    { aT, bT, m, n, k }: Case,
    start: 'zeros' | 'bias' | 'itself',
  ): { got: number[]; expected: number[] } {
    const floats = new Float32Array(memory.buffer);
    floats.fill(0);
    let top = 1 << 14;
    const take = (count: number) => {
      const at = top;
      top += pad(count, 4);
      return at;
    };
    const [lda, ldb, ldc] = [pad(aT ? m : k) + 4, bT ? pad(k) : n, n];
    const a = take(lda * (aT ? k : m));
    const b = take(ldb * (bT ? n : pad(k)));
    const c = take(ldc * m);
    const bias = take(n);
    const zeros = take(n);
    const scratch = take(1 << 17);
    const expected: number[] = [];
    const A = (i: number, p: number) => numberAt(i * 31 + p);
    const B = (p: number, j: number) => numberAt(p * 17 + j * 3 + 1);
    for (let p = 0; p < k; p++) {
      for (let i = 0; i < m; i++) floats[a + (aT ? p * lda + i : i * lda + p)] = A(i, p);
      for (let j = 0; j < n; j++) floats[b + (bT ? j * ldb + p : p * ldb + j)] = B(p, j);
    }
    for (let j = 0; j < n; j++) floats[bias + j] = j + 1;
    for (let i = 0; i < m; i++) {
      for (let j = 0; j < n; j++) {
        floats[c + i * ldc + j] = 100 + i;
        let sum = start === 'bias' ? j + 1 : start === 'itself' ? 100 + i : 0;
        for (let p = 0; p < k; p++) sum += A(i, p) * B(p, j);
        expected.push(sum);
      }
    }
    const from = { zeros: [zeros, 0], bias: [bias, 0], itself: [c, ldc] }[start] as [number, number];
    const bytes = [a, lda, b, ldb, c, ldc, ...from, scratch].map((x) => x * 4);
    gemm(Number(aT), Number(bT), 0, m, n, k, ...bytes);
    return { got: [...floats.subarray(c, c + m * ldc)], expected };
  }

  /** The right factor and the result in panels, rows after the first two only, the columns in two parts. */
  function panelProduct({ aT, bT, m, n, k }: Case, room: number): { got: number[]; expected: number[] } {
    const first = Math.min(2, m - 1);
    const floats = new Float32Array(memory.buffer);
    floats.fill(0);
    let top = 1 << 14;
    const take = (count: number) => {
      const at = top;
      top += pad(count, 4);
      return at;
    };
    const lda = pad(aT ? m : k) + 4;
    const [right, result] = [inPanels(pad(bT ? n : k)), inPanels(m)];
    const [a, b, c] = [take(lda * (aT ? k : m)), take(right.size(bT ? k : n)), take(result.size(n))];
    const [bias, scratch] = [take(n), take(8192 + (1 << 17))];
    const [A, B] = [
      (i: number, q: number) => numberAt(i * 31 + q),
      (q: number, j: number) => numberAt(q * 17 + j * 3 + 1),
    ];
    for (let q = 0; q < k; q++) {
      for (let i = 0; i < m; i++) floats[a + (aT ? q * lda + i : i * lda + q)] = A(i, q);
      for (let j = 0; j < n; j++) floats[b + (bT ? right.at(j, q) : right.at(q, j))] = B(q, j);
    }
    for (let j = 0; j < n; j++) floats[bias + j] = j + 1;
    const panelOf = (rows: number) => rows * 8;
    const bytes = [a, lda, b, 8, panelOf(pad(bT ? n : k)), c, 8, panelOf(m), bias, 0, scratch].map((x) => x * 4);
    for (const [left, right] of [
      [0, Math.min(8, n)],
      [Math.min(8, n), n],
    ] as const) {
      panelGemm(Number(aT), Number(bT), first, m, left, right, k, ...bytes, room, 0);
    }
    const [got, expected]: [number[], number[]] = [[], []];
    for (let i = 0; i < m; i++) {
      for (let j = 0; j < n; j++) {
        let sum = i < first ? 0 : j + 1;
        if (i >= first) for (let q = 0; q < k; q++) sum += A(i, q) * B(q, j);
        got.push(floats[c + result.at(i, j)] ?? NaN);
        expected.push(sum);
      }
    }
    return { got, expected };
  }

  test.each(cases())(`the product is exact: $m × $k × $n, transposed $aT $bT (${build})`, (shape) => {
    for (const start of ['zeros', 'bias', 'itself'] as const) {
      const { got, expected } = product(shape, start);
      expect(got).toEqual(expected);
    }
  });

  test.each(cases())(`so it is with panels and packing: $m × $k × $n, transposed $aT $bT (${build})`, (shape) => {
    for (const room of [0, 24 * 1024, 1 << 17]) {
      const { got, expected } = panelProduct(shape, room);
      expect(got).toEqual(expected);
    }
  });
}

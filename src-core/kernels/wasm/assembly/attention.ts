/** What attention needs: a product of its own for every row of the batch, and marks of position. */
import { gemm } from './gemm';
import { Arg, State } from './state';
import { Share } from './threads';

/**
 * rows*, matrices, m, n, k, aT, bT, real n, a, row of a, matrix of a, lda, b, row, matrix, ldb, c, row, matrix, ldc, zeros:
 * c = op(a)·op(b) for every matrix of every row; columns of padding become 0.
 */
export function rowGemm(pc: usize): void {
  const m = Arg.int(pc, 3);
  const n = Arg.int(pc, 4);
  const real = Arg.int(pc, 8);
  const ldc = Arg.address(pc, 20);
  Share.of(Arg.count(pc, 0), 1);
  for (let row = Share.first; row < Share.last; row++) {
    for (let i = 0; i < Arg.int(pc, 2); i++) {
      const c = Arg.address(pc, 17) + <usize>row * Arg.address(pc, 18) + <usize>i * Arg.address(pc, 19);
      gemm(
        Arg.int(pc, 6) !== 0,
        Arg.int(pc, 7) !== 0,
        0,
        m,
        n,
        Arg.int(pc, 5),
        Arg.address(pc, 9) + <usize>row * Arg.address(pc, 10) + <usize>i * Arg.address(pc, 11),
        Arg.address(pc, 12),
        Arg.address(pc, 13) + <usize>row * Arg.address(pc, 14) + <usize>i * Arg.address(pc, 15),
        Arg.address(pc, 16),
        c,
        ldc,
        Arg.address(pc, 21),
        0,
        State.scratch,
      );
      if (real === n) continue;
      for (let r = 0; r < m; r++) {
        for (let j = real; j < n; j++) store<f32>(c + <usize>r * ldc + ((<usize>j) << 2), 0);
      }
    }
  }
}

/** Base of the wavelengths, as in the paper. */
const WAVELENGTH: f64 = 10000;

/**
 * rows*, outer, n, pitch (floats), row stride, table, x, y: y = x + PE, PE[t, 2i] = sin(t/10000^(2i/n)), PE[t, 2i + 1] the
 * cosine. The table is computed once; the word before it says whether it is.
 */
export function positions(pc: usize): void {
  const outer = Arg.int(pc, 2);
  const n = Arg.int(pc, 3);
  const pitch = Arg.int(pc, 4);
  const table = Arg.address(pc, 6) + 64;
  if (load<i32>(Arg.address(pc, 6)) === 0) {
    for (let t = 0; t < outer; t++) {
      for (let i = 0; i < n; i++) {
        const angle = <f64>t / Math.pow(WAVELENGTH, <f64>(i & ~1) / <f64>n);
        const mark = i & 1 ? Math.cos(angle) : Math.sin(angle);
        store<f32>(table + ((<usize>(t * pitch + i)) << 2), <f32>mark);
      }
    }
    store<i32>(Arg.address(pc, 6), 1);
  }
  const bytes = (<usize>(outer * pitch)) << 2;
  for (let row = 0; row < Arg.count(pc, 0); row++) {
    const x = Arg.address(pc, 7) + <usize>row * Arg.address(pc, 5);
    const y = Arg.address(pc, 8) + <usize>row * Arg.address(pc, 5);
    for (let at: usize = 0; at < bytes; at += 16) {
      v128.store(y + at, f32x4.add(v128.load(x + at), v128.load(table + at)));
    }
  }
}

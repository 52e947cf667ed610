/** The matrix product: C = start + A·B in register tiles, B packed eight columns at a time. */
import { columnsx4, columnsx8, rowsx4, rowsx8 } from './generated/tiles';
import { packColumns4, packColumns8, packGroups, packRows4, packRows8 } from './pack';

/** Rows of a full tile: a product without fused instructions needs a register more, so its tile is smaller. */
const HEIGHT: i32 = ASC_FEATURE_RELAXED_SIMD ? 6 : 4;
/** Longest stretch along K: a packed panel of 512×8 floats is 16 KiB and stays in the first cache. */
const STRETCH: i32 = 512;
/** Bytes of the packed panel at the head of `scratch`; packed groups of a transposed A follow it. */
const PANEL_BYTES: usize = 16384;
/** A transposed A with so many numbers is packed, up to so many columns; see `groupFloats` in encode/products.ts. */
const LEAST_PACKED: i32 = 16384;
const MOST_COLUMNS: i32 = 2048;

/**
 * Rows [first, last) of C = start + op(A)·op(B). All strides in bytes, all matrices row-major.
 * aT: A is stored [k][m]; bT: B is stored [n][k]. n is a multiple of 4; a transposed B is read in blocks of 4 along k,
 * so its rows are readable up to the next multiple of 4. `from`, `fromStride`: where C starts from, row by row (a row of
 * zeros or a bias with stride 0, or C itself).
 */
export function gemm(
  aT: bool,
  bT: bool,
  first: i32,
  last: i32,
  n: i32,
  k: i32,
  a: usize,
  lda: usize,
  b: usize,
  ldb: usize,
  c: usize,
  ldc: usize,
  from: usize,
  fromStride: usize,
  scratch: usize,
): void {
  for (let p = 0; p < k; p += STRETCH) {
    const kc = min(STRETCH, k - p);
    const start = aT ? a + <usize>p * lda : a + ((<usize>p) << 2);
    if (p > 0) {
      from = c;
      fromStride = ldc;
    }
    const isPacked = aT && last <= MOST_COLUMNS && (last - first) * kc >= LEAST_PACKED && n >= 64;
    const groups = scratch + PANEL_BYTES;
    if (isPacked) packGroups(groups, start, kc, lda, first, last, HEIGHT);
    let j = 0;
    for (; j + 8 <= n; j += 8) {
      const offset = (<usize>j) << 2;
      let panel = scratch;
      if (bT) packColumns8(scratch, b + <usize>j * ldb + ((<usize>p) << 2), kc, ldb);
      else if (ldb === 32)
        panel = b + ((<usize>p) << 5); // eight columns in all: packed as it is
      else packRows8(scratch, b + <usize>p * ldb + offset, kc, ldb);
      for (let i = first; i < last; i += HEIGHT) {
        const to = c + <usize>i * ldc + offset;
        const begin = from + <usize>i * fromStride + offset;
        if (isPacked) {
          const group = groups + ((<usize>((i - first) * kc)) << 2);
          columnsx8(min(HEIGHT, last - i), kc, group, HEIGHT << 2, panel, to, ldc, begin, fromStride);
        } else if (aT)
          columnsx8(min(HEIGHT, last - i), kc, start + ((<usize>i) << 2), lda, panel, to, ldc, begin, fromStride);
        else rowsx8(min(HEIGHT, last - i), kc, start + <usize>i * lda, lda, panel, to, ldc, begin, fromStride);
      }
    }
    if (j < n) {
      const offset = (<usize>j) << 2;
      let panel = scratch;
      if (bT) packColumns4(scratch, b + <usize>j * ldb + ((<usize>p) << 2), kc, ldb);
      else if (ldb === 16) panel = b + ((<usize>p) << 4);
      else packRows4(scratch, b + <usize>p * ldb + offset, kc, ldb);
      for (let i = first; i < last; i += HEIGHT) {
        const to = c + <usize>i * ldc + offset;
        const begin = from + <usize>i * fromStride + offset;
        if (aT) columnsx4(min(HEIGHT, last - i), kc, start + ((<usize>i) << 2), lda, panel, to, ldc, begin, fromStride);
        else rowsx4(min(HEIGHT, last - i), kc, start + <usize>i * lda, lda, panel, to, ldc, begin, fromStride);
      }
    }
  }
}

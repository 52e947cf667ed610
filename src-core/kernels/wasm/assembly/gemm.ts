/** The matrix product: C = start + A·B in register tiles, eight columns of B at a time. */
import { columnsPanelx4, columnsPanelx8, rowsPanelx4, rowsPanelx8 } from './generated/tiles';
import { packColumns4, packColumns8, packGroups, packRows4, packRows8 } from './pack';
import { Step } from './steps';

/** Rows of a full tile: a product without fused instructions needs a register more, so its tile is smaller. */
const HEIGHT: i32 = ASC_FEATURE_RELAXED_SIMD ? 6 : 4;
/** Longest stretch along K: a packed panel of 512×8 floats is 16 KiB and stays in the first cache. */
const STRETCH: i32 = 512;
/** Bytes of the packed panel at the head of `scratch`; packed groups of a transposed A follow it. */
const PANEL_BYTES: usize = 16384;
/** A transposed A with so many numbers is packed, up to so many columns; see `groupFloats` in encode/products.ts. */
const LEAST_PACKED: i32 = 16384;
const MOST_COLUMNS: i32 = 2048;
/** Bytes from one group of eight columns to the next where a matrix lies row by row. */
const ROW_MAJOR: usize = 32;

/**
 * Rows [first, last) of C = start + op(A)·op(B), all matrices row-major, all strides in bytes.
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
  const plain = ROW_MAJOR;
  panelGemm(aT, bT, first, last, n, k, a, lda, b, ldb, plain, c, ldc, plain, from, fromStride, scratch, 0);
}

/**
 * The same where B or C lies in panels: groups of eight columns (of their own, as they are stored), `bPanel` and `cPanel`
 * bytes apart. `step`: a command that steps over a panel of C as soon as it is whole (see steps.ts), or 0.
 */
export function panelGemm(
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
  bPanel: usize,
  c: usize,
  ldc: usize,
  cPanel: usize,
  from: usize,
  fromStride: usize,
  scratch: usize,
  step: usize,
): void {
  const rows = last - first;
  let fromPanel = from === c ? cPanel : ROW_MAJOR;
  for (let p = 0; p < k; p += STRETCH) {
    const kc = min(STRETCH, k - p);
    if (p > 0) {
      from = c;
      fromStride = ldc;
      fromPanel = cPanel;
    }
    let left = aT ? a + <usize>p * lda + ((<usize>first) << 2) : a + <usize>first * lda + ((<usize>p) << 2);
    let leftStride = lda;
    let leftStep: usize = HEIGHT << 2;
    if (aT && last <= MOST_COLUMNS && rows * kc >= LEAST_PACKED && n >= 64) {
      left = scratch + PANEL_BYTES;
      packGroups(left, a + <usize>p * lda, kc, lda, first, last, HEIGHT);
      leftStride = HEIGHT << 2;
      leftStep = (<usize>(kc * HEIGHT)) << 2;
    }
    const start = bT ? b + <usize>(p >> 3) * bPanel : b + <usize>p * ldb;
    const to = c + <usize>first * ldc;
    const begin = from + <usize>first * fromStride;
    for (let j = 0; j < n; j += 8) {
      const isWide = j + 8 <= n;
      const group = <usize>(j >> 3);
      const panel = bT
        ? packedColumns(isWide, scratch, start + <usize>j * ldb, kc, ldb, bPanel)
        : packedRows(isWide, scratch, start + group * bPanel, kc, ldb);
      const cAt = to + group * cPanel;
      const fromAt = begin + group * fromPanel;
      if (isWide) {
        if (aT) columnsPanelx8(rows, kc, left, leftStride, leftStep, panel, cAt, ldc, fromAt, fromStride);
        else rowsPanelx8(rows, kc, left, leftStride, 0, panel, cAt, ldc, fromAt, fromStride);
      } else if (aT) columnsPanelx4(rows, kc, left, leftStride, leftStep, panel, cAt, ldc, fromAt, fromStride);
      else rowsPanelx4(rows, kc, left, leftStride, 0, panel, cAt, ldc, fromAt, fromStride);
      if (step !== 0 && p + kc === k) Step.part(step, group * cPanel + <usize>first * ldc, <usize>rows * ldc);
    }
  }
}

/** Columns of B stored [k][n], one row of the panel after the other; as they are where they lie so already. */
function packedRows(isWide: bool, scratch: usize, from: usize, k: i32, stride: usize): usize {
  if (stride === <usize>(isWide ? 32 : 16)) return from;
  if (isWide) packRows8(scratch, from, k, stride);
  else packRows4(scratch, from, k, stride);
  return scratch;
}

/** Columns of B stored [n][k]. */
function packedColumns(isWide: bool, scratch: usize, from: usize, k: i32, stride: usize, next: usize): usize {
  if (isWide) packColumns8(scratch, from, k, stride, next);
  else packColumns4(scratch, from, k, stride, next);
  return scratch;
}

/** The matrix product: C = start + A·B in register tiles, eight columns of B at a time. */
import { columnsPanelx4, columnsPanelx8, rowsPanelx4, rowsPanelx8 } from './generated/tiles';
import { packColumnGroups, packColumns4, packColumns8, packRowGroups, packRows4, packRows8 } from './pack';
import { State } from './state';
import { Step } from './steps';

/** Rows of a full tile: a product without fused instructions needs a register more, so its tile is smaller. */
const HEIGHT: i32 = ASC_FEATURE_RELAXED_SIMD ? 6 : 4;
/**
 * Longest stretch along K. Starting again from C costs more than a panel of 1024×8 floats that does not quite stay in the
 * first cache; a transposed A is packed in shorter ones.
 */
const STRETCH: i32 = 1024;
const PACKED_STRETCH: i32 = 512;
/** Bytes of the packed panel at the head of `scratch`; packed groups of A follow it. */
const PANEL_BYTES: usize = 32768;
/** Packing A pays where it has so many numbers, so many rows (of C) and is read for so many columns. */
const LEAST_PACKED: i32 = 16384;
const LEAST_ROWS: i32 = 96;
const LEAST_COLUMNS: i32 = 64;
/** A right factor of so many numbers stays in the second cache, where going over it again costs nothing, … */
const MOST_NEAR: i32 = 1 << 18;
/** … so that rows of A go in blocks of so many, which stay there too. */
const BLOCK: i32 = 96;
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
  panelGemm(aT, bT, first, last, 0, n, k, a, lda, b, ldb, plain, c, ldc, plain, from, fromStride, scratch, 0, 0);
}

/**
 * Columns [left, right) of that, left a multiple of 8, where B or C may lie in panels: groups of eight columns (of their own, as they are stored), `bPanel` and `cPanel`
 * bytes apart. `room`: floats of scratch behind the panel, for packing A. `step`: a command that steps over a panel of C as
 * soon as it is whole (see steps.ts), or 0; A is transposed then.
 */
export function panelGemm(
  aT: bool,
  bT: bool,
  first: i32,
  last: i32,
  left: i32,
  right: i32,
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
  room: i32,
  step: usize,
): void {
  const longest = aT ? PACKED_STRETCH : STRETCH;
  const stretch = k <= longest ? k : evenStretch(k, longest);
  const all = last - first;
  const n = right - left;
  const isLarge = all >= LEAST_ROWS && n >= LEAST_COLUMNS && all * stretch >= LEAST_PACKED;
  const isPacked = room > 0 && isLarge;
  const most = isPacked ? (room / stretch / HEIGHT) * HEIGHT : all;
  const isNear = !aT && !bT && n * k <= MOST_NEAR;
  const block = isNear ? min(BLOCK, most) : most;
  let fromPanel = from === c ? cPanel : ROW_MAJOR;
  for (let p = 0; p < k; p += stretch) {
    const kc = min(stretch, k - p);
    if (p > 0) {
      from = c;
      fromStride = ldc;
      fromPanel = cPanel;
    }
    const start = bT ? b + <usize>(p >> 3) * bPanel : b + <usize>p * ldb;
    const isLast = p + kc === k;
    for (let row = first; row < last; row += block) {
      const rows = min(block, last - row);
      const columns = isPacked || aT;
      let own = aT ? a + <usize>p * lda + ((<usize>row) << 2) : a + <usize>row * lda + ((<usize>p) << 2);
      let ownStride = lda;
      let ownStep: usize = HEIGHT << 2;
      if (isPacked) {
        const groups = scratch + PANEL_BYTES;
        if (aT) packColumnGroups(groups, own, kc, lda, rows, HEIGHT);
        else packRowGroups(groups, own, kc, lda, rows, HEIGHT);
        own = groups;
        ownStride = HEIGHT << 2;
        ownStep = (<usize>(kc * HEIGHT)) << 2;
      }
      for (let j = left; j < right; j += 8) {
        const isWide = j + 8 <= right;
        const group = <usize>(j >> 3);
        const panel = bT
          ? packedColumns(isWide, scratch, start + <usize>j * ldb, kc, ldb, bPanel)
          : packedRows(isWide, scratch, start + group * bPanel, kc, ldb);
        const to = c + <usize>row * ldc + group * cPanel;
        const begin = from + <usize>row * fromStride + group * fromPanel;
        if (isWide) {
          if (columns) columnsPanelx8(rows, kc, own, ownStride, ownStep, panel, to, ldc, begin, fromStride);
          else rowsPanelx8(rows, kc, own, ownStride, 0, panel, to, ldc, begin, fromStride);
        } else if (columns) columnsPanelx4(rows, kc, own, ownStride, ownStep, panel, to, ldc, begin, fromStride);
        else rowsPanelx4(rows, kc, own, ownStride, 0, panel, to, ldc, begin, fromStride);
        if (step !== 0 && isLast) Step.part(step, group * cPanel + <usize>row * ldc, <usize>rows * ldc);
      }
    }
  }
}

/** True for a product that is one panel wide and one stretch long. */
export function isNarrow(n: i32, k: i32): bool {
  return n <= 8 && k <= PACKED_STRETCH;
}

/** Such a product, all its rows: small networks are made of them, and what larger ones need before they start costs as much. */
export function narrowGemm(
  aT: bool,
  bT: bool,
  rows: i32,
  n: i32,
  k: i32,
  a: usize,
  lda: usize,
  b: usize,
  ldb: usize,
  bPanel: usize,
  c: usize,
  ldc: usize,
  from: usize,
  fromStride: usize,
): void {
  const isWide = n === 8;
  const scratch = State.scratch;
  const panel = bT ? packedColumns(isWide, scratch, b, k, ldb, bPanel) : packedRows(isWide, scratch, b, k, ldb);
  const step: usize = HEIGHT << 2;
  if (isWide) {
    if (aT) columnsPanelx8(rows, k, a, lda, step, panel, c, ldc, from, fromStride);
    else rowsPanelx8(rows, k, a, lda, step, panel, c, ldc, from, fromStride);
  } else if (aT) columnsPanelx4(rows, k, a, lda, step, panel, c, ldc, from, fromStride);
  else rowsPanelx4(rows, k, a, lda, step, panel, c, ldc, from, fromStride);
}

/** Length of equal stretches, none longer than `longest`; groups of eight stay whole. */
function evenStretch(k: i32, longest: i32): i32 {
  const stretches = (k + longest - 1) / longest;
  return ((k + stretches - 1) / stretches + 7) & ~7;
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

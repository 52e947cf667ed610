/** Convolution over images [H][W][C] in register tiles, and its two gradients. Channels are padded to 4 (or are one). */
import { nearx4, nearx8, patchx4, patchx8, spreadx4, spreadx8, stripx4, stripx8 } from './generated/image-tiles';

/** Rows of the tallest tile that all registers hold. */
export const HEIGHT: i32 = ASC_FEATURE_RELAXED_SIMD ? 6 : 4;

/**
 * Lays an image into zeros: pixel (i, j) goes to (top + i·step, left + j·step) of a plane of height × width pixels, and what
 * falls outside is dropped.
 */
export function border(
  from: usize,
  to: usize,
  rows: i32,
  columns: i32,
  pixelBytes: usize,
  top: i32,
  left: i32,
  step: i32,
  stepAcross: i32,
  height: i32,
  width: i32,
): void {
  memory.fill(to, 0, <usize>(height * width) * pixelBytes);
  for (let i = 0; i < rows; i++) {
    const row = top + i * step;
    if (row < 0 || row >= height) continue;
    const source = from + <usize>(i * columns) * pixelBytes;
    const target = to + <usize>(row * width) * pixelBytes;
    if (stepAcross === 1 && left >= 0) {
      const count = min(columns, width - left);
      if (count > 0) memory.copy(target + <usize>left * pixelBytes, source, <usize>count * pixelBytes);
      continue;
    }
    for (let j = 0; j < columns; j++) {
      const column = left + j * stepAcross;
      if (column < 0 || column >= width) continue;
      memory.copy(target + <usize>column * pixelBytes, source + <usize>j * pixelBytes, pixelBytes);
    }
  }
}

/** Filters [K][n] (n a multiple of 4, K = kh·kw·C) as panels of eight, then four, columns. */
export function packFilters(w: usize, to: usize, k: i32, n: i32): void {
  const stride = (<usize>n) << 2;
  let j = 0;
  for (; j + 8 <= n; j += 8) {
    let from = w + ((<usize>j) << 2);
    for (let p = 0; p < k; p++) {
      v128.store(to, v128.load(from));
      v128.store(to, v128.load(from, 16), 16);
      to += 32;
      from += stride;
    }
  }
  if (j < n) {
    let from = w + ((<usize>j) << 2);
    for (let p = 0; p < k; p++) {
      v128.store(to, v128.load(from));
      to += 16;
      from += stride;
    }
  }
}

/** Filters [taps][C][F] as panels over C for the gradient of the image: taps backwards, [C/8][taps·F][8]. */
export function packFlipped(w: usize, to: usize, taps: i32, c: i32, f: i32): void {
  for (let j = 0; j < c;) {
    const width = c - j >= 8 ? 8 : 4;
    for (let tap = taps - 1; tap >= 0; tap--) {
      for (let o = 0; o < f; o++) {
        const from = w + ((<usize>((tap * c + j) * f + o)) << 2);
        for (let q = 0; q < width; q++) {
          store<f32>(to, load<f32>(from + ((<usize>(q * f)) << 2)));
          to += 4;
        }
      }
    }
    j += width;
  }
}

/**
 * One image: y [rows][columns][n] = start + patches of `x` times `panels`, nothing below `low` in it. A patch is kh stretches
 * of k numbers, lineBytes apart; neighbouring patches are pixelBytes apart across and stepLines lines down.
 */
export function convolve(
  x: usize,
  panels: usize,
  start: usize,
  y: usize,
  rows: i32,
  columns: i32,
  n: i32,
  kh: i32,
  k: i32,
  pixelBytes: usize,
  lineBytes: usize,
  stepLines: i32,
  low: f32,
): void {
  const tiles = (columns + HEIGHT - 1) / HEIGHT;
  const ldc = (<usize>n) << 2;
  const down = <usize>stepLines * lineBytes;
  const out = <usize>columns * ldc;
  const isNear = pixelBytes === 4;
  for (let j = 0; j < n; j += 8) {
    const isWide = n - j >= 8;
    const from = start + ((<usize>j) << 2);
    for (let t = 0; t < tiles; t++) {
      const first = (columns * t) / tiles;
      const count = (columns * (t + 1)) / tiles - first;
      const a = x + <usize>first * pixelBytes;
      const to = y + <usize>first * ldc + ((<usize>j) << 2);
      if (isNear) {
        if (isWide) nearx8(count, rows, kh, k, a, lineBytes, panels, to, ldc, down, out, from, low);
        else nearx4(count, rows, kh, k, a, lineBytes, panels, to, ldc, down, out, from, low);
      } else if (isWide) patchx8(count, rows, kh, k, a, pixelBytes, lineBytes, panels, to, ldc, down, out, from, low);
      else patchx4(count, rows, kh, k, a, pixelBytes, lineBytes, panels, to, ldc, down, out, from, low);
    }
    panels += (<usize>(kh * k)) << (isWide ? 5 : 4);
  }
}

/** One image: dw [kh·k][n] += Σ over pixels of patches of `x` and gradients `g`; the names are those of `convolve`. */
export function correlate(
  x: usize,
  g: usize,
  dw: usize,
  rows: i32,
  columns: i32,
  n: i32,
  kh: i32,
  k: i32,
  pixelBytes: usize,
  lineBytes: usize,
  stepLines: i32,
): void {
  const ld = (<usize>n) << 2;
  const gLine = <usize>columns * ld;
  const xLine = <usize>stepLines * lineBytes;
  // A line of a narrow window has too few rows for a tall tile: tiles go on to the next line.
  const isSpread = k < HEIGHT - 1;
  const lines = isSpread ? 1 : kh;
  const length = isSpread ? kh * k : k;
  const tiles = (length + HEIGHT - 1) / HEIGHT;
  for (let u = 0; u < lines; u++) {
    const line = x + <usize>u * lineBytes;
    for (let j = 0; j < n; j += 8) {
      const isWide = n - j >= 8;
      const from = g + ((<usize>j) << 2);
      for (let t = 0; t < tiles; t++) {
        const m = (length * t) / tiles;
        const height = (length * (t + 1)) / tiles - m;
        const to = dw + <usize>(u * k + m) * ld + ((<usize>j) << 2);
        const a = line + ((<usize>m) << 2);
        if (isSpread) {
          if (isWide) spreadx8(height, rows, columns, x, m, k, lineBytes, pixelBytes, xLine, from, ld, gLine, to, ld);
          else spreadx4(height, rows, columns, x, m, k, lineBytes, pixelBytes, xLine, from, ld, gLine, to, ld);
        } else if (isWide) stripx8(height, rows, columns, a, pixelBytes, xLine, from, ld, gLine, to, ld);
        else stripx4(height, rows, columns, a, pixelBytes, xLine, from, ld, gLine, to, ld);
      }
    }
  }
}

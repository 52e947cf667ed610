/** Winograd's transform of filters and its adjoint, and the panels that products take them in. */

const HALF: usize = memory.data<f32>([0.5]);
const PLANES: i32 = 16;

/** U = G·g·Gᵀ of filters [3][3][C][F] into 16 planes [C][F]. */
export function transformFilters(w: usize, u: usize, channels: i32, filters: i32): void {
  const half = v128.load32_splat(HALF);
  const plane = (<usize>(channels * filters)) << 2;
  for (let q: usize = 0; q < plane; q += 16) {
    for (let row: usize = 0; row < 4; row++) {
      // Column sums of G·g for this row of G, one per column of g.
      let from = w + q;
      const a0 = Filter.row(row, v128.load(from), v128.load(from + 3 * plane), v128.load(from + 6 * plane), half);
      from += plane;
      const a1 = Filter.row(row, v128.load(from), v128.load(from + 3 * plane), v128.load(from + 6 * plane), half);
      from += plane;
      const a2 = Filter.row(row, v128.load(from), v128.load(from + 3 * plane), v128.load(from + 6 * plane), half);
      const even = f32x4.mul(f32x4.add(a0, a2), half);
      const odd = f32x4.mul(a1, half);
      const to = u + q + row * 4 * plane;
      v128.store(to, a0);
      v128.store(to + plane, f32x4.add(even, odd));
      v128.store(to + 2 * plane, f32x4.sub(even, odd));
      v128.store(to + 3 * plane, a2);
    }
  }
}

class Filter {
  /** Row `row` of G times (g0, g1, g2). */
  @inline
  static row(row: usize, g0: v128, g1: v128, g2: v128, half: v128): v128 {
    if (row === 0) return g0;
    if (row === 3) return g2;
    const even = f32x4.mul(f32x4.add(g0, g2), half);
    const odd = f32x4.mul(g1, half);
    return row === 1 ? f32x4.add(even, odd) : f32x4.sub(even, odd);
  }
}

/** The adjoint: dg = Gᵀ·dU·G, written over `dw`. */
export function transformFiltersBack(du: usize, dw: usize, channels: i32, filters: i32, scratch: usize): void {
  const half = v128.load32_splat(HALF);
  const plane = (<usize>(channels * filters)) << 2;
  for (let q: usize = 0; q < plane; q += 16) {
    for (let column: usize = 0; column < 4; column++) {
      const from = du + q + column * plane;
      const a = v128.load(from);
      const b = v128.load(from + 4 * plane);
      const c = v128.load(from + 8 * plane);
      const d = v128.load(from + 12 * plane);
      const sum = f32x4.mul(f32x4.add(b, c), half);
      const at = scratch + (column << 4);
      v128.store(at, f32x4.add(a, sum));
      v128.store(at, f32x4.mul(f32x4.sub(b, c), half), 64);
      v128.store(at, f32x4.add(d, sum), 128);
    }
    for (let row: usize = 0; row < 3; row++) {
      const from = scratch + (row << 6);
      const a = v128.load(from);
      const b = v128.load(from, 16);
      const c = v128.load(from, 32);
      const d = v128.load(from, 48);
      const sum = f32x4.mul(f32x4.add(b, c), half);
      const to = dw + q + row * 3 * plane;
      v128.store(to, f32x4.add(a, sum));
      v128.store(to + plane, f32x4.mul(f32x4.sub(b, c), half));
      v128.store(to + 2 * plane, f32x4.add(d, sum));
    }
  }
}

/** Planes [k][n] as panels of eight, then four, columns: [16][n/8][k][8]. */
export function packPlanes(u: usize, to: usize, k: i32, n: i32): void {
  const stride = (<usize>n) << 2;
  for (let p = 0; p < PLANES; p++) {
    for (let j = 0; j < n; j += 8) {
      const isWide = n - j >= 8;
      let from = u + ((<usize>j) << 2);
      for (let i = 0; i < k; i++) {
        v128.store(to, v128.load(from));
        if (isWide) v128.store(to, v128.load(from, 16), 16);
        to += isWide ? 32 : 16;
        from += stride;
      }
    }
    u += (<usize>(k * n)) << 2;
  }
}

/** The transposes of planes [k][n] as such panels: [16][k/8][n][8]. */
export function packPlanesTransposed(u: usize, to: usize, k: i32, n: i32): void {
  for (let p = 0; p < PLANES; p++) {
    for (let j = 0; j < k; j += 8) {
      const width = min(8, k - j);
      for (let i = 0; i < n; i++) {
        for (let q = 0; q < width; q++) {
          store<f32>(to, load<f32>(u + ((<usize>((j + q) * n + i)) << 2)));
          to += 4;
        }
      }
    }
    u += (<usize>(k * n)) << 2;
  }
}

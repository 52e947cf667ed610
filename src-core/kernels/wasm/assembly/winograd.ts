/**
 * Winograd's convolution F(2×2, 3×3) for stride 1: 16 products where the sums would take 36. Source: Lavin and Gray, 2016.
 * An image is cut into tiles of 2×2 outputs; of every tile there are 16 transformed numbers per channel, kept in 16
 * planes [tile][channel], so that each plane is one matrix product. All three passes stay in that domain.
 */
import { rowsx4, rowsx8, stripx4, stripx8 } from './generated/tiles';

const HEIGHT: i32 = ASC_FEATURE_RELAXED_SIMD ? 6 : 4;
const HALF: usize = memory.data<f32>([0.5]);
const PLANES: i32 = 16;

/** V = Bᵀ·d·B for every tile of a bordered image with `line` bytes a row. `plane`: bytes from plane to plane. */
export function transformImage(
  x: usize,
  v: usize,
  tilesDown: i32,
  tilesAcross: i32,
  channels: i32,
  line: usize,
  plane: usize,
): void {
  const pixel = (<usize>channels) << 2;
  for (let ty = 0; ty < tilesDown; ty++) {
    for (let tx = 0; tx < tilesAcross; tx++) {
      const from = x + <usize>(ty * 2) * line + <usize>(tx * 2) * pixel;
      for (let q: usize = 0; q < pixel; q += 16) {
        let at = from + q;
        let a = v128.load(at);
        let b = v128.load(at + line);
        let c = v128.load(at + 2 * line);
        let d = v128.load(at + 3 * line);
        const p00 = f32x4.sub(a, c);
        const p10 = f32x4.add(b, c);
        const p20 = f32x4.sub(c, b);
        const p30 = f32x4.sub(b, d);
        at += pixel;
        a = v128.load(at);
        b = v128.load(at + line);
        c = v128.load(at + 2 * line);
        d = v128.load(at + 3 * line);
        const p01 = f32x4.sub(a, c);
        const p11 = f32x4.add(b, c);
        const p21 = f32x4.sub(c, b);
        const p31 = f32x4.sub(b, d);
        at += pixel;
        a = v128.load(at);
        b = v128.load(at + line);
        c = v128.load(at + 2 * line);
        d = v128.load(at + 3 * line);
        const p02 = f32x4.sub(a, c);
        const p12 = f32x4.add(b, c);
        const p22 = f32x4.sub(c, b);
        const p32 = f32x4.sub(b, d);
        at += pixel;
        a = v128.load(at);
        b = v128.load(at + line);
        c = v128.load(at + 2 * line);
        d = v128.load(at + 3 * line);
        const p03 = f32x4.sub(a, c);
        const p13 = f32x4.add(b, c);
        const p23 = f32x4.sub(c, b);
        const p33 = f32x4.sub(b, d);
        let to = v + q;
        v128.store(to, f32x4.sub(p00, p02));
        to += plane;
        v128.store(to, f32x4.add(p01, p02));
        to += plane;
        v128.store(to, f32x4.sub(p02, p01));
        to += plane;
        v128.store(to, f32x4.sub(p01, p03));
        to += plane;
        v128.store(to, f32x4.sub(p10, p12));
        to += plane;
        v128.store(to, f32x4.add(p11, p12));
        to += plane;
        v128.store(to, f32x4.sub(p12, p11));
        to += plane;
        v128.store(to, f32x4.sub(p11, p13));
        to += plane;
        v128.store(to, f32x4.sub(p20, p22));
        to += plane;
        v128.store(to, f32x4.add(p21, p22));
        to += plane;
        v128.store(to, f32x4.sub(p22, p21));
        to += plane;
        v128.store(to, f32x4.sub(p21, p23));
        to += plane;
        v128.store(to, f32x4.sub(p30, p32));
        to += plane;
        v128.store(to, f32x4.add(p31, p32));
        to += plane;
        v128.store(to, f32x4.sub(p32, p31));
        to += plane;
        v128.store(to, f32x4.sub(p31, p33));
      }
      v += pixel;
    }
  }
}

/** The adjoint: d += B·V·Bᵀ, added into a bordered plane that starts at zero. */
export function transformImageBack(
  v: usize,
  x: usize,
  tilesDown: i32,
  tilesAcross: i32,
  channels: i32,
  line: usize,
  plane: usize,
  scratch: usize,
): void {
  const pixel = (<usize>channels) << 2;
  for (let ty = 0; ty < tilesDown; ty++) {
    for (let tx = 0; tx < tilesAcross; tx++) {
      const to = x + <usize>(ty * 2) * line + <usize>(tx * 2) * pixel;
      for (let q: usize = 0; q < pixel; q += 16) {
        for (let column: usize = 0; column < 4; column++) {
          const from = v + q + column * plane;
          const a = v128.load(from);
          const b = v128.load(from + 4 * plane);
          const c = v128.load(from + 8 * plane);
          const d = v128.load(from + 12 * plane);
          const at = scratch + (column << 4);
          v128.store(at, a);
          v128.store(at, f32x4.add(f32x4.sub(b, c), d), 64);
          v128.store(at, f32x4.sub(f32x4.add(b, c), a), 128);
          v128.store(at, f32x4.neg(d), 192);
        }
        for (let row: usize = 0; row < 4; row++) {
          const from = scratch + (row << 6);
          const a = v128.load(from);
          const b = v128.load(from, 16);
          const c = v128.load(from, 32);
          const d = v128.load(from, 48);
          const at = to + q + row * line;
          const next = at + pixel;
          v128.store(at, f32x4.add(v128.load(at), a));
          v128.store(next, f32x4.add(v128.load(next), f32x4.add(f32x4.sub(b, c), d)));
          v128.store(next + pixel, f32x4.add(v128.load(next + pixel), f32x4.sub(f32x4.add(b, c), a)));
          v128.store(next + 2 * pixel, f32x4.sub(v128.load(next + 2 * pixel), d));
        }
      }
      v += pixel;
    }
  }
}

/** Y = Aᵀ·M·A plus bias, through relu where asked; rows and columns beyond the image are dropped. */
export function transformMaps(
  m: usize,
  y: usize,
  bias: usize,
  isRelu: bool,
  tilesAcross: i32,
  rows: i32,
  columns: i32,
  filters: i32,
  plane: usize,
): void {
  const pixel = (<usize>filters) << 2;
  const line = <usize>columns * pixel;
  const low = f32x4.splat(isRelu ? 0 : -Infinity);
  for (let i = 0; i < rows; i += 2) {
    const hasBelow = i + 1 < rows;
    for (let tx = 0; tx < tilesAcross; tx++) {
      const hasRight = tx * 2 + 1 < columns;
      const to = y + <usize>i * line + <usize>(tx * 2) * pixel;
      for (let q: usize = 0; q < pixel; q += 16) {
        let from = m + q;
        let a = v128.load(from);
        let b = v128.load(from + 4 * plane);
        let c = v128.load(from + 8 * plane);
        let d = v128.load(from + 12 * plane);
        const r00 = f32x4.add(f32x4.add(a, b), c);
        const r10 = f32x4.sub(f32x4.sub(b, c), d);
        from += plane;
        a = v128.load(from);
        b = v128.load(from + 4 * plane);
        c = v128.load(from + 8 * plane);
        d = v128.load(from + 12 * plane);
        const r01 = f32x4.add(f32x4.add(a, b), c);
        const r11 = f32x4.sub(f32x4.sub(b, c), d);
        from += plane;
        a = v128.load(from);
        b = v128.load(from + 4 * plane);
        c = v128.load(from + 8 * plane);
        d = v128.load(from + 12 * plane);
        const r02 = f32x4.add(f32x4.add(a, b), c);
        const r12 = f32x4.sub(f32x4.sub(b, c), d);
        from += plane;
        a = v128.load(from);
        b = v128.load(from + 4 * plane);
        c = v128.load(from + 8 * plane);
        d = v128.load(from + 12 * plane);
        const r03 = f32x4.add(f32x4.add(a, b), c);
        const r13 = f32x4.sub(f32x4.sub(b, c), d);
        const start = v128.load(bias + q);
        const at = to + q;
        const left = f32x4.add(f32x4.add(f32x4.add(r00, r01), r02), start);
        v128.store(at, f32x4.pmax(left, low));
        if (hasRight) {
          const right = f32x4.add(f32x4.sub(f32x4.sub(r01, r02), r03), start);
          v128.store(at + pixel, f32x4.pmax(right, low));
        }
        if (hasBelow) {
          const below = f32x4.add(f32x4.add(f32x4.add(r10, r11), r12), start);
          v128.store(at + line, f32x4.pmax(below, low));
          if (hasRight) {
            const corner = f32x4.add(f32x4.sub(f32x4.sub(r11, r12), r13), start);
            v128.store(at + line + pixel, f32x4.pmax(corner, low));
          }
        }
      }
      m += pixel;
    }
  }
}

/** The adjoint: M = A·G·Aᵀ of the gradient of the maps; what lies beyond the image counts as zero. */
export function transformMapsBack(
  g: usize,
  m: usize,
  tilesAcross: i32,
  rows: i32,
  columns: i32,
  filters: i32,
  plane: usize,
): void {
  const pixel = (<usize>filters) << 2;
  const line = <usize>columns * pixel;
  const zero = f32x4.splat(0);
  for (let i = 0; i < rows; i += 2) {
    const hasBelow = i + 1 < rows;
    for (let tx = 0; tx < tilesAcross; tx++) {
      const hasRight = tx * 2 + 1 < columns;
      const from = g + <usize>i * line + <usize>(tx * 2) * pixel;
      for (let q: usize = 0; q < pixel; q += 16) {
        const at = from + q;
        const d00 = v128.load(at);
        const d01 = hasRight ? v128.load(at + pixel) : zero;
        const d10 = hasBelow ? v128.load(at + line) : zero;
        const d11 = hasBelow && hasRight ? v128.load(at + line + pixel) : zero;
        const s0 = f32x4.add(d00, d10);
        const s1 = f32x4.add(d01, d11);
        const t0 = f32x4.sub(d00, d10);
        const t1 = f32x4.sub(d01, d11);
        let to = m + q;
        v128.store(to, d00);
        to += plane;
        v128.store(to, f32x4.add(d00, d01));
        to += plane;
        v128.store(to, f32x4.sub(d00, d01));
        to += plane;
        v128.store(to, f32x4.neg(d01));
        to += plane;
        v128.store(to, s0);
        to += plane;
        v128.store(to, f32x4.add(s0, s1));
        to += plane;
        v128.store(to, f32x4.sub(s0, s1));
        to += plane;
        v128.store(to, f32x4.neg(s1));
        to += plane;
        v128.store(to, t0);
        to += plane;
        v128.store(to, f32x4.add(t0, t1));
        to += plane;
        v128.store(to, f32x4.sub(t0, t1));
        to += plane;
        v128.store(to, f32x4.neg(t1));
        to += plane;
        v128.store(to, f32x4.neg(d10));
        to += plane;
        v128.store(to, f32x4.neg(f32x4.add(d10, d11)));
        to += plane;
        v128.store(to, f32x4.sub(d11, d10));
        to += plane;
        v128.store(to, d11);
      }
      m += pixel;
    }
  }
}

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

/** C = A·B plane by plane: A [tiles][k], B in panels, C [tiles][n]. */
export function multiplyPlanes(a: usize, panels: usize, c: usize, tiles: i32, k: i32, n: i32, zeros: usize): void {
  const lda = (<usize>k) << 2;
  const ldc = (<usize>n) << 2;
  const steps = (tiles + HEIGHT - 1) / HEIGHT;
  for (let p = 0; p < PLANES; p++) {
    for (let j = 0; j < n; j += 8) {
      const isWide = n - j >= 8;
      for (let s = 0; s < steps; s++) {
        const first = (tiles * s) / steps;
        const height = (tiles * (s + 1)) / steps - first;
        const from = a + <usize>first * lda;
        const to = c + <usize>first * ldc + ((<usize>j) << 2);
        if (isWide) rowsx8(height, k, from, lda, panels, to, ldc, zeros, 0);
        else rowsx4(height, k, from, lda, panels, to, ldc, zeros, 0);
      }
      panels += (<usize>k) << (isWide ? 5 : 4);
    }
    a += <usize>tiles * lda;
    c += <usize>tiles * ldc;
  }
}

/** dU += Vᵀ·M plane by plane: V [tiles][k], M [tiles][n], dU [k][n]. */
export function correlatePlanes(v: usize, m: usize, du: usize, tiles: i32, k: i32, n: i32): void {
  const ldv = (<usize>k) << 2;
  const ldm = (<usize>n) << 2;
  const steps = (k + HEIGHT - 1) / HEIGHT;
  for (let p = 0; p < PLANES; p++) {
    for (let j = 0; j < n; j += 8) {
      const isWide = n - j >= 8;
      const g = m + ((<usize>j) << 2);
      for (let s = 0; s < steps; s++) {
        const first = (k * s) / steps;
        const height = (k * (s + 1)) / steps - first;
        const from = v + ((<usize>first) << 2);
        const to = du + <usize>first * ldm + ((<usize>j) << 2);
        if (isWide) stripx8(height, 1, tiles, from, ldv, 0, g, ldm, 0, to, ldm);
        else stripx4(height, 1, tiles, from, ldv, 0, g, ldm, 0, to, ldm);
      }
    }
    v += <usize>tiles * ldv;
    m += <usize>tiles * ldm;
    du += <usize>k * ldm;
  }
}

/** The products in the middle of Winograd's convolution: one small matrix product for each of the 16 planes. */
import { planex4, planex8, stripx4, stripx8 } from './generated/image-tiles';
import { HEIGHT } from './conv';

const PLANES: i32 = 16;

/** C = A·B plane by plane: A [tiles][k], B in panels, C [tiles][n]. */
export function multiplyPlanes(a: usize, panels: usize, c: usize, tiles: i32, k: i32, n: i32): void {
  const lda = (<usize>k) << 2;
  const ldc = (<usize>n) << 2;
  // All strips of rows are `low` or one row taller: the tall ones come first.
  const strips = (tiles + HEIGHT - 1) / HEIGHT;
  const low = tiles / strips;
  const tall = tiles - strips * low;
  const rest = <usize>(tall * (low + 1));
  for (let p = 0; p < PLANES; p++) {
    for (let j = 0; j < n; j += 8) {
      const isWide = n - j >= 8;
      const to = c + ((<usize>j) << 2);
      if (isWide) {
        planex8(low + 1, tall, k, a, lda, panels, to, ldc);
        planex8(low, strips - tall, k, a + rest * lda, lda, panels, to + rest * ldc, ldc);
      } else {
        planex4(low + 1, tall, k, a, lda, panels, to, ldc);
        planex4(low, strips - tall, k, a + rest * lda, lda, panels, to + rest * ldc, ldc);
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

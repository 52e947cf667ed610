/** tanh over whole buffers: two vectors at a time share the reading of the constants, which took a third of the time. */
import { TANH, TANH_BOTTOM, TANH_P, TANH_Q, TANH_TOP, Vec } from './vec';

const F: usize = 4;

/** y = tanh x over n floats, n rounded up to a multiple of 4: the same bytes as `Vec.tanh`. */
export function tanhAll(x: usize, y: usize, n: i32): void {
  const end = y + ((<usize>n) << 2);
  while (y + 16 < end) {
    const top = v128.load32_splat(TANH, TANH_TOP);
    const bottom = v128.load32_splat(TANH, TANH_BOTTOM);
    const a = f32x4.pmax(f32x4.pmin(v128.load(x), top), bottom);
    const b = f32x4.pmax(f32x4.pmin(v128.load(x, 16), top), bottom);
    const za = f32x4.mul(a, a);
    const zb = f32x4.mul(b, b);
    let k = v128.load32_splat(TANH, TANH_P + 4 * F);
    let l = v128.load32_splat(TANH, TANH_P + 3 * F);
    let pa = Vec.madd(k, za, l);
    let pb = Vec.madd(k, zb, l);
    k = v128.load32_splat(TANH, TANH_P + 2 * F);
    pa = Vec.madd(pa, za, k);
    pb = Vec.madd(pb, zb, k);
    k = v128.load32_splat(TANH, TANH_P + F);
    pa = Vec.madd(pa, za, k);
    pb = Vec.madd(pb, zb, k);
    k = v128.load32_splat(TANH, TANH_P);
    pa = f32x4.mul(a, Vec.madd(pa, za, k));
    pb = f32x4.mul(b, Vec.madd(pb, zb, k));
    k = v128.load32_splat(TANH, TANH_Q + 4 * F);
    l = v128.load32_splat(TANH, TANH_Q + 3 * F);
    let qa = Vec.madd(k, za, l);
    let qb = Vec.madd(k, zb, l);
    k = v128.load32_splat(TANH, TANH_Q + 2 * F);
    qa = Vec.madd(qa, za, k);
    qb = Vec.madd(qb, zb, k);
    k = v128.load32_splat(TANH, TANH_Q + F);
    qa = Vec.madd(qa, za, k);
    qb = Vec.madd(qb, zb, k);
    k = v128.load32_splat(TANH, TANH_Q);
    qa = Vec.madd(qa, za, k);
    qb = Vec.madd(qb, zb, k);
    v128.store(y, f32x4.div(pa, qa));
    v128.store(y, f32x4.div(pb, qb), 16);
    x += 32;
    y += 32;
  }
  if (y < end) v128.store(y, Vec.tanh(v128.load(x)));
}

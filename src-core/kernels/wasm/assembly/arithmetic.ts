/** Sums, products and limits over whole buffers, n floats rounded up to a multiple of 4; and numbers made of many. */
import { Vec } from './vec';

export function addTwo(a: usize, b: usize, y: usize, n: i32): void {
  const end = y + ((<usize>n) << 2);
  for (; y < end; y += 16) {
    v128.store(y, f32x4.add(v128.load(a), v128.load(b)));
    a += 16;
    b += 16;
  }
}

export function multiplyTwo(a: usize, b: usize, y: usize, n: i32): void {
  const end = y + ((<usize>n) << 2);
  for (; y < end; y += 16) {
    v128.store(y, f32x4.mul(v128.load(a), v128.load(b)));
    a += 16;
    b += 16;
  }
}

export function scale(x: usize, y: usize, n: i32, factor: f32): void {
  const f = f32x4.splat(factor);
  const end = y + ((<usize>n) << 2);
  for (; y < end; y += 16) {
    v128.store(y, f32x4.mul(v128.load(x), f));
    x += 16;
  }
}

/** Exactly n floats: what lies behind stays. */
export function fill(y: usize, n: i32, value: f32): void {
  const end = y + ((<usize>n) << 2);
  for (; y < end; y += 4) store<f32>(y, value);
}

/** g + l1·sign(w) + l2·w. */
export function penaltyGradient(g: usize, w: usize, y: usize, n: i32, l1: f32, l2: f32): void {
  const one = f32x4.splat(l1);
  const two = f32x4.splat(l2);
  const zero = f32x4.splat(0);
  const end = y + ((<usize>n) << 2);
  for (; y < end; y += 16) {
    const x = v128.load(w);
    const up = v128.and(one, f32x4.gt(x, zero));
    const sign = f32x4.sub(up, v128.and(one, f32x4.lt(x, zero)));
    v128.store(y, Vec.madd(two, x, f32x4.add(v128.load(g), sign)));
    g += 16;
    w += 16;
  }
}

export function clipByValue(g: usize, y: usize, n: i32, limit: f32): void {
  const high = f32x4.splat(limit);
  const low = f32x4.splat(-limit);
  const end = y + ((<usize>n) << 2);
  for (; y < end; y += 16) {
    v128.store(y, f32x4.pmax(f32x4.pmin(v128.load(g), high), low));
    g += 16;
  }
}

/** g·min(1, limit/(norm + 1e-6)). */
export function clipByNorm(g: usize, norm: usize, y: usize, n: i32, limit: f32): void {
  const factor = min<f64>(1, <f64>limit / (<f64>load<f32>(norm) + 1e-6));
  scale(g, y, n, <f32>factor);
}

/** Σ 0·x: 0 when all n floats are finite, NaN otherwise. */
export function finiteSum(x: usize, n: i32): f32 {
  const zero = f32x4.splat(0);
  let s0 = zero;
  let s1 = zero;
  const end = x + ((<usize>n) << 2);
  for (; x + 32 <= end; x += 32) {
    s0 = Vec.madd(v128.load(x), zero, s0);
    s1 = Vec.madd(v128.load(x, 16), zero, s1);
  }
  for (; x < end; x += 16) s0 = Vec.madd(v128.load(x), zero, s0);
  return Vec.sum(f32x4.add(s0, s1));
}

/** Σ x² in float64: a norm of many weights loses nothing. */
export function squareSum(x: usize, n: i32): f64 {
  let s0 = f64x2.splat(0);
  let s1 = f64x2.splat(0);
  const end = x + ((<usize>n) << 2);
  for (; x < end; x += 16) {
    const v = v128.load(x);
    const low = f64x2.promote_low_f32x4(v);
    const high = f64x2.promote_low_f32x4(v128.shuffle<f32>(v, v, 2, 3, 2, 3));
    s0 = f64x2.add(s0, f64x2.mul(low, low));
    s1 = f64x2.add(s1, f64x2.mul(high, high));
  }
  const s = f64x2.add(s0, s1);
  return f64x2.extract_lane(s, 0) + f64x2.extract_lane(s, 1);
}

/** Σ |x| in float64. */
export function absoluteSum(x: usize, n: i32): f64 {
  let s = f64x2.splat(0);
  const end = x + ((<usize>n) << 2);
  for (; x < end; x += 16) {
    const v = f32x4.abs(v128.load(x));
    s = f64x2.add(s, f64x2.promote_low_f32x4(v));
    s = f64x2.add(s, f64x2.promote_low_f32x4(v128.shuffle<f32>(v, v, 2, 3, 2, 3)));
  }
  return f64x2.extract_lane(s, 0) + f64x2.extract_lane(s, 1);
}

/** Σ w·l / Σ w over the rows; 0 where no row weighs anything. */
export function weightedMean(loss: usize, weights: usize, rows: i32): f32 {
  let sum: f64 = 0;
  let weight: f64 = 0;
  for (let i = 0; i < rows; i++) {
    const w = <f64>load<f32>(weights);
    sum += w * <f64>load<f32>(loss);
    weight += w;
    loss += 4;
    weights += 4;
  }
  return weight === 0 ? 0 : <f32>(sum / weight);
}

/** g·w/Σw for every row; 0 where no row weighs anything. */
export function weightedMeanGradient(weights: usize, g: f32, dx: usize, rows: i32): void {
  let weight: f64 = 0;
  for (let i = 0; i < rows; i++) weight += <f64>load<f32>(weights + ((<usize>i) << 2));
  const share = weight === 0 ? <f32>0 : <f32>(<f64>g / weight);
  for (let i = 0; i < rows; i++) {
    store<f32>(dx, share * load<f32>(weights));
    dx += 4;
    weights += 4;
  }
}

/** x [rows × n] plus a bias. */
export function addBias(x: usize, bias: usize, y: usize, rows: i32, n: i32, ld: usize): void {
  for (let r = 0; r < rows; r++) {
    for (let at: usize = 0; at < (<usize>n) << 2; at += 16) {
      v128.store(y + at, f32x4.add(v128.load(x + at), v128.load(bias + at)));
    }
    x += ld;
    y += ld;
  }
}

/** Every row of y [rows × n] is the vector b. */
export function spread(b: usize, y: usize, rows: i32, n: i32, ld: usize): void {
  for (let r = 0; r < rows; r++) {
    for (let at: usize = 0; at < (<usize>n) << 2; at += 16) v128.store(y + at, v128.load(b + at));
    y += ld;
  }
}

/** y = the sum of `count` vectors of n floats, `stride` bytes apart, always in the same order. */
export function sumChunks(y: usize, from: usize, stride: usize, count: i32, n: i32): void {
  const end = y + ((<usize>n) << 2);
  for (; y < end; y += 16) {
    let sum = v128.load(from);
    for (let c = 1; c < count; c++) sum = f32x4.add(sum, v128.load(from + <usize>c * stride));
    v128.store(y, sum);
    from += 16;
  }
}

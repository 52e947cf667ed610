/** Activation functions and their derivatives, element by element over whole buffers. */
import {
  FN_LINEAR,
  FN_RELU,
  FN_TANH,
  FN_SIGMOID,
  FN_LEAKY_RELU,
  FN_ELU,
  FN_SOFTPLUS,
  FN_GELU,
  FN_SILU,
} from './generated/opcodes';
import { tanhAll } from './tanh';
import { Vec } from './vec';

const ONE: usize = memory.data<f32>([
  1, 0.3989422804, 0.5, 0.000198412698, 0.00138888889, 0.00833333333, 0.0416666667, 0.166666667,
]);
const ROOT_TWO_PI: usize = ONE + 4;
const HALF: usize = ONE + 8;
const EXPM1: usize = ONE + 12;

class Function {
  /** e^x − 1 for x ≤ 0, relative error ≤ 1e-6 near 0 too. */
  @inline
  static expm1(x: v128): v128 {
    let p = v128.load32_splat(EXPM1);
    p = Vec.madd(p, x, v128.load32_splat(EXPM1, 4));
    p = Vec.madd(p, x, v128.load32_splat(EXPM1, 8));
    p = Vec.madd(p, x, v128.load32_splat(EXPM1, 12));
    p = Vec.madd(p, x, v128.load32_splat(EXPM1, 16));
    p = Vec.madd(p, x, v128.load32_splat(HALF));
    const near = Vec.madd(f32x4.mul(x, x), p, x);
    const far = f32x4.sub(Vec.exp(x), v128.load32_splat(ONE));
    return v128.bitselect(near, far, f32x4.lt(f32x4.abs(x), v128.load32_splat(HALF)));
  }

  @inline
  static value(kind: i32, x: v128, alpha: v128): v128 {
    const zero = f32x4.splat(0);
    if (kind === FN_RELU) return f32x4.pmax(x, zero);
    if (kind === FN_TANH) return Vec.tanh(x);
    if (kind === FN_SIGMOID) return Vec.sigmoid(x);
    if (kind === FN_LEAKY_RELU) return v128.bitselect(f32x4.mul(x, alpha), x, f32x4.lt(x, zero));
    if (kind === FN_ELU) return v128.bitselect(x, f32x4.mul(alpha, Function.expm1(x)), f32x4.gt(x, zero));
    if (kind === FN_SOFTPLUS) return Vec.softplus(x);
    if (kind === FN_GELU) return f32x4.mul(x, Vec.normalCdf(x));
    if (kind === FN_SILU) return f32x4.mul(x, Vec.sigmoid(x));
    return x;
  }

  /** g·f′, from the function's output for relu, tanh and sigmoid, from its input for the others. */
  @inline
  static slope(kind: i32, saved: v128, g: v128, alpha: v128): v128 {
    const zero = f32x4.splat(0);
    if (kind === FN_RELU) return v128.and(g, f32x4.gt(saved, zero));
    if (kind === FN_TANH) return f32x4.mul(g, Vec.nmadd(saved, saved, v128.load32_splat(ONE)));
    if (kind === FN_SIGMOID) return f32x4.mul(g, Vec.nmadd(saved, saved, saved));
    if (kind === FN_LEAKY_RELU) return v128.bitselect(f32x4.mul(g, alpha), g, f32x4.lt(saved, zero));
    if (kind === FN_ELU) {
      const below = f32x4.mul(f32x4.mul(g, alpha), Vec.exp(f32x4.pmin(saved, zero)));
      return v128.bitselect(g, below, f32x4.gt(saved, zero));
    }
    if (kind === FN_SOFTPLUS) return f32x4.mul(g, Vec.sigmoid(saved));
    if (kind === FN_GELU) {
      const density = Vec.exp(f32x4.neg(f32x4.mul(f32x4.mul(saved, saved), v128.load32_splat(HALF))));
      const slope = f32x4.mul(f32x4.mul(saved, density), v128.load32_splat(ROOT_TWO_PI));
      return f32x4.mul(g, f32x4.add(Vec.normalCdf(saved), slope));
    }
    if (kind === FN_SILU) {
      const s = Vec.sigmoid(saved);
      const one = v128.load32_splat(ONE);
      return f32x4.mul(f32x4.mul(g, s), Vec.madd(saved, f32x4.sub(one, s), one));
    }
    return g;
  }

  @inline
  static forward(kind: i32, x: usize, y: usize, n: i32, alpha: f32): void {
    const a = f32x4.splat(alpha);
    const end = y + ((<usize>n) << 2);
    while (y < end) {
      v128.store(y, Function.value(kind, v128.load(x), a));
      x += 16;
      y += 16;
    }
  }

  @inline
  static backward(kind: i32, saved: usize, g: usize, dx: usize, n: i32, alpha: f32): void {
    const a = f32x4.splat(alpha);
    const end = dx + ((<usize>n) << 2);
    while (dx < end) {
      v128.store(dx, Function.slope(kind, v128.load(saved), v128.load(g), a));
      saved += 16;
      g += 16;
      dx += 16;
    }
  }

  /** The derivative and its sums over rows, a cache line of columns at a time. All three matrices share one stride. */
  @inline
  static backwardWithSum(
    kind: i32,
    saved: usize,
    g: usize,
    dx: usize,
    rows: i32,
    n: i32,
    ld: usize,
    sum: usize,
    alpha: f32,
    adds: bool,
  ): void {
    const a = f32x4.splat(alpha);
    const length = <usize>rows * ld;
    let left = n;
    while (left >= 16) {
      let s0 = adds ? v128.load(sum) : f32x4.splat(0);
      let s1 = adds ? v128.load(sum, 16) : f32x4.splat(0);
      let s2 = adds ? v128.load(sum, 32) : f32x4.splat(0);
      let s3 = adds ? v128.load(sum, 48) : f32x4.splat(0);
      for (let at: usize = 0; at < length; at += ld) {
        const d0 = Function.slope(kind, v128.load(saved + at), v128.load(g + at), a);
        v128.store(dx + at, d0);
        s0 = f32x4.add(s0, d0);
        const d1 = Function.slope(kind, v128.load(saved + at, 16), v128.load(g + at, 16), a);
        v128.store(dx + at, d1, 16);
        s1 = f32x4.add(s1, d1);
        const d2 = Function.slope(kind, v128.load(saved + at, 32), v128.load(g + at, 32), a);
        v128.store(dx + at, d2, 32);
        s2 = f32x4.add(s2, d2);
        const d3 = Function.slope(kind, v128.load(saved + at, 48), v128.load(g + at, 48), a);
        v128.store(dx + at, d3, 48);
        s3 = f32x4.add(s3, d3);
      }
      v128.store(sum, s0);
      v128.store(sum, s1, 16);
      v128.store(sum, s2, 32);
      v128.store(sum, s3, 48);
      saved += 64;
      g += 64;
      dx += 64;
      sum += 64;
      left -= 16;
    }
    while (left > 0) {
      let s = adds ? v128.load(sum) : f32x4.splat(0);
      for (let at: usize = 0; at < length; at += ld) {
        const d = Function.slope(kind, v128.load(saved + at), v128.load(g + at), a);
        v128.store(dx + at, d);
        s = f32x4.add(s, d);
      }
      v128.store(sum, s);
      saved += 16;
      g += 16;
      dx += 16;
      sum += 16;
      left -= 4;
    }
  }
}

/** Rows gathered at a time. */
const GATHERED: i32 = 64;

/** y = f(x) in place where a row of four floats holds one number: four rows make a vector. `room` takes some rows of them. */
export function activateSingles(kind: i32, y: usize, rows: i32, alpha: f32, room: usize): void {
  for (let row = 0; row < rows; row += GATHERED) {
    const count = min(GATHERED, rows - row);
    for (let i = 0; i < count; i++) store<f32>(room + ((<usize>i) << 2), load<f32>(y + ((<usize>i) << 4)));
    activate(kind, room, room, count, alpha);
    for (let i = 0; i < count; i++) store<f32>(y + ((<usize>i) << 4), load<f32>(room + ((<usize>i) << 2)));
    y += (<usize>count) << 4;
  }
}

/** y = f(x) over n floats, n rounded up to a multiple of 4. */
export function activate(kind: i32, x: usize, y: usize, n: i32, alpha: f32): void {
  switch (kind) {
    case FN_LINEAR:
      return Function.forward(FN_LINEAR, x, y, n, alpha);
    case FN_RELU:
      return Function.forward(FN_RELU, x, y, n, alpha);
    case FN_TANH:
      return tanhAll(x, y, n);
    case FN_SIGMOID:
      return Function.forward(FN_SIGMOID, x, y, n, alpha);
    case FN_LEAKY_RELU:
      return Function.forward(FN_LEAKY_RELU, x, y, n, alpha);
    case FN_ELU:
      return Function.forward(FN_ELU, x, y, n, alpha);
    case FN_SOFTPLUS:
      return Function.forward(FN_SOFTPLUS, x, y, n, alpha);
    case FN_GELU:
      return Function.forward(FN_GELU, x, y, n, alpha);
    case FN_SILU:
      return Function.forward(FN_SILU, x, y, n, alpha);
  }
}

/** dx = g·f′(saved) over n floats. */
export function activateGradient(kind: i32, saved: usize, g: usize, dx: usize, n: i32, alpha: f32): void {
  switch (kind) {
    case FN_RELU:
      return Function.backward(FN_RELU, saved, g, dx, n, alpha);
    case FN_TANH:
      return Function.backward(FN_TANH, saved, g, dx, n, alpha);
    case FN_SIGMOID:
      return Function.backward(FN_SIGMOID, saved, g, dx, n, alpha);
    case FN_LEAKY_RELU:
      return Function.backward(FN_LEAKY_RELU, saved, g, dx, n, alpha);
    case FN_ELU:
      return Function.backward(FN_ELU, saved, g, dx, n, alpha);
    case FN_SOFTPLUS:
      return Function.backward(FN_SOFTPLUS, saved, g, dx, n, alpha);
    case FN_GELU:
      return Function.backward(FN_GELU, saved, g, dx, n, alpha);
    case FN_SILU:
      return Function.backward(FN_SILU, saved, g, dx, n, alpha);
  }
}

/** dx = g·f′(saved) and sum = Σ dx over the rows, added to what is there where `adds`. Strides in bytes; n a multiple of 4. */
export function activateGradientSum(
  kind: i32,
  saved: usize,
  g: usize,
  dx: usize,
  rows: i32,
  n: i32,
  ld: usize,
  sum: usize,
  alpha: f32,
  adds: bool,
): void {
  switch (kind) {
    case FN_RELU:
      return Function.backwardWithSum(FN_RELU, saved, g, dx, rows, n, ld, sum, alpha, adds);
    case FN_TANH:
      return Function.backwardWithSum(FN_TANH, saved, g, dx, rows, n, ld, sum, alpha, adds);
    case FN_SIGMOID:
      return Function.backwardWithSum(FN_SIGMOID, saved, g, dx, rows, n, ld, sum, alpha, adds);
    default:
      for (let row = 0; row < rows; row++) {
        const at = <usize>row * ld;
        activateGradient(kind, saved + at, g + at, dx + at, n, alpha);
      }
      return columnSum(dx, rows, n, ld, sum, adds);
  }
}

/** sum = Σ over rows of x [rows × n], added to what is there where `adds`. */
export function columnSum(x: usize, rows: i32, n: i32, ld: usize, sum: usize, adds: bool): void {
  const length = <usize>rows * ld;
  let left = n;
  while (left >= 16) {
    let s0 = adds ? v128.load(sum) : f32x4.splat(0);
    let s1 = adds ? v128.load(sum, 16) : f32x4.splat(0);
    let s2 = adds ? v128.load(sum, 32) : f32x4.splat(0);
    let s3 = adds ? v128.load(sum, 48) : f32x4.splat(0);
    const end = x + length;
    for (let at = x; at < end; at += ld) {
      s0 = f32x4.add(s0, v128.load(at));
      s1 = f32x4.add(s1, v128.load(at, 16));
      s2 = f32x4.add(s2, v128.load(at, 32));
      s3 = f32x4.add(s3, v128.load(at, 48));
    }
    v128.store(sum, s0);
    v128.store(sum, s1, 16);
    v128.store(sum, s2, 32);
    v128.store(sum, s3, 48);
    x += 64;
    sum += 64;
    left -= 16;
  }
  while (left > 0) {
    let s = adds ? v128.load(sum) : f32x4.splat(0);
    const end = x + length;
    for (let at = x; at < end; at += ld) s = f32x4.add(s, v128.load(at));
    v128.store(sum, s);
    x += 16;
    sum += 16;
    left -= 4;
  }
}

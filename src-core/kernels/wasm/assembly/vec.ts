/**
 * Arithmetic on four floats. Constants are read from memory: V8 builds a vector constant inside a loop anew at every turn.
 * Coefficients come from test/core/kernels-wasm/fit_coefficients.py; the error bounds are held by math.test.ts.
 */

/** Bytes from one constant of a table to the next. */
const F: usize = 4;

const LOG2_E: usize = 0;
const LN2_HIGH: usize = F;
const LN2_LOW: usize = 2 * F;
const ROUNDER: usize = 3 * F;
const EXP_LOW: usize = 4 * F;
const ONE: usize = 5 * F;
const E2: usize = 6 * F;
const EXP: usize = memory.data<f32>([
  1.44269504, 0.693359375, -2.1219444e-4, 12582912, -87.3, 1, 0.499992317254, 0.16667114435, 0.0418901200961,
  0.00831252962415,
]);

export const TANH_TOP: usize = 0;
export const TANH_BOTTOM: usize = F;
export const TANH_P: usize = 2 * F;
export const TANH_Q: usize = 7 * F;
export const TANH: usize = memory.data<f32>([
  9.02, -9.02, 0.999999979623, 0.133809808248, 0.00349553432658, 2.06081878341e-5, 1.33534271055e-8, 1, 0.467142964797,
  0.0258767788248, 0.000328554627548, 7.77605095811e-7,
]);

const SQRT_HALF: usize = 2 * F;
const LOG_P: usize = 3 * F;
const LOG1P_P: usize = 6 * F;
const TINY: usize = 11 * F;
/** 1, 2, √½, then the tails of atanh for |s| ≤ 0.172 and |s| ≤ ⅓, then the smallest normal number. */
const LOG: usize = memory.data<f32>([
  1, 2, 0.707106781, 0.333333881983, 0.199887700601, 0.149358803214, 0.333333378112, 0.199994388588, 0.143084426758,
  0.1071382642, 0.121504754048, 1.17549435e-38,
]);

const ERFCX_TOP: usize = 11 * F;
const TWO: usize = 12 * F;
const SQRT_HALF_OF: usize = 13 * F;
const HALF: usize = 14 * F;
/** erfcx in t, constant term first; then the largest argument, 2, √½ and ½. */
const ERFCX: usize = memory.data<f32>([
  0.255395675881, -0.427185866132, 0.241658262475, -0.0789780378784, 0.00373168423253, 0.00699274764085,
  -0.000840754054302, -0.000963456305599, 3.23140624365e-5, 0.000138901284042, 2.71002216827e-5, 10, 2, 0.707106781,
  0.5,
]);

export class Vec {
  /** a·b + c: one rounding where the build has fused instructions, two otherwise. */
  @inline
  static madd(a: v128, b: v128, c: v128): v128 {
    if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c);
    return f32x4.add(f32x4.mul(a, b), c);
  }

  /** c − a·b. */
  @inline
  static nmadd(a: v128, b: v128, c: v128): v128 {
    if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_nmadd(a, b, c);
    return f32x4.sub(c, f32x4.mul(a, b));
  }

  /** max(x, low), and NaN for NaN (which f32x4.max takes several instructions for). */
  @inline
  static atLeast(x: v128, low: v128): v128 {
    return f32x4.pmax(x, low);
  }

  /** min(x, high), and NaN for NaN. */
  @inline
  static atMost(x: v128, high: v128): v128 {
    return f32x4.pmin(x, high);
  }

  /** e^x for x ≤ 88; relative error ≤ 3e-7 above −87.3, 0 below. NaN for NaN. */
  @inline
  static exp(x: v128): v128 {
    const low = v128.load32_splat(EXP, EXP_LOW);
    const vanishes = f32x4.lt(x, low);
    x = f32x4.pmax(x, low);
    const rounder = v128.load32_splat(EXP, ROUNDER);
    // Adding 1.5·2^23 leaves the nearest whole number in the low bits.
    const shifted = Vec.madd(x, v128.load32_splat(EXP, LOG2_E), rounder);
    const n = f32x4.sub(shifted, rounder);
    let r = Vec.nmadd(n, v128.load32_splat(EXP, LN2_HIGH), x);
    r = Vec.nmadd(n, v128.load32_splat(EXP, LN2_LOW), r);
    let p = v128.load32_splat(EXP, E2 + 3 * F);
    p = Vec.madd(p, r, v128.load32_splat(EXP, E2 + 2 * F));
    p = Vec.madd(p, r, v128.load32_splat(EXP, E2 + F));
    p = Vec.madd(p, r, v128.load32_splat(EXP, E2));
    const one = v128.load32_splat(EXP, ONE);
    p = Vec.madd(p, r, one);
    p = Vec.madd(p, r, one);
    return v128.andnot(i32x4.add(p, i32x4.shl(shifted, 23)), vanishes);
  }

  /** tanh x: relative error ≤ 5e-7 everywhere, near 0 too; ±1 exactly from ±9.02 on, fused or not. NaN for NaN. */
  @inline
  static tanh(x: v128): v128 {
    x = f32x4.pmax(f32x4.pmin(x, v128.load32_splat(TANH, TANH_TOP)), v128.load32_splat(TANH, TANH_BOTTOM));
    const z = f32x4.mul(x, x);
    let p = v128.load32_splat(TANH, TANH_P + 4 * F);
    let q = v128.load32_splat(TANH, TANH_Q + 4 * F);
    p = Vec.madd(p, z, v128.load32_splat(TANH, TANH_P + 3 * F));
    q = Vec.madd(q, z, v128.load32_splat(TANH, TANH_Q + 3 * F));
    p = Vec.madd(p, z, v128.load32_splat(TANH, TANH_P + 2 * F));
    q = Vec.madd(q, z, v128.load32_splat(TANH, TANH_Q + 2 * F));
    p = Vec.madd(p, z, v128.load32_splat(TANH, TANH_P + F));
    q = Vec.madd(q, z, v128.load32_splat(TANH, TANH_Q + F));
    p = Vec.madd(p, z, v128.load32_splat(TANH, TANH_P));
    q = Vec.madd(q, z, v128.load32_splat(TANH, TANH_Q));
    return f32x4.div(f32x4.mul(x, p), q);
  }

  /** 1/(1 + e^−x): relative error ≤ 6e-7 above −87. */
  @inline
  static sigmoid(x: v128): v128 {
    const one = v128.load32_splat(LOG);
    const t = Vec.exp(f32x4.neg(f32x4.abs(x)));
    const small = f32x4.div(t, f32x4.add(one, t));
    return v128.bitselect(small, f32x4.sub(one, small), f32x4.lt(x, f32x4.splat(0)));
  }

  /** ln x for normal x > 0; error ≤ 3e-7 of |ln x| or of 1e-7, whichever is more. Zero gives −87.3. */
  @inline
  static log(x: v128): v128 {
    const one = v128.load32_splat(LOG);
    x = f32x4.pmax(x, v128.load32_splat(LOG, TINY));
    // Exponent and mantissa, the mantissa in [√½, √2).
    const offset = i32x4.sub(x, v128.load32_splat(LOG, SQRT_HALF));
    const e = f32x4.convert_i32x4_s(i32x4.shr_s(offset, 23));
    const m = i32x4.sub(x, v128.and(offset, i32x4.shl(i32x4.splat(-1), 23)));
    const s = f32x4.div(f32x4.sub(m, one), f32x4.add(m, one));
    const z = f32x4.mul(s, s);
    let p = v128.load32_splat(LOG, LOG_P + 2 * F);
    p = Vec.madd(p, z, v128.load32_splat(LOG, LOG_P + F));
    p = Vec.madd(p, z, v128.load32_splat(LOG, LOG_P));
    const s2 = f32x4.add(s, s);
    const tail = Vec.madd(f32x4.mul(s2, z), p, f32x4.mul(e, v128.load32_splat(EXP, LN2_LOW)));
    return Vec.madd(e, v128.load32_splat(EXP, LN2_HIGH), f32x4.add(s2, tail));
  }

  /** ln(1 + t) for 0 ≤ t ≤ 1: relative error ≤ 4e-7, near 0 too. */
  @inline
  static log1p(t: v128): v128 {
    const s = f32x4.div(t, f32x4.add(t, v128.load32_splat(LOG, F)));
    const z = f32x4.mul(s, s);
    let p = v128.load32_splat(LOG, LOG1P_P + 4 * F);
    p = Vec.madd(p, z, v128.load32_splat(LOG, LOG1P_P + 3 * F));
    p = Vec.madd(p, z, v128.load32_splat(LOG, LOG1P_P + 2 * F));
    p = Vec.madd(p, z, v128.load32_splat(LOG, LOG1P_P + F));
    p = Vec.madd(p, z, v128.load32_splat(LOG, LOG1P_P));
    const s2 = f32x4.add(s, s);
    return Vec.madd(f32x4.mul(s2, z), p, s2);
  }

  /** ln(1 + e^x) = max(x, 0) + ln(1 + e^−|x|). Relative error ≤ 1e-6 above −87. */
  @inline
  static softplus(x: v128): v128 {
    return f32x4.add(f32x4.pmax(x, f32x4.splat(0)), Vec.log1p(Vec.exp(f32x4.neg(f32x4.abs(x)))));
  }

  /** Φ(x) = erfc(−x/√2)/2: relative error ≤ 6e-6 above −12.9, where the rounded square in the exponent matters most. */
  @inline
  static normalCdf(x: v128): v128 {
    const z = f32x4.pmin(
      f32x4.mul(f32x4.abs(x), v128.load32_splat(ERFCX, SQRT_HALF_OF)),
      v128.load32_splat(ERFCX, ERFCX_TOP),
    );
    const two = v128.load32_splat(ERFCX, TWO);
    const t = f32x4.div(f32x4.sub(z, two), f32x4.add(z, two));
    let p = v128.load32_splat(ERFCX, 10 * F);
    p = Vec.madd(p, t, v128.load32_splat(ERFCX, 9 * F));
    p = Vec.madd(p, t, v128.load32_splat(ERFCX, 8 * F));
    p = Vec.madd(p, t, v128.load32_splat(ERFCX, 7 * F));
    p = Vec.madd(p, t, v128.load32_splat(ERFCX, 6 * F));
    p = Vec.madd(p, t, v128.load32_splat(ERFCX, 5 * F));
    p = Vec.madd(p, t, v128.load32_splat(ERFCX, 4 * F));
    p = Vec.madd(p, t, v128.load32_splat(ERFCX, 3 * F));
    p = Vec.madd(p, t, v128.load32_splat(ERFCX, 2 * F));
    p = Vec.madd(p, t, v128.load32_splat(ERFCX, F));
    p = Vec.madd(p, t, v128.load32_splat(ERFCX));
    p = f32x4.mul(p, v128.load32_splat(ERFCX, HALF));
    const square = f32x4.mul(f32x4.mul(x, x), v128.load32_splat(ERFCX, HALF));
    const tail = f32x4.mul(p, Vec.exp(f32x4.neg(square)));
    return v128.bitselect(tail, f32x4.sub(v128.load32_splat(LOG), tail), f32x4.lt(x, f32x4.splat(0)));
  }

  /** The sum of the four lanes, always in the same order. */
  @inline
  static sum(x: v128): f32 {
    return f32x4.extract_lane(x, 0) + f32x4.extract_lane(x, 1) + (f32x4.extract_lane(x, 2) + f32x4.extract_lane(x, 3));
  }

  /** The largest of the four lanes. */
  @inline
  static largest(x: v128): f32 {
    return max(
      max(f32x4.extract_lane(x, 0), f32x4.extract_lane(x, 1)),
      max(f32x4.extract_lane(x, 2), f32x4.extract_lane(x, 3)),
    );
  }
}

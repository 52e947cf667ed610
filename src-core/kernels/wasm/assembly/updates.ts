/**
 * Optimizer steps over n floats, n a multiple of 4. Padding has gradient 0 and so stays as it is. All return 0, or NaN where
 * a number of the tensor is not finite afterwards: that is so wherever a gradient was not.
 */
import { State } from './state';
import { Vec } from './vec';

/** b^n for whole n ≥ 0 by repeated squaring: the same bits wherever a run was interrupted. */
function power(b: f64, n: f64): f64 {
  let result: f64 = 1;
  let left = <u64>n;
  while (left > 0) {
    if (left & 1) result *= b;
    b *= b;
    left >>= 1;
  }
  return result;
}

/** 1 − β₁ᵗ and 1 − β₂ᵗ, kept from panel to panel of a step. */
class Corrections {
  static t: f64 = 0;
  static beta1: f64 = 0;
  static beta2: f64 = 0;
  static first: f64 = 0;
  static second: f64 = 0;

  static of(t: f64, beta1: f64, beta2: f64): void {
    if (t === Corrections.t && beta1 === Corrections.beta1 && beta2 === Corrections.beta2) return;
    Corrections.t = t;
    Corrections.beta1 = beta1;
    Corrections.beta2 = beta2;
    Corrections.first = 1 - power(beta1, t);
    Corrections.second = 1 - power(beta2, t);
  }
}

export function sgd(w: usize, g: usize, n: i32): f32 {
  const rate = f32x4.splat(<f32>State.learningRate);
  const end = w + ((<usize>n) << 2);
  const zero = f32x4.splat(0);
  let bad = zero; // ±0, or NaN wherever one was met
  for (; w < end; w += 16) {
    const weight = Vec.nmadd(v128.load(g), rate, v128.load(w));
    v128.store(w, weight);
    bad = v128.or(bad, f32x4.mul(weight, zero));
    g += 16;
  }
  return Vec.sum(bad);
}

export function momentum(w: usize, g: usize, v: usize, n: i32, keep: f32, nesterov: bool): f32 {
  const rate = f32x4.splat(<f32>State.learningRate);
  const mu = f32x4.splat(keep);
  const end = w + ((<usize>n) << 2);
  const zero = f32x4.splat(0);
  let bad = zero; // ±0, or NaN wherever one was met
  for (; w < end; w += 16) {
    const gradient = v128.load(g);
    const velocity = Vec.madd(mu, v128.load(v), gradient);
    v128.store(v, velocity);
    const direction = nesterov ? Vec.madd(mu, velocity, gradient) : velocity;
    const weight = Vec.nmadd(direction, rate, v128.load(w));
    v128.store(w, weight);
    bad = v128.or(bad, f32x4.mul(weight, zero));
    g += 16;
    v += 16;
  }
  return Vec.sum(bad);
}

export function adagrad(w: usize, g: usize, s: usize, n: i32, epsilon: f32): f32 {
  const rate = f32x4.splat(<f32>State.learningRate);
  const tiny = f32x4.splat(epsilon);
  const end = w + ((<usize>n) << 2);
  const zero = f32x4.splat(0);
  let bad = zero; // ±0, or NaN wherever one was met
  for (; w < end; w += 16) {
    const gradient = v128.load(g);
    const sum = Vec.madd(gradient, gradient, v128.load(s));
    v128.store(s, sum);
    const step = f32x4.div(f32x4.mul(rate, gradient), f32x4.add(f32x4.sqrt(sum), tiny));
    const weight = f32x4.sub(v128.load(w), step);
    v128.store(w, weight);
    bad = v128.or(bad, f32x4.mul(weight, zero));
    g += 16;
    s += 16;
  }
  return Vec.sum(bad);
}

export function rmsprop(w: usize, g: usize, v: usize, n: i32, rho: f32, rest: f32, epsilon: f32): f32 {
  const rate = f32x4.splat(<f32>State.learningRate);
  const keep = f32x4.splat(rho);
  const take = f32x4.splat(rest);
  const tiny = f32x4.splat(epsilon);
  const end = w + ((<usize>n) << 2);
  const zero = f32x4.splat(0);
  let bad = zero; // ±0, or NaN wherever one was met
  for (; w < end; w += 16) {
    const gradient = v128.load(g);
    const square = Vec.madd(keep, v128.load(v), f32x4.mul(take, f32x4.mul(gradient, gradient)));
    v128.store(v, square);
    const step = f32x4.div(f32x4.mul(rate, gradient), f32x4.add(f32x4.sqrt(square), tiny));
    const weight = f32x4.sub(v128.load(w), step);
    v128.store(w, weight);
    bad = v128.or(bad, f32x4.mul(weight, zero));
    g += 16;
    v += 16;
  }
  return Vec.sum(bad);
}

/** beta1, beta2, epsilon and weight decay in float64: the corrections of the first steps are differences of near numbers. */
export function adam(
  w: usize,
  g: usize,
  m: usize,
  v: usize,
  n: i32,
  beta1: f64,
  beta2: f64,
  epsilon: f64,
  decay: f64,
): f32 {
  Corrections.of(State.step + 1, beta1, beta2);
  const keepM = f32x4.splat(<f32>beta1);
  const takeM = f32x4.splat(<f32>(1 - beta1));
  const keepV = f32x4.splat(<f32>beta2);
  const takeV = f32x4.splat(<f32>(1 - beta2));
  const rate = f32x4.splat(<f32>(State.learningRate / Corrections.first));
  const correction = f32x4.splat(<f32>(1 / sqrt(Corrections.second)));
  const keepW = f32x4.splat(<f32>(1 - State.learningRate * decay));
  const tiny = f32x4.splat(<f32>epsilon);
  const end = w + ((<usize>n) << 2);
  const zero = f32x4.splat(0);
  let bad = zero; // ±0, or NaN wherever one was met
  for (; w < end; w += 16) {
    const gradient = v128.load(g);
    const mean = Vec.madd(keepM, v128.load(m), f32x4.mul(takeM, gradient));
    const square = Vec.madd(keepV, v128.load(v), f32x4.mul(takeV, f32x4.mul(gradient, gradient)));
    v128.store(m, mean);
    v128.store(v, square);
    const step = f32x4.div(f32x4.mul(rate, mean), Vec.madd(f32x4.sqrt(square), correction, tiny));
    const weight = f32x4.sub(f32x4.mul(keepW, v128.load(w)), step);
    v128.store(w, weight);
    bad = v128.or(bad, f32x4.mul(weight, zero));
    g += 16;
    m += 16;
    v += 16;
  }
  return Vec.sum(bad);
}

/** See optimizers/delta-bar-delta.ts; the first step uses the learning rate and remembers its gradient. */
export function deltaBarDelta(
  w: usize,
  g: usize,
  rates: usize,
  averages: usize,
  n: i32,
  kappa: f32,
  phi: f32,
  theta: f32,
): f32 {
  const isFirst = State.step === 0;
  let bad: f32 = 0;
  for (let i = 0; i < n; i++) {
    const gradient = load<f32>(g);
    const average = isFirst ? gradient : load<f32>(averages);
    const agreement: f32 = isFirst ? 0 : gradient * average;
    let rate = isFirst ? <f32>State.learningRate : load<f32>(rates);
    if (agreement > 0) rate += kappa;
    else if (agreement < 0) rate *= phi;
    store<f32>(rates, rate);
    store<f32>(averages, (1 - theta) * gradient + theta * average);
    const weight = load<f32>(w) - rate * gradient;
    store<f32>(w, weight);
    bad += weight * 0;
    w += 4;
    g += 4;
    rates += 4;
    averages += 4;
  }
  return bad;
}

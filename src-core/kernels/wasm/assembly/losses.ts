/** Losses of each row and their gradients. A row is `outer` stretches of n numbers, ld bytes apart; padding is masked out. */
import {
  LOSS_SQUARED_ERROR,
  LOSS_ABSOLUTE_ERROR,
  LOSS_HUBER_ERROR,
  LOSS_HINGE_ERROR,
  LOSS_BINARY_CROSS_ENTROPY,
  LOSS_SIGMOID_CROSS_ENTROPY,
  LOSS_CROSS_ENTROPY,
} from './generated/opcodes';
import { Vec } from './vec';

const C: usize = memory.data<f32>([1, 2, 0.5, 1e-7]);
/** Four masks: all lanes, the first one, two, three. */
const MASKS: usize = memory.data<i32>([-1, -1, -1, -1, -1, 0, 0, 0, -1, -1, 0, 0, -1, -1, -1, 0], 16);

class Lanes {
  /** Lanes that count when `left` numbers are left. */
  @inline
  static mask(left: i32): v128 {
    return v128.load(MASKS + (left >= 4 ? 0 : (<usize>left) << 4));
  }
}

class Term {
  @inline
  static value(kind: i32, o: v128, t: v128, delta: v128): v128 {
    const one = v128.load32_splat(C);
    const zero = f32x4.splat(0);
    const d = f32x4.sub(o, t);
    if (kind === LOSS_SQUARED_ERROR) return f32x4.mul(d, d);
    if (kind === LOSS_ABSOLUTE_ERROR) return f32x4.abs(d);
    if (kind === LOSS_HUBER_ERROR) {
      const distance = f32x4.abs(d);
      const half = v128.load32_splat(C, 8);
      const near = f32x4.mul(half, f32x4.mul(d, d));
      const far = f32x4.mul(delta, f32x4.sub(distance, f32x4.mul(half, delta)));
      return v128.bitselect(near, far, f32x4.le(distance, delta));
    }
    if (kind === LOSS_HINGE_ERROR) {
      const sign = f32x4.sub(f32x4.add(t, t), one);
      return f32x4.pmax(f32x4.sub(one, f32x4.mul(sign, o)), zero);
    }
    if (kind === LOSS_BINARY_CROSS_ENTROPY) {
      const yes = Term.clippedLog(o);
      const no = Term.clippedLog(f32x4.sub(one, o)); // 1 − o is exact near 1, 1 − 1e-7 is not
      return f32x4.neg(f32x4.add(f32x4.mul(t, yes), f32x4.mul(f32x4.sub(one, t), no)));
    }
    if (kind === LOSS_CROSS_ENTROPY) return f32x4.neg(f32x4.mul(t, Term.clippedLog(o)));
    // LOSS_SIGMOID_CROSS_ENTROPY: max(z, 0) − z·t + ln(1 + e^−|z|)
    return f32x4.sub(Vec.softplus(o), f32x4.mul(o, t));
  }

  @inline
  static slope(kind: i32, o: v128, t: v128, delta: v128): v128 {
    const one = v128.load32_splat(C);
    const zero = f32x4.splat(0);
    const d = f32x4.sub(o, t);
    if (kind === LOSS_SQUARED_ERROR) return f32x4.add(d, d);
    if (kind === LOSS_ABSOLUTE_ERROR) {
      return f32x4.sub(v128.and(one, f32x4.gt(d, zero)), v128.and(one, f32x4.lt(d, zero)));
    }
    if (kind === LOSS_HUBER_ERROR) return f32x4.pmax(f32x4.pmin(d, delta), f32x4.neg(delta));
    if (kind === LOSS_HINGE_ERROR) {
      const sign = f32x4.sub(f32x4.add(t, t), one);
      return v128.and(f32x4.neg(sign), f32x4.lt(f32x4.mul(sign, o), one));
    }
    if (kind === LOSS_BINARY_CROSS_ENTROPY) {
      const rest = f32x4.sub(one, o);
      return v128.and(f32x4.div(d, f32x4.mul(o, rest)), Term.isInside(o, rest));
    }
    if (kind === LOSS_CROSS_ENTROPY) {
      return v128.and(f32x4.neg(f32x4.div(t, o)), Term.isInside(o, f32x4.sub(one, o)));
    }
    return f32x4.sub(Vec.sigmoid(o), t);
  }

  /** Probabilities strictly inside the clip let the gradient through. */
  @inline
  static isInside(p: v128, rest: v128): v128 {
    const clip = v128.load32_splat(C, 12);
    return v128.and(f32x4.ge(p, clip), f32x4.ge(rest, clip));
  }

  /** ln of p clipped to [1e-7, 1 − 1e-7]; ln(1 − 1e-7) is −1e-7. */
  @inline
  static clippedLog(p: v128): v128 {
    const clip = v128.load32_splat(C, 12);
    return f32x4.pmin(Vec.log(f32x4.pmax(p, clip)), f32x4.neg(clip));
  }

  /** `rowLosses` for one kind of element-wise loss. */
  @inline
  static rows(
    kind: i32,
    o: usize,
    t: usize,
    rows: i32,
    outer: i32,
    n: i32,
    ld: usize,
    rowStride: usize,
    share: f32,
    delta: v128,
    loss: usize,
    g: usize,
    dx: usize,
  ): void {
    for (let row = 0; row < rows; row++) {
      const factor = f32x4.splat(dx === 0 ? 0 : load<f32>(g) * share);
      let sum = f32x4.splat(0);
      for (let r = 0; r < outer; r++) {
        const start = <usize>r * ld;
        for (let i = 0; i < n; i += 4) {
          const at = start + ((<usize>i) << 2);
          const mask = Lanes.mask(n - i);
          const x = v128.load(o + at);
          const y = v128.load(t + at);
          if (loss !== 0) sum = f32x4.add(sum, v128.and(Term.value(kind, x, y, delta), mask));
          if (dx !== 0) v128.store(dx + at, v128.and(f32x4.mul(factor, Term.slope(kind, x, y, delta)), mask));
        }
      }
      if (loss !== 0) {
        store<f32>(loss, Vec.sum(sum) * share);
        loss += 4;
      }
      o += rowStride;
      t += rowStride;
      if (dx !== 0) {
        dx += rowStride;
        g += 4;
      }
    }
  }
}

/** Loss of one example from its logits, Σ t·(ln Σ e^z − z); leaves share·(Σt·softmax − t) in dx, where dx is not 0. */
function softmaxExample(z: usize, t: usize, dx: usize, n: i32, share: f32): f32 {
  let most = v128.load(z);
  for (let i = 0; i < n; i += 4) {
    const mask = Lanes.mask(n - i);
    const x = v128.load(z + ((<usize>i) << 2));
    most = f32x4.max(most, v128.bitselect(x, most, mask));
  }
  // With fewer than four logits the first vector holds padding: take it from the lanes that count.
  const shift = f32x4.splat(n >= 4 ? Vec.largest(most) : largestOfFew(z, n));
  let sum = f32x4.splat(0);
  let weight = f32x4.splat(0);
  for (let i = 0; i < n; i += 4) {
    const mask = Lanes.mask(n - i);
    const at = (<usize>i) << 2;
    sum = f32x4.add(sum, v128.and(Vec.exp(f32x4.sub(v128.load(z + at), shift)), mask));
    weight = f32x4.add(weight, v128.and(v128.load(t + at), mask));
  }
  const total = Vec.sum(sum);
  const weightOfAll = Vec.sum(weight);
  const log = Vec.log(f32x4.splat(total));
  let loss = f32x4.splat(0);
  const scale = f32x4.splat((share * weightOfAll) / total);
  const factor = f32x4.splat(share);
  for (let i = 0; i < n; i += 4) {
    const mask = Lanes.mask(n - i);
    const at = (<usize>i) << 2;
    const distance = f32x4.sub(shift, v128.load(z + at));
    const target = v128.load(t + at);
    loss = f32x4.add(loss, v128.and(f32x4.mul(target, f32x4.add(distance, log)), mask));
    if (dx !== 0) {
      const slope = f32x4.sub(f32x4.mul(Vec.exp(f32x4.neg(distance)), scale), f32x4.mul(target, factor));
      v128.store(dx + at, v128.and(slope, mask));
    }
  }
  return Vec.sum(loss);
}

function largestOfFew(z: usize, n: i32): f32 {
  let most = load<f32>(z);
  for (let i = 1; i < n; i++) most = max(most, load<f32>(z + ((<usize>i) << 2)));
  return most;
}

/**
 * Loss of every row of the batch (where `loss` is not 0), and (where dx is not 0) its gradient times `g[row]`.
 * `share`: 1 over the numbers a row's loss is the mean of.
 */
export function rowLosses(
  kind: i32,
  o: usize,
  t: usize,
  rows: i32,
  outer: i32,
  n: i32,
  ld: usize,
  rowStride: usize,
  share: f32,
  delta: f32,
  loss: usize,
  g: usize,
  dx: usize,
): void {
  const d = f32x4.splat(delta);
  switch (kind) {
    case LOSS_SQUARED_ERROR:
      return Term.rows(LOSS_SQUARED_ERROR, o, t, rows, outer, n, ld, rowStride, share, d, loss, g, dx);
    case LOSS_ABSOLUTE_ERROR:
      return Term.rows(LOSS_ABSOLUTE_ERROR, o, t, rows, outer, n, ld, rowStride, share, d, loss, g, dx);
    case LOSS_HUBER_ERROR:
      return Term.rows(LOSS_HUBER_ERROR, o, t, rows, outer, n, ld, rowStride, share, d, loss, g, dx);
    case LOSS_HINGE_ERROR:
      return Term.rows(LOSS_HINGE_ERROR, o, t, rows, outer, n, ld, rowStride, share, d, loss, g, dx);
    case LOSS_BINARY_CROSS_ENTROPY:
      return Term.rows(LOSS_BINARY_CROSS_ENTROPY, o, t, rows, outer, n, ld, rowStride, share, d, loss, g, dx);
    case LOSS_CROSS_ENTROPY:
      return Term.rows(LOSS_CROSS_ENTROPY, o, t, rows, outer, n, ld, rowStride, share, d, loss, g, dx);
    case LOSS_SIGMOID_CROSS_ENTROPY:
      return Term.rows(LOSS_SIGMOID_CROSS_ENTROPY, o, t, rows, outer, n, ld, rowStride, share, d, loss, g, dx);
    default:
      return softmaxRows(o, t, rows, outer, n, ld, rowStride, share, loss, g, dx);
  }
}

function softmaxRows(
  o: usize,
  t: usize,
  rows: i32,
  outer: i32,
  n: i32,
  ld: usize,
  rowStride: usize,
  share: f32,
  loss: usize,
  g: usize,
  dx: usize,
): void {
  for (let row = 0; row < rows; row++) {
    const factor: f32 = dx === 0 ? 0 : load<f32>(g) * share;
    let value: f32 = 0;
    for (let r = 0; r < outer; r++) {
      const at = <usize>r * ld;
      value += softmaxExample(o + at, t + at, dx === 0 ? 0 : dx + at, n, factor);
    }
    if (loss !== 0) {
      store<f32>(loss, value * share);
      loss += 4;
    }
    o += rowStride;
    t += rowStride;
    if (dx !== 0) {
      dx += rowStride;
      g += 4;
    }
  }
}

/** Softmax over each of `rows` rows of n. */
export function softmax(x: usize, y: usize, rows: i32, n: i32, ld: usize): void {
  for (let r = 0; r < rows; r++) {
    let most = load<f32>(x);
    for (let i = 1; i < n; i++) most = max(most, load<f32>(x + ((<usize>i) << 2)));
    const shift = f32x4.splat(most);
    let sum = f32x4.splat(0);
    for (let i = 0; i < n; i += 4) {
      const at = (<usize>i) << 2;
      const e = v128.and(Vec.exp(f32x4.sub(v128.load(x + at), shift)), Lanes.mask(n - i));
      v128.store(y + at, e);
      sum = f32x4.add(sum, e);
    }
    const scale = f32x4.splat(1 / Vec.sum(sum));
    for (let i = 0; i < n; i += 4) {
      const at = (<usize>i) << 2;
      v128.store(y + at, f32x4.mul(v128.load(y + at), scale));
    }
    x += ld;
    y += ld;
  }
}

/** y_i·(g_i − Σ g·y). */
export function softmaxGradient(y: usize, g: usize, dx: usize, rows: i32, n: i32, ld: usize): void {
  for (let r = 0; r < rows; r++) {
    let dot = f32x4.splat(0);
    for (let i = 0; i < n; i += 4) {
      const at = (<usize>i) << 2;
      const product = f32x4.mul(v128.load(y + at), v128.load(g + at));
      dot = f32x4.add(dot, v128.and(product, Lanes.mask(n - i)));
    }
    const shift = f32x4.splat(Vec.sum(dot));
    for (let i = 0; i < n; i += 4) {
      const at = (<usize>i) << 2;
      const slope = f32x4.mul(v128.load(y + at), f32x4.sub(v128.load(g + at), shift));
      v128.store(dx + at, v128.and(slope, Lanes.mask(n - i)));
    }
    y += ld;
    g += ld;
    dx += ld;
  }
}

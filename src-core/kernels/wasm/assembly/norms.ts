/** Norms: per channel over all rows of a matrix [rows × n], or within blocks of a row. Strides in bytes. */
import { Vec } from './vec';

/** y = x·w, channel by channel; n a multiple of 4. */
export function channelScale(x: usize, w: usize, y: usize, rows: i32, n: i32, ld: usize): void {
  const bytes = (<usize>n) << 2;
  for (let r = 0; r < rows; r++) {
    for (let at: usize = 0; at < bytes; at += 16) {
      v128.store(y + at, f32x4.mul(v128.load(x + at), v128.load(w + at)));
    }
    x += ld;
    y += ld;
  }
}

/** Σ a·b per channel over the rows. */
export function channelDot(a: usize, b: usize, sum: usize, rows: i32, n: i32, ld: usize): void {
  for (let at: usize = 0; at < (<usize>n) << 2; at += 16) {
    let s = f32x4.splat(0);
    for (let r = 0; r < rows; r++) {
      const row = <usize>r * ld + at;
      s = Vec.madd(v128.load(a + row), v128.load(b + row), s);
    }
    v128.store(sum + at, s);
  }
}

/** y = (x − mean)/√(variance + epsilon) with the channel's own mean and biased variance; two passes, so that nothing cancels. */
export function normalizeChannels(
  x: usize,
  y: usize,
  means: usize,
  variances: usize,
  rows: i32,
  n: i32,
  ld: usize,
  epsilon: f32,
): void {
  const share = f32x4.splat(1 / <f32>rows);
  for (let at: usize = 0; at < (<usize>n) << 2; at += 16) {
    let sum = f32x4.splat(0);
    for (let r = 0; r < rows; r++) sum = f32x4.add(sum, v128.load(x + at + <usize>r * ld));
    const mean = f32x4.mul(sum, share);
    let squares = f32x4.splat(0);
    for (let r = 0; r < rows; r++) {
      const d = f32x4.sub(v128.load(x + at + <usize>r * ld), mean);
      squares = Vec.madd(d, d, squares);
    }
    const variance = f32x4.mul(squares, share);
    v128.store(means + at, mean);
    v128.store(variances + at, variance);
    const factor = Inverse.root(variance, epsilon);
    for (let r = 0; r < rows; r++) {
      const row = <usize>r * ld + at;
      v128.store(y + row, f32x4.mul(f32x4.sub(v128.load(x + row), mean), factor));
    }
  }
}

class Inverse {
  @inline
  static root(variance: v128, epsilon: f32): v128 {
    return f32x4.div(f32x4.splat(1), f32x4.sqrt(f32x4.add(variance, f32x4.splat(epsilon))));
  }
}

/** dx = (g − mean(g) − y·mean(g·y))/√(variance + epsilon) per channel. */
export function normalizeChannelsGradient(
  y: usize,
  variances: usize,
  g: usize,
  dx: usize,
  rows: i32,
  n: i32,
  ld: usize,
  epsilon: f32,
): void {
  const share = f32x4.splat(1 / <f32>rows);
  for (let at: usize = 0; at < (<usize>n) << 2; at += 16) {
    let sum = f32x4.splat(0);
    let dot = f32x4.splat(0);
    for (let r = 0; r < rows; r++) {
      const row = <usize>r * ld + at;
      const slope = v128.load(g + row);
      sum = f32x4.add(sum, slope);
      dot = Vec.madd(slope, v128.load(y + row), dot);
    }
    const mean = f32x4.mul(sum, share);
    const along = f32x4.mul(dot, share);
    const factor = Inverse.root(v128.load(variances + at), epsilon);
    for (let r = 0; r < rows; r++) {
      const row = <usize>r * ld + at;
      const centred = Vec.nmadd(v128.load(y + row), along, f32x4.sub(v128.load(g + row), mean));
      v128.store(dx + row, f32x4.mul(centred, factor));
    }
  }
}

/** y = (x − mean)/√(variance + epsilon) with given statistics. */
export function normalizeWith(
  x: usize,
  means: usize,
  variances: usize,
  y: usize,
  rows: i32,
  n: i32,
  ld: usize,
  epsilon: f32,
): void {
  for (let at: usize = 0; at < (<usize>n) << 2; at += 16) {
    const mean = v128.load(means + at);
    const factor = Inverse.root(v128.load(variances + at), epsilon);
    for (let r = 0; r < rows; r++) {
      const row = <usize>r * ld + at;
      v128.store(y + row, f32x4.mul(f32x4.sub(v128.load(x + row), mean), factor));
    }
  }
}

/** running = (1 − momentum)·running + momentum·new, the variance unbiased by count/(count − 1); exactly n numbers. */
export function runningUpdate(
  runningMean: usize,
  runningVariance: usize,
  means: usize,
  variances: usize,
  n: i32,
  count: i32,
  momentum: f32,
): void {
  const unbias = <f32>(<f64>count / <f64>(count - 1));
  for (let at: usize = 0; at < (<usize>n) << 2; at += 4) {
    const mean = load<f32>(runningMean + at);
    const variance = load<f32>(runningVariance + at);
    store<f32>(runningMean + at, (1 - momentum) * mean + momentum * load<f32>(means + at));
    store<f32>(runningVariance + at, (1 - momentum) * variance + momentum * unbias * load<f32>(variances + at));
  }
}

/** A block of a row: `lines` runs of `width` neighbours, `line` bytes apart. */
class Block {
  static lines: i32 = 0;
  static width: i32 = 0;
  static line: usize = 0;
}

export function setBlock(lines: i32, width: i32, line: usize): void {
  Block.lines = lines;
  Block.width = width;
  Block.line = line;
}

/** One block to mean 0 and variance 1; leaves 1/√(variance + epsilon) in `inverse`. Sums in float64. */
export function normalizeBlock(x: usize, y: usize, inverse: usize, epsilon: f64): void {
  const count = <f64>(Block.lines * Block.width);
  const bytes = (<usize>Block.width) << 2;
  let sum: f64 = 0;
  for (let i = 0; i < Block.lines; i++) {
    const start = x + <usize>i * Block.line;
    for (let at = start; at < start + bytes; at += 4) sum += <f64>load<f32>(at);
  }
  const mean = sum / count;
  let squares: f64 = 0;
  for (let i = 0; i < Block.lines; i++) {
    const start = x + <usize>i * Block.line;
    for (let at = start; at < start + bytes; at += 4) {
      const d = <f64>load<f32>(at) - mean;
      squares += d * d;
    }
  }
  const factor = 1 / sqrt(squares / count + epsilon);
  store<f32>(inverse, <f32>factor);
  for (let i = 0; i < Block.lines; i++) {
    const start = <usize>i * Block.line;
    for (let at = start; at < start + bytes; at += 4) {
      store<f32>(y + at, <f32>((<f64>load<f32>(x + at) - mean) * factor));
    }
  }
}

/** dx = s·(g − mean(g) − y·mean(g·y)) over one block. */
export function normalizeBlockGradient(y: usize, inverse: usize, g: usize, dx: usize): void {
  const count = <f64>(Block.lines * Block.width);
  const bytes = (<usize>Block.width) << 2;
  let sum: f64 = 0;
  let dot: f64 = 0;
  for (let i = 0; i < Block.lines; i++) {
    const start = <usize>i * Block.line;
    for (let at = start; at < start + bytes; at += 4) {
      const slope = <f64>load<f32>(g + at);
      sum += slope;
      dot += slope * <f64>load<f32>(y + at);
    }
  }
  const factor = <f64>load<f32>(inverse);
  for (let i = 0; i < Block.lines; i++) {
    const start = <usize>i * Block.line;
    for (let at = start; at < start + bytes; at += 4) {
      const centred = <f64>load<f32>(g + at) - sum / count - (<f64>load<f32>(y + at) * dot) / count;
      store<f32>(dx + at, <f32>(factor * centred));
    }
  }
}

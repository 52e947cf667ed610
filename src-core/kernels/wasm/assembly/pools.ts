/** Pools over images [H][W][C], four channels at a time (or one channel alone). Padding never wins and is never counted. */

/** Lengths of one pool: set once per command, read by the loops. */
class Window {
  static height: i32 = 0;
  static width: i32 = 0;
  static rows: i32 = 0;
  static columns: i32 = 0;
  static kernelDown: i32 = 0;
  static kernelAcross: i32 = 0;
  static strideDown: i32 = 0;
  static strideAcross: i32 = 0;
  static above: i32 = 0;
  static before: i32 = 0;
  static channels: i32 = 0;
}

export function setWindow(
  height: i32,
  width: i32,
  rows: i32,
  columns: i32,
  kernelDown: i32,
  kernelAcross: i32,
  strideDown: i32,
  strideAcross: i32,
  above: i32,
  before: i32,
  channels: i32,
): void {
  Window.height = height;
  Window.width = width;
  Window.rows = rows;
  Window.columns = columns;
  Window.kernelDown = kernelDown;
  Window.kernelAcross = kernelAcross;
  Window.strideDown = strideDown;
  Window.strideAcross = strideAcross;
  Window.above = above;
  Window.before = before;
  Window.channels = channels;
}

class Span {
  /** The part of the present window that lies inside the image. */
  static top: i32 = 0;
  static bottom: i32 = 0;
  static left: i32 = 0;
  static right: i32 = 0;

  static at(i: i32, j: i32): void {
    const top = i * Window.strideDown - Window.above;
    const left = j * Window.strideAcross - Window.before;
    Span.top = max(top, 0);
    Span.left = max(left, 0);
    Span.bottom = min(top + Window.kernelDown, Window.height);
    Span.right = min(left + Window.kernelAcross, Window.width);
  }
}

class Lane {
  /** One pixel's numbers from `at` on: four channels, or the only one in the first lane. */
  @inline
  static load(at: usize, isOne: bool): v128 {
    return isOne ? v128.load32_zero(at) : v128.load(at);
  }

  @inline
  static store(at: usize, x: v128, isOne: bool): void {
    if (isOne) store<f32>(at, f32x4.extract_lane(x, 0));
    else v128.store(at, x);
  }
}

class Pool {
  @inline
  static largest(x: usize, isOne: bool): v128 {
    const line = (<usize>(Window.width * Window.channels)) << 2;
    const pixel = (<usize>Window.channels) << 2;
    let most = Lane.load(x + <usize>Span.top * line + <usize>Span.left * pixel, isOne);
    for (let i = Span.top; i < Span.bottom; i++) {
      let at = x + <usize>i * line + <usize>Span.left * pixel;
      for (let j = Span.left; j < Span.right; j++) {
        most = f32x4.pmax(most, Lane.load(at, isOne));
        at += pixel;
      }
    }
    return most;
  }

  @inline
  static forward(x: usize, y: usize, isOne: bool): void {
    const step: i32 = isOne ? 1 : 4;
    for (let i = 0; i < Window.rows; i++) {
      for (let j = 0; j < Window.columns; j++) {
        Span.at(i, j);
        for (let c = 0; c < Window.channels; c += step) {
          Lane.store(y + ((<usize>c) << 2), Pool.largest(x + ((<usize>c) << 2), isOne), isOne);
        }
        y += (<usize>Window.channels) << 2;
      }
    }
  }

  @inline
  static backward(x: usize, g: usize, dx: usize, isOne: bool): void {
    const step: i32 = isOne ? 1 : 4;
    const line = (<usize>(Window.width * Window.channels)) << 2;
    const pixel = (<usize>Window.channels) << 2;
    for (let i = 0; i < Window.rows; i++) {
      for (let j = 0; j < Window.columns; j++) {
        Span.at(i, j);
        for (let c = 0; c < Window.channels; c += step) {
          const offset = (<usize>c) << 2;
          const most = Pool.largest(x + offset, isOne);
          let left = Lane.load(g + offset, isOne);
          for (let u = Span.top; u < Span.bottom; u++) {
            let at = offset + <usize>u * line + <usize>Span.left * pixel;
            for (let v = Span.left; v < Span.right; v++) {
              const wins = f32x4.eq(Lane.load(x + at, isOne), most);
              const sum = f32x4.add(Lane.load(dx + at, isOne), v128.and(left, wins));
              Lane.store(dx + at, sum, isOne);
              left = v128.andnot(left, wins); // a tie goes to the first
              at += pixel;
            }
          }
        }
        g += pixel;
      }
    }
  }

  @inline
  static mean(x: usize, y: usize, isOne: bool): void {
    const step: i32 = isOne ? 1 : 4;
    const line = (<usize>(Window.width * Window.channels)) << 2;
    const pixel = (<usize>Window.channels) << 2;
    for (let i = 0; i < Window.rows; i++) {
      for (let j = 0; j < Window.columns; j++) {
        Span.at(i, j);
        const share = f32x4.splat(1 / <f32>((Span.bottom - Span.top) * (Span.right - Span.left)));
        for (let c = 0; c < Window.channels; c += step) {
          let sum = f32x4.splat(0);
          for (let u = Span.top; u < Span.bottom; u++) {
            let at = x + ((<usize>c) << 2) + <usize>u * line + <usize>Span.left * pixel;
            for (let v = Span.left; v < Span.right; v++) {
              sum = f32x4.add(sum, Lane.load(at, isOne));
              at += pixel;
            }
          }
          Lane.store(y + ((<usize>c) << 2), f32x4.mul(sum, share), isOne);
        }
        y += pixel;
      }
    }
  }

  @inline
  static meanBackward(g: usize, dx: usize, isOne: bool): void {
    const step: i32 = isOne ? 1 : 4;
    const line = (<usize>(Window.width * Window.channels)) << 2;
    const pixel = (<usize>Window.channels) << 2;
    for (let i = 0; i < Window.rows; i++) {
      for (let j = 0; j < Window.columns; j++) {
        Span.at(i, j);
        const share = f32x4.splat(1 / <f32>((Span.bottom - Span.top) * (Span.right - Span.left)));
        for (let c = 0; c < Window.channels; c += step) {
          const part = f32x4.mul(Lane.load(g + ((<usize>c) << 2), isOne), share);
          for (let u = Span.top; u < Span.bottom; u++) {
            let at = dx + ((<usize>c) << 2) + <usize>u * line + <usize>Span.left * pixel;
            for (let v = Span.left; v < Span.right; v++) {
              Lane.store(at, f32x4.add(Lane.load(at, isOne), part), isOne);
              at += pixel;
            }
          }
        }
        g += pixel;
      }
    }
  }
}

/** One image; the window is the one set before. */
export function maxPool(x: usize, y: usize): void {
  if (Window.channels === 1) Pool.forward(x, y, true);
  else Pool.forward(x, y, false);
}

export function maxPoolGradient(x: usize, g: usize, dx: usize): void {
  memory.fill(dx, 0, (<usize>(Window.height * Window.width * Window.channels)) << 2);
  if (Window.channels === 1) Pool.backward(x, g, dx, true);
  else Pool.backward(x, g, dx, false);
}

export function meanPool(x: usize, y: usize): void {
  if (Window.channels === 1) Pool.mean(x, y, true);
  else Pool.mean(x, y, false);
}

export function meanPoolGradient(g: usize, dx: usize): void {
  memory.fill(dx, 0, (<usize>(Window.height * Window.width * Window.channels)) << 2);
  if (Window.channels === 1) Pool.meanBackward(g, dx, true);
  else Pool.meanBackward(g, dx, false);
}

/** One image under windows of 2×2 that do not overlap; channels are a multiple of 4. */
export function maxPoolTwo(x: usize, y: usize): void {
  const pixel = (<usize>Window.channels) << 2;
  const line = <usize>Window.width * pixel;
  for (let i = 0; i < Window.rows; i++) {
    let at = x + <usize>(2 * i) * line;
    for (let j = 0; j < Window.columns; j++) {
      for (let c: usize = 0; c < pixel; c += 16) {
        const top = f32x4.pmax(v128.load(at + c), v128.load(at + pixel + c));
        const bottom = f32x4.pmax(v128.load(at + line + c), v128.load(at + line + pixel + c));
        v128.store(y + c, f32x4.pmax(top, bottom));
      }
      at += 2 * pixel;
      y += pixel;
    }
  }
}

/**
 * The gradient of such a pool and of the relu before it in one: dx takes g where x is the first largest of its window and
 * positive, and `sum` (where not 0) grows by what dx took.
 */
export function maxPoolTwoSlope(x: usize, g: usize, dx: usize, sum: usize): void {
  const pixel = (<usize>Window.channels) << 2;
  const line = <usize>Window.width * pixel;
  const zero = f32x4.splat(0);
  const isCovered = Window.height === 2 * Window.rows && Window.width === 2 * Window.columns;
  if (!isCovered) memory.fill(dx, 0, <usize>Window.height * line);
  for (let i = 0; i < Window.rows; i++) {
    const start = <usize>(2 * i) * line;
    let at = x + start;
    let to = dx + start;
    for (let j = 0; j < Window.columns; j++) {
      for (let c: usize = 0; c < pixel; c += 16) {
        const a = v128.load(at + c);
        const b = v128.load(at + pixel + c);
        const d = v128.load(at + line + c);
        const e = v128.load(at + line + pixel + c);
        const most = f32x4.pmax(f32x4.pmax(a, b), f32x4.pmax(d, e));
        let left = v128.and(v128.load(g + c), f32x4.gt(most, zero));
        if (sum !== 0) v128.store(sum + c, f32x4.add(v128.load(sum + c), left));
        let wins = f32x4.eq(a, most);
        v128.store(to + c, v128.and(left, wins));
        left = v128.andnot(left, wins);
        wins = f32x4.eq(b, most);
        v128.store(to + pixel + c, v128.and(left, wins));
        left = v128.andnot(left, wins);
        wins = f32x4.eq(d, most);
        v128.store(to + line + c, v128.and(left, wins));
        v128.store(to + line + pixel + c, v128.andnot(left, wins));
      }
      at += 2 * pixel;
      to += 2 * pixel;
      g += pixel;
    }
  }
}

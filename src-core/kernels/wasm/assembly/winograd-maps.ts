/** Winograd's transform of products to 2×2 outputs a tile, and its adjoint. */

/** The two rows of Aᵀ times four numbers, of which each leaves one out. */
class Sum {
  @inline
  static first(a: v128, b: v128, c: v128): v128 {
    return f32x4.add(f32x4.add(a, b), c);
  }

  @inline
  static second(b: v128, c: v128, d: v128): v128 {
    return f32x4.sub(f32x4.sub(b, c), d);
  }
}

/** Y = Aᵀ·M·A plus bias, nothing below `low` in it; rows and columns beyond the image are dropped. */
export function transformMaps(
  m: usize,
  y: usize,
  bias: usize,
  low: f32,
  tilesAcross: i32,
  rows: i32,
  columns: i32,
  filters: i32,
  plane: usize,
): void {
  const pixel = (<usize>filters) << 2;
  const line = <usize>columns * pixel;
  const bound = f32x4.splat(low);
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
        const r00 = Sum.first(a, b, c);
        const r10 = Sum.second(b, c, d);
        from += plane;
        a = v128.load(from);
        b = v128.load(from + 4 * plane);
        c = v128.load(from + 8 * plane);
        d = v128.load(from + 12 * plane);
        const r01 = Sum.first(a, b, c);
        const r11 = Sum.second(b, c, d);
        from += plane;
        a = v128.load(from);
        b = v128.load(from + 4 * plane);
        c = v128.load(from + 8 * plane);
        d = v128.load(from + 12 * plane);
        const r02 = Sum.first(a, b, c);
        const r12 = Sum.second(b, c, d);
        from += plane;
        a = v128.load(from);
        b = v128.load(from + 4 * plane);
        c = v128.load(from + 8 * plane);
        d = v128.load(from + 12 * plane);
        const r03 = Sum.first(a, b, c);
        const r13 = Sum.second(b, c, d);
        const start = v128.load(bias + q);
        const at = to + q;
        const left = f32x4.add(Sum.first(r00, r01, r02), start);
        v128.store(at, f32x4.pmax(left, bound));
        if (hasRight) {
          const right = f32x4.add(Sum.second(r01, r02, r03), start);
          v128.store(at + pixel, f32x4.pmax(right, bound));
        }
        if (hasBelow) {
          const below = f32x4.add(Sum.first(r10, r11, r12), start);
          v128.store(at + line, f32x4.pmax(below, bound));
          if (hasRight) {
            const corner = f32x4.add(Sum.second(r11, r12, r13), start);
            v128.store(at + line + pixel, f32x4.pmax(corner, bound));
          }
        }
      }
      m += pixel;
    }
  }
}

class Spread {
  /** (p, p + q, p − q, −q) into four planes: a row of A times two vectors, along the other axis. */
  @inline
  static row(p: v128, q: v128, to: usize, plane: usize): void {
    v128.store(to, p);
    v128.store(to + plane, f32x4.add(p, q));
    v128.store(to + 2 * plane, f32x4.sub(p, q));
    v128.store(to + 3 * plane, f32x4.neg(q));
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
        const a = v128.load(at);
        const b = hasRight ? v128.load(at + pixel) : zero;
        const c = hasBelow ? v128.load(at + line) : zero;
        const d = hasBelow && hasRight ? v128.load(at + line + pixel) : zero;
        const to = m + q;
        Spread.row(a, b, to, plane);
        Spread.row(f32x4.add(a, c), f32x4.add(b, d), to + 4 * plane, plane);
        Spread.row(f32x4.sub(a, c), f32x4.sub(b, d), to + 8 * plane, plane);
        Spread.row(f32x4.neg(c), f32x4.neg(d), to + 12 * plane, plane);
      }
      m += pixel;
    }
  }
}

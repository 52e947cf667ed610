/**
 * Winograd's convolution F(2×2, 3×3) for stride 1: 16 products where the sums would take 36. Source: Lavin and Gray, 2016.
 * An image is cut into tiles of 2×2 outputs; of every tile there are 16 transformed numbers per channel, kept in 16
 * planes [tile][channel], so that each plane is one matrix product. All three passes stay in that domain. Here: the
 * transform of images and its adjoint.
 */

/**
 * V = Bᵀ·d·B for every tile of a bordered image with `line` bytes a row. `plane`: bytes from plane to plane. Written out in
 * full: every number is read once, which row by row, with a third of the lines, took half as long again.
 */
export function transformImage(
  x: usize,
  v: usize,
  tilesDown: i32,
  tilesAcross: i32,
  channels: i32,
  line: usize,
  plane: usize,
): void {
  const pixel = (<usize>channels) << 2;
  for (let ty = 0; ty < tilesDown; ty++) {
    for (let tx = 0; tx < tilesAcross; tx++) {
      const from = x + <usize>(ty * 2) * line + <usize>(tx * 2) * pixel;
      for (let q: usize = 0; q < pixel; q += 16) {
        let at = from + q;
        let a = v128.load(at);
        let b = v128.load(at + line);
        let c = v128.load(at + 2 * line);
        let d = v128.load(at + 3 * line);
        const p00 = f32x4.sub(a, c);
        const p10 = f32x4.add(b, c);
        const p20 = f32x4.sub(c, b);
        const p30 = f32x4.sub(b, d);
        at += pixel;
        a = v128.load(at);
        b = v128.load(at + line);
        c = v128.load(at + 2 * line);
        d = v128.load(at + 3 * line);
        const p01 = f32x4.sub(a, c);
        const p11 = f32x4.add(b, c);
        const p21 = f32x4.sub(c, b);
        const p31 = f32x4.sub(b, d);
        at += pixel;
        a = v128.load(at);
        b = v128.load(at + line);
        c = v128.load(at + 2 * line);
        d = v128.load(at + 3 * line);
        const p02 = f32x4.sub(a, c);
        const p12 = f32x4.add(b, c);
        const p22 = f32x4.sub(c, b);
        const p32 = f32x4.sub(b, d);
        at += pixel;
        a = v128.load(at);
        b = v128.load(at + line);
        c = v128.load(at + 2 * line);
        d = v128.load(at + 3 * line);
        const p03 = f32x4.sub(a, c);
        const p13 = f32x4.add(b, c);
        const p23 = f32x4.sub(c, b);
        const p33 = f32x4.sub(b, d);
        const to = v + q;
        Patch.forward(p00, p01, p02, p03, to, plane);
        Patch.forward(p10, p11, p12, p13, to + 4 * plane, plane);
        Patch.forward(p20, p21, p22, p23, to + 8 * plane, plane);
        Patch.forward(p30, p31, p32, p33, to + 12 * plane, plane);
      }
      v += pixel;
    }
  }
}

/** Rows of Bᵀ and of B; `row` is always a constant, so that one line of each is compiled. */
class Patch {
  /** Bᵀ times four numbers, each into the next plane. */
  @inline
  static forward(a: v128, b: v128, c: v128, d: v128, to: usize, plane: usize): void {
    v128.store(to, f32x4.sub(a, c));
    v128.store(to + plane, f32x4.add(b, c));
    v128.store(to + 2 * plane, f32x4.sub(c, b));
    v128.store(to + 3 * plane, f32x4.sub(b, d));
  }

  /** Row `row` of B times the four vectors `step` apart from `at` on. */
  @inline
  static rowBack(row: i32, at: usize, step: usize): v128 {
    if (row === 0) return v128.load(at);
    if (row === 3) return f32x4.neg(v128.load(at + 3 * step));
    const b = v128.load(at + step);
    const c = v128.load(at + 2 * step);
    if (row === 1) return f32x4.add(f32x4.sub(b, c), v128.load(at + 3 * step));
    return f32x4.sub(f32x4.add(b, c), v128.load(at));
  }

  /** Adds row `row` of B·V·Bᵀ to the four pixels from `to` on; the planes of a column are 4 apart. */
  @inline
  static backward(row: i32, at: usize, plane: usize, to: usize, pixel: usize): void {
    const a = Patch.rowBack(row, at, 4 * plane);
    const b = Patch.rowBack(row, at + plane, 4 * plane);
    const c = Patch.rowBack(row, at + 2 * plane, 4 * plane);
    const d = Patch.rowBack(row, at + 3 * plane, 4 * plane);
    v128.store(to, f32x4.add(v128.load(to), a));
    to += pixel;
    v128.store(to, f32x4.add(v128.load(to), f32x4.add(f32x4.sub(b, c), d)));
    to += pixel;
    v128.store(to, f32x4.add(v128.load(to), f32x4.sub(f32x4.add(b, c), a)));
    to += pixel;
    v128.store(to, f32x4.sub(v128.load(to), d));
  }
}

/** The adjoint: d += B·V·Bᵀ, added into a bordered plane that starts at zero. */
export function transformImageBack(
  v: usize,
  x: usize,
  tilesDown: i32,
  tilesAcross: i32,
  channels: i32,
  line: usize,
  plane: usize,
): void {
  const pixel = (<usize>channels) << 2;
  for (let ty = 0; ty < tilesDown; ty++) {
    let to = x + <usize>(ty * 2) * line;
    for (let tx = 0; tx < tilesAcross; tx++) {
      for (let q: usize = 0; q < pixel; q += 16) {
        const at = v + q;
        Patch.backward(0, at, plane, to + q, pixel);
        Patch.backward(1, at, plane, to + q + line, pixel);
        Patch.backward(2, at, plane, to + q + 2 * line, pixel);
        Patch.backward(3, at, plane, to + q + 3 * line, pixel);
      }
      to += 2 * pixel;
      v += pixel;
    }
  }
}

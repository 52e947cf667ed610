/** Packing: B in panels of eight or four columns, A in groups of a tile's rows, along K. All strides in bytes. */

/** B stored [k][n]: eight columns from `from`. */
export function packRows8(to: usize, from: usize, k: i32, stride: usize): void {
  const end = to + ((<usize>k) << 5);
  while (to < end) {
    v128.store(to, v128.load(from));
    v128.store(to, v128.load(from, 16), 16);
    to += 32;
    from += stride;
  }
}

/** B stored [k][n]: four columns from `from`. */
export function packRows4(to: usize, from: usize, k: i32, stride: usize): void {
  const end = to + ((<usize>k) << 4);
  while (to < end) {
    v128.store(to, v128.load(from));
    to += 16;
    from += stride;
  }
}

class Block {
  /** Writes the transpose of a 4×4 block, rows `toStride` apart. */
  @inline
  static transpose(to: usize, toStride: usize, from: usize, stride: usize): void {
    const r0 = v128.load(from);
    const r1 = v128.load(from + stride);
    const r2 = v128.load(from + 2 * stride);
    const r3 = v128.load(from + 3 * stride);
    const t0 = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5);
    const t1 = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7);
    const t2 = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5);
    const t3 = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
    v128.store(to, v128.shuffle<f32>(t0, t2, 0, 1, 4, 5));
    v128.store(to + toStride, v128.shuffle<f32>(t0, t2, 2, 3, 6, 7));
    v128.store(to + 2 * toStride, v128.shuffle<f32>(t1, t3, 0, 1, 4, 5));
    v128.store(to + 3 * toStride, v128.shuffle<f32>(t1, t3, 2, 3, 6, 7));
  }

  /** The transpose of a 2×4 block. */
  @inline
  static transposePair(to: usize, toStride: usize, from: usize, stride: usize): void {
    const r0 = v128.load(from);
    const r1 = v128.load(from + stride);
    const low = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5);
    const high = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7);
    v128.store64_lane(to, low, 0);
    v128.store64_lane(to + toStride, low, 1);
    v128.store64_lane(to + 2 * toStride, high, 0);
    v128.store64_lane(to + 3 * toStride, high, 1);
  }
}

/**
 * B stored [n][k]: eight of its rows become columns; reads and writes whole blocks of four along k. `next`: bytes from one
 * group of eight numbers along k to the next.
 */
export function packColumns8(to: usize, from: usize, k: i32, stride: usize, next: usize): void {
  const end = to + ((<usize>k) << 5);
  for (; to < end; to += 256) {
    Block.transpose(to, 32, from, stride);
    Block.transpose(to + 16, 32, from + 4 * stride, stride);
    if (to + 128 < end) {
      Block.transpose(to + 128, 32, from + 16, stride);
      Block.transpose(to + 144, 32, from + 16 + 4 * stride, stride);
    }
    from += next;
  }
}

/** The same with four rows. */
export function packColumns4(to: usize, from: usize, k: i32, stride: usize, next: usize): void {
  const end = to + ((<usize>k) << 4);
  for (; to < end; to += 128) {
    Block.transpose(to, 16, from, stride);
    if (to + 64 < end) Block.transpose(to + 64, 16, from + 16, stride);
    from += next;
  }
}

/**
 * A stored [k][m]: `count` columns from `from` in groups of `height`, each group [k][height], so that a tile reads
 * neighbours instead of one short piece of every row.
 */
export function packColumnGroups(to: usize, from: usize, k: i32, stride: usize, count: i32, height: i32): void {
  const step = (<usize>height) << 2;
  for (let i = 0; i < count; i += height) {
    const isWhole = i + height <= count;
    let at = from + ((<usize>i) << 2);
    for (let p = 0; p < k; p++) {
      if (isWhole) {
        v128.store(to, v128.load(at));
        if (height === 6) store<u64>(to, load<u64>(at, 16), 16);
      } else for (let q = 0; q < count - i; q++) store<f32>(to + ((<usize>q) << 2), load<f32>(at + ((<usize>q) << 2)));
      at += stride;
      to += step;
    }
  }
}

/** A stored [m][k]: `count` rows from `from` in the same groups: a tile reads one run instead of a piece of every row. */
export function packRowGroups(to: usize, from: usize, k: i32, stride: usize, count: i32, height: i32): void {
  const step = (<usize>height) << 2;
  for (let i = 0; i < count; i += height) {
    const isWhole = i + height <= count;
    const wholes = isWhole ? k & ~3 : 0;
    let at = from + <usize>i * stride;
    for (let p = 0; p < wholes; p += 4) {
      Block.transpose(to, step, at, stride);
      if (height === 6) Block.transposePair(to + 16, step, at + 4 * stride, stride);
      at += 16;
      to += 4 * step;
    }
    for (let p = wholes; p < k; p++) {
      for (let q = 0; q < min(height, count - i); q++) {
        store<f32>(to + ((<usize>q) << 2), load<f32>(at + <usize>q * stride));
      }
      at += 4;
      to += step;
    }
  }
}

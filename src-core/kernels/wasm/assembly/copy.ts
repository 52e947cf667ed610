/** Copies between layouts: reshaping, joining, cutting and embedding. Strides in bytes. */

/** Copies `rows` × a × b × c numbers; the innermost are neighbours on both sides where both inner strides are 4. */
export function copyBlocks(
  from: usize,
  to: usize,
  rows: i32,
  fromRow: usize,
  toRow: usize,
  a: i32,
  fromA: usize,
  toA: usize,
  b: i32,
  fromB: usize,
  toB: usize,
  c: i32,
  fromC: usize,
  toC: usize,
): void {
  const isRun = fromC === 4 && toC === 4;
  if (isRun && a === 1 && b === 1 && c <= 16) return copyShortRows(from, to, rows, fromRow, toRow, c);
  for (let row = 0; row < rows; row++) {
    for (let i = 0; i < a; i++) {
      for (let j = 0; j < b; j++) {
        const source = from + <usize>i * fromA + <usize>j * fromB;
        const target = to + <usize>i * toA + <usize>j * toB;
        if (isRun) memory.copy(target, source, (<usize>c) << 2);
        else for (let k = 0; k < c; k++) store<f32>(target + <usize>k * toC, load<f32>(source + <usize>k * fromC));
      }
    }
    from += fromRow;
    to += toRow;
  }
}

/** Rows of a few numbers each: a call per row would cost more than the row. */
function copyShortRows(from: usize, to: usize, rows: i32, fromRow: usize, toRow: usize, count: i32): void {
  if (count === 1 || count === 2) {
    for (let row = 0; row < rows; row++) {
      if (count === 1) store<f32>(to, load<f32>(from));
      else store<u64>(to, load<u64>(from));
      from += fromRow;
      to += toRow;
    }
    return;
  }
  for (let row = 0; row < rows; row++) {
    for (let i: usize = 0; i < (<usize>count) << 2; i += 4) store<f32>(to + i, load<f32>(from + i));
    from += fromRow;
    to += toRow;
  }
}

/** Copies the rows numbered in `order` (from position `first`) one after the other; `stride` is a multiple of 4. */
export function gatherRows(from: usize, to: usize, order: usize, count: i32, stride: usize): void {
  for (let i = 0; i < count; i++) {
    let source = from + <usize>load<u32>(order) * stride;
    order += 4;
    if (stride >= 256) {
      memory.copy(to, source, stride);
      to += stride;
    } else {
      const end = to + stride;
      for (; to + 16 <= end; to += 16) {
        v128.store(to, v128.load(source));
        source += 16;
      }
      for (; to < end; to += 4) {
        store<f32>(to, load<f32>(source));
        source += 4;
      }
    }
  }
}

/** y = the rows of w that the ids name; false when an id is no whole number below `vocabulary`. */
export function embed(
  ids: usize,
  w: usize,
  y: usize,
  rows: i32,
  outer: i32,
  idStride: usize,
  ld: usize,
  yStride: usize,
  vocabulary: i32,
): bool {
  let isGood = true;
  for (let row = 0; row < rows; row++) {
    for (let o = 0; o < outer; o++) {
      const id = load<f32>(ids + ((<usize>o) << 2));
      const known = id >= 0 && id < <f32>vocabulary && floor(id) === id;
      if (!known) isGood = false;
      memory.copy(y + <usize>o * ld, w + (known ? <usize>(<i32>id) * ld : 0), ld);
    }
    ids += idStride;
    y += yStride;
  }
  return isGood;
}

/** dw[id] += g, over all ids of the batch; dw starts at zero. */
export function embedGradient(
  ids: usize,
  g: usize,
  dw: usize,
  rows: i32,
  outer: i32,
  idStride: usize,
  ld: usize,
  gStride: usize,
  vocabulary: i32,
): void {
  memory.fill(dw, 0, <usize>vocabulary * ld);
  for (let row = 0; row < rows; row++) {
    for (let o = 0; o < outer; o++) {
      const id = load<f32>(ids + ((<usize>o) << 2));
      if (!(id >= 0 && id < <f32>vocabulary)) continue; // the forward pass has noted it: nothing beside dw is touched
      const to = dw + <usize>(<i32>id) * ld;
      const from = g + <usize>o * ld;
      for (let at: usize = 0; at < ld; at += 16) {
        v128.store(to + at, f32x4.add(v128.load(to + at), v128.load(from + at)));
      }
    }
    ids += idStride;
    g += gStride;
  }
}

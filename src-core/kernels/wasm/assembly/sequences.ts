/**
 * Recurrent layers: one product per moment for all rows of the batch, then the gates element by element. Rows know nothing
 * of one another, so every thread goes through time with its own.
 */
import { gemm } from './gemm';
import { Arg, State } from './state';
import { Share } from './threads';
import { Vec } from './vec';

/** Rows that tiles of products take at a time. */
const TILE_ROWS: i32 = 6;

class Scalar {
  @inline
  static sigmoid(x: f32): f32 {
    return f32x4.extract_lane(Vec.sigmoid(f32x4.splat(x)), 0);
  }

  @inline
  static tanh(x: f32): f32 {
    return f32x4.extract_lane(Vec.tanh(f32x4.splat(x)), 0);
  }
}

/** A sequence operand in three words: address, bytes from row to row of the batch, bytes from moment to moment. */
class Sequence {
  @inline
  static at(pc: usize, index: i32, row: i32, time: i32): usize {
    return Arg.address(pc, index) + <usize>row * Arg.address(pc, index + 1) + <usize>time * Arg.address(pc, index + 2);
  }
}

/** c [rows × n] = start + a [rows × k]·wᵀ, w stored [n][k]. */
function forwardProduct(
  rows: i32,
  n: i32,
  k: i32,
  a: usize,
  lda: usize,
  w: usize,
  ldw: usize,
  c: usize,
  ldc: usize,
  from: usize,
  fromStride: usize,
): void {
  gemm(false, true, 0, rows, (n + 3) & ~3, k, a, lda, w, ldw, c, ldc, from, fromStride, State.scratch);
}

/** carried [rows × units] = d [rows × gates]·w, w stored [gates][units]. */
function carryBack(
  rows: i32,
  units: i32,
  gates: i32,
  d: usize,
  ldd: usize,
  w: usize,
  ldw: usize,
  carried: usize,
  ldc: usize,
  zeros: usize,
): void {
  gemm(false, false, 0, rows, (units + 3) & ~3, gates, d, ldd, w, ldw, carried, ldc, zeros, 0, State.scratch);
}

/** rows*, time, units, x, h (three words each), w, ldw, b. */
export function simpleRnn(pc: usize): void {
  Share.of(Arg.count(pc, 0), TILE_ROWS);
  const first = Share.first;
  const last = Share.last;
  if (first === last) return;
  const units = Arg.int(pc, 3);
  const b = Arg.address(pc, 12);
  for (let t = 0; t < Arg.int(pc, 2); t++) {
    const from = t === 0 ? 4 : 7; // the first moment has nothing before it
    if (t > 0) {
      const before = Sequence.at(pc, 7, first, t - 1);
      const stride = Arg.address(pc, 8);
      const x = Sequence.at(pc, 4, first, t);
      forwardProduct(
        last - first,
        units,
        units,
        before,
        stride,
        Arg.address(pc, 10),
        Arg.address(pc, 11),
        Sequence.at(pc, 7, first, t),
        stride,
        x,
        Arg.address(pc, 5),
      );
    }
    for (let row = first; row < last; row++) {
      const source = Sequence.at(pc, from, row, t);
      const h = Sequence.at(pc, 7, row, t);
      for (let at: usize = 0; at < (<usize>units) << 2; at += 4) {
        store<f32>(h + at, Scalar.tanh(load<f32>(source + at) + load<f32>(b + at)));
      }
    }
  }
}

/** rows*, time, units, h, g, d (three words each), w, ldw, carried, its stride, zeros. */
export function simpleRnnGradient(pc: usize): void {
  Share.of(Arg.count(pc, 0), TILE_ROWS);
  const first = Share.first;
  const last = Share.last;
  if (first === last) return;
  const units = Arg.int(pc, 3);
  const end = Arg.int(pc, 2) - 1;
  for (let t = end; t >= 0; t--) {
    for (let row = first; row < last; row++) {
      const h = Sequence.at(pc, 4, row, t);
      const g = Sequence.at(pc, 7, row, t);
      const d = Sequence.at(pc, 10, row, t);
      const carried = Arg.address(pc, 15) + <usize>row * Arg.address(pc, 16);
      for (let at: usize = 0; at < (<usize>units) << 2; at += 4) {
        const value = load<f32>(h + at);
        const later: f32 = t === end ? 0 : load<f32>(carried + at);
        store<f32>(d + at, (load<f32>(g + at) + later) * (1 - value * value));
      }
    }
    const d = Sequence.at(pc, 10, first, t);
    carryBack(
      last - first,
      units,
      units,
      d,
      Arg.address(pc, 11),
      Arg.address(pc, 13),
      Arg.address(pc, 14),
      Arg.address(pc, 15) + <usize>first * Arg.address(pc, 16),
      Arg.address(pc, 16),
      Arg.address(pc, 17),
    );
  }
}

/** rows*, time, units, x, h, gates, cells (three words each), w, ldw, b. Gates: input, forget, candidate, output. */
export function lstm(pc: usize): void {
  Share.of(Arg.count(pc, 0), TILE_ROWS);
  const first = Share.first;
  const last = Share.last;
  if (first === last) return;
  const units = Arg.int(pc, 3);
  const b = Arg.address(pc, 18);
  const part = (<usize>units) << 2;
  for (let t = 0; t < Arg.int(pc, 2); t++) {
    const from = t === 0 ? 4 : 10;
    if (t > 0) {
      const x = Sequence.at(pc, 4, first, t);
      forwardProduct(
        last - first,
        4 * units,
        units,
        Sequence.at(pc, 7, first, t - 1),
        Arg.address(pc, 8),
        Arg.address(pc, 16),
        Arg.address(pc, 17),
        Sequence.at(pc, 10, first, t),
        Arg.address(pc, 11),
        x,
        Arg.address(pc, 5),
      );
    }
    for (let row = first; row < last; row++) {
      const source = Sequence.at(pc, from, row, t);
      const gates = Sequence.at(pc, 10, row, t);
      const cells = Sequence.at(pc, 13, row, t);
      const h = Sequence.at(pc, 7, row, t);
      for (let at: usize = 0; at < part; at += 4) {
        const i = Scalar.sigmoid(load<f32>(source + at) + load<f32>(b + at));
        const f = Scalar.sigmoid(load<f32>(source + part + at) + load<f32>(b + part + at));
        const c = Scalar.tanh(load<f32>(source + 2 * part + at) + load<f32>(b + 2 * part + at));
        const o = Scalar.sigmoid(load<f32>(source + 3 * part + at) + load<f32>(b + 3 * part + at));
        store<f32>(gates + at, i);
        store<f32>(gates + part + at, f);
        store<f32>(gates + 2 * part + at, c);
        store<f32>(gates + 3 * part + at, o);
        const before: f32 = t === 0 ? 0 : load<f32>(Sequence.at(pc, 13, row, t - 1) + at);
        const cell = i * c + f * before;
        store<f32>(cells + at, cell);
        store<f32>(h + at, o * Scalar.tanh(cell));
      }
    }
  }
}

/** rows*, time, units, gates, cells, g, d (three words each), w, ldw, carried, its stride, carried cell, zeros. */
export function lstmGradient(pc: usize): void {
  Share.of(Arg.count(pc, 0), TILE_ROWS);
  const first = Share.first;
  const last = Share.last;
  if (first === last) return;
  const units = Arg.int(pc, 3);
  const part = (<usize>units) << 2;
  const end = Arg.int(pc, 2) - 1;
  const stride = Arg.address(pc, 19);
  for (let t = end; t >= 0; t--) {
    for (let row = first; row < last; row++) {
      const gates = Sequence.at(pc, 4, row, t);
      const cells = Sequence.at(pc, 7, row, t);
      const g = Sequence.at(pc, 10, row, t);
      const d = Sequence.at(pc, 13, row, t);
      const carried = Arg.address(pc, 18) + <usize>row * stride;
      const carriedCell = Arg.address(pc, 20) + <usize>row * stride;
      for (let at: usize = 0; at < part; at += 4) {
        const i = load<f32>(gates + at);
        const f = load<f32>(gates + part + at);
        const c = load<f32>(gates + 2 * part + at);
        const o = load<f32>(gates + 3 * part + at);
        const bent = Scalar.tanh(load<f32>(cells + at));
        const later: f32 = t === end ? 0 : load<f32>(carried + at);
        const laterCell: f32 = t === end ? 0 : load<f32>(carriedCell + at);
        const gradient = load<f32>(g + at) + later;
        const cell = laterCell + gradient * o * (1 - bent * bent);
        const before: f32 = t === 0 ? 0 : load<f32>(Sequence.at(pc, 7, row, t - 1) + at);
        store<f32>(d + at, cell * c * i * (1 - i));
        store<f32>(d + part + at, cell * before * f * (1 - f));
        store<f32>(d + 2 * part + at, cell * i * (1 - c * c));
        store<f32>(d + 3 * part + at, gradient * bent * o * (1 - o));
        store<f32>(carriedCell + at, cell * f);
      }
    }
    const d = Sequence.at(pc, 13, first, t);
    carryBack(
      last - first,
      units,
      4 * units,
      d,
      Arg.address(pc, 14),
      Arg.address(pc, 16),
      Arg.address(pc, 17),
      Arg.address(pc, 18) + <usize>first * stride,
      stride,
      Arg.address(pc, 21),
    );
  }
}

/** rows*, time, units, x, h, gates (three words each), w, ldw, b, hidden part, its stride. Gates: reset, update, candidate, its hidden part. */
export function gru(pc: usize): void {
  Share.of(Arg.count(pc, 0), TILE_ROWS);
  const first = Share.first;
  const last = Share.last;
  if (first === last) return;
  const units = Arg.int(pc, 3);
  const part = (<usize>units) << 2;
  const b = Arg.address(pc, 15);
  for (let t = 0; t < Arg.int(pc, 2); t++) {
    if (t > 0) {
      forwardProduct(
        last - first,
        3 * units,
        units,
        Sequence.at(pc, 7, first, t - 1),
        Arg.address(pc, 8),
        Arg.address(pc, 13),
        Arg.address(pc, 14),
        Arg.address(pc, 16) + <usize>first * Arg.address(pc, 17),
        Arg.address(pc, 17),
        b,
        0,
      );
    }
    for (let row = first; row < last; row++) {
      const x = Sequence.at(pc, 4, row, t);
      const h = Sequence.at(pc, 7, row, t);
      const gates = Sequence.at(pc, 10, row, t);
      const hidden = t === 0 ? b : Arg.address(pc, 16) + <usize>row * Arg.address(pc, 17);
      for (let at: usize = 0; at < part; at += 4) {
        const r = Scalar.sigmoid(load<f32>(x + at) + load<f32>(hidden + at));
        const z = Scalar.sigmoid(load<f32>(x + part + at) + load<f32>(hidden + part + at));
        const inner = load<f32>(hidden + 2 * part + at);
        const n = Scalar.tanh(load<f32>(x + 2 * part + at) + r * inner);
        store<f32>(gates + at, r);
        store<f32>(gates + part + at, z);
        store<f32>(gates + 2 * part + at, n);
        store<f32>(gates + 3 * part + at, inner);
        const before: f32 = t === 0 ? 0 : load<f32>(Sequence.at(pc, 7, row, t - 1) + at);
        store<f32>(h + at, (1 - z) * n + z * before);
      }
    }
  }
}

/** rows*, time, units, gates, h, g, from input, from hidden (three words each), w, ldw, carried, its stride, direct, zeros. */
export function gruGradient(pc: usize): void {
  Share.of(Arg.count(pc, 0), TILE_ROWS);
  const first = Share.first;
  const last = Share.last;
  if (first === last) return;
  const units = Arg.int(pc, 3);
  const part = (<usize>units) << 2;
  const end = Arg.int(pc, 2) - 1;
  const stride = Arg.address(pc, 22);
  for (let t = end; t >= 0; t--) {
    for (let row = first; row < last; row++) {
      const gates = Sequence.at(pc, 4, row, t);
      const g = Sequence.at(pc, 10, row, t);
      const fromInput = Sequence.at(pc, 13, row, t);
      const fromHidden = Sequence.at(pc, 16, row, t);
      const carried = Arg.address(pc, 21) + <usize>row * stride;
      const direct = Arg.address(pc, 23) + <usize>row * stride;
      for (let at: usize = 0; at < part; at += 4) {
        const r = load<f32>(gates + at);
        const z = load<f32>(gates + part + at);
        const n = load<f32>(gates + 2 * part + at);
        const inner = load<f32>(gates + 3 * part + at);
        const later: f32 = t === end ? 0 : load<f32>(carried + at) + load<f32>(direct + at);
        const gradient = load<f32>(g + at) + later;
        const before: f32 = t === 0 ? 0 : load<f32>(Sequence.at(pc, 7, row, t - 1) + at);
        const candidate = gradient * (1 - z) * (1 - n * n);
        const reset = candidate * inner * r * (1 - r);
        const update = gradient * (before - n) * z * (1 - z);
        store<f32>(fromInput + at, reset);
        store<f32>(fromInput + part + at, update);
        store<f32>(fromInput + 2 * part + at, candidate);
        store<f32>(fromHidden + at, reset);
        store<f32>(fromHidden + part + at, update);
        store<f32>(fromHidden + 2 * part + at, candidate * r);
        store<f32>(direct + at, gradient * z);
      }
    }
    const d = Sequence.at(pc, 16, first, t);
    carryBack(
      last - first,
      units,
      3 * units,
      d,
      Arg.address(pc, 17),
      Arg.address(pc, 19),
      Arg.address(pc, 20),
      Arg.address(pc, 21) + <usize>first * stride,
      stride,
      Arg.address(pc, 24),
    );
  }
}

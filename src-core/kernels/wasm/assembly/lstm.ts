/** Long short-term memory, forwards and back through time. Gates: input, forget, candidate, output. */
import { carryBack, forwardProduct, Lanes, Matrix, Rows, Sequence } from './sequences';
import { Arg } from './state';
import { Vec } from './vec';

/** rows*, time, units, x, h, gates, cells (three words each), w, ldw, b. */
export function lstm(pc: usize): void {
  if (!Rows.take(pc)) return;
  const first = Rows.first;
  const units = Arg.int(pc, 3);
  for (let t = 0; t < Arg.int(pc, 2); t++) {
    if (t > 0) {
      const before = Sequence.at(pc, 7, first, t - 1);
      const gates = Sequence.at(pc, 10, first, t);
      const x = Sequence.at(pc, 4, first, t);
      const ldc = Arg.address(pc, 11);
      forwardProduct(pc, 16, 4 * units, units, before, Arg.address(pc, 8), gates, ldc, x, Arg.address(pc, 5));
    }
    for (let row = first; row < Rows.last; row++) moment(pc, row, t);
  }
}

/** Gates, cell and output of a row. */
function moment(pc: usize, row: i32, t: i32): void {
  const part = (<usize>Arg.int(pc, 3)) << 2;
  const b = Arg.address(pc, 18);
  const source = Sequence.at(pc, t === 0 ? 4 : 10, row, t);
  const gates = Sequence.at(pc, 10, row, t);
  const cells = Sequence.at(pc, 13, row, t);
  const cellsBefore = Sequence.at(pc, 13, row, t - 1); // read from the second moment on
  const h = Sequence.at(pc, 7, row, t);
  for (let at: usize = 0; at < part;) {
    const step = Lanes.step(part - at);
    const i = Vec.sigmoid(Lanes.sum(source + at, b + at, step));
    const f = Vec.sigmoid(Lanes.sum(source + part + at, b + part + at, step));
    const c = Vec.tanh(Lanes.sum(source + 2 * part + at, b + 2 * part + at, step));
    const o = Vec.sigmoid(Lanes.sum(source + 3 * part + at, b + 3 * part + at, step));
    Lanes.store(gates + at, i, step);
    Lanes.store(gates + part + at, f, step);
    Lanes.store(gates + 2 * part + at, c, step);
    Lanes.store(gates + 3 * part + at, o, step);
    const before = t === 0 ? f32x4.splat(0) : Lanes.load(cellsBefore + at, step);
    const cell = f32x4.add(f32x4.mul(i, c), f32x4.mul(f, before));
    Lanes.store(cells + at, cell, step);
    Lanes.store(h + at, f32x4.mul(o, Vec.tanh(cell)), step);
    at += step;
  }
}

/** rows*, time, units, gates, cells, g, d (three words each), w, ldw, carried, its stride, carried cell, zeros. */
export function lstmGradient(pc: usize): void {
  if (!Rows.take(pc)) return;
  const units = Arg.int(pc, 3);
  for (let t = Arg.int(pc, 2) - 1; t >= 0; t--) {
    for (let row = Rows.first; row < Rows.last; row++) momentBack(pc, row, t);
    carryBack(pc, t, 4 * units, 13, 16, 21);
  }
}

function momentBack(pc: usize, row: i32, t: i32): void {
  const part = (<usize>Arg.int(pc, 3)) << 2;
  const isLast = t === Arg.int(pc, 2) - 1;
  const zero = f32x4.splat(0);
  const gates = Sequence.at(pc, 4, row, t);
  const cells = Sequence.at(pc, 7, row, t);
  const cellsBefore = Sequence.at(pc, 7, row, t - 1); // read from the second moment on
  const g = Sequence.at(pc, 10, row, t);
  const d = Sequence.at(pc, 13, row, t);
  const carried = Matrix.at(pc, 18, row);
  const carriedCell = Arg.address(pc, 20) + <usize>row * Arg.address(pc, 19);
  for (let at: usize = 0; at < part;) {
    const step = Lanes.step(part - at);
    const i = Lanes.load(gates + at, step);
    const f = Lanes.load(gates + part + at, step);
    const c = Lanes.load(gates + 2 * part + at, step);
    const o = Lanes.load(gates + 3 * part + at, step);
    const bent = Vec.tanh(Lanes.load(cells + at, step));
    const later = isLast ? zero : Lanes.load(carried + at, step);
    const laterCell = isLast ? zero : Lanes.load(carriedCell + at, step);
    const before = t === 0 ? zero : Lanes.load(cellsBefore + at, step);
    const gradient = f32x4.add(Lanes.load(g + at, step), later);
    const cell = f32x4.add(laterCell, Lanes.beforeTanh(f32x4.mul(gradient, o), bent));
    Lanes.store(d + at, Lanes.beforeSigmoid(f32x4.mul(cell, c), i), step);
    Lanes.store(d + part + at, Lanes.beforeSigmoid(f32x4.mul(cell, before), f), step);
    Lanes.store(d + 2 * part + at, Lanes.beforeTanh(f32x4.mul(cell, i), c), step);
    Lanes.store(d + 3 * part + at, Lanes.beforeSigmoid(f32x4.mul(gradient, bent), o), step);
    Lanes.store(carriedCell + at, f32x4.mul(cell, f), step);
    at += step;
  }
}

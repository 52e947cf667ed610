/** Gated recurrent units, forwards and back through time. Gates: reset, update, candidate, its hidden part. */
import { carryBack, forwardProduct, Lanes, Matrix, Rows, Sequence } from './sequences';
import { Arg } from './state';
import { Vec } from './vec';

/** rows*, time, units, x, h, gates (three words each), w, ldw, b, hidden part, its stride. */
export function gru(pc: usize): void {
  if (!Rows.take(pc)) return;
  const first = Rows.first;
  const units = Arg.int(pc, 3);
  for (let t = 0; t < Arg.int(pc, 2); t++) {
    if (t > 0) {
      const before = Sequence.at(pc, 7, first, t - 1);
      const hidden = Matrix.at(pc, 16, first);
      const b = Arg.address(pc, 15);
      forwardProduct(pc, 13, 3 * units, units, before, Arg.address(pc, 8), hidden, Arg.address(pc, 17), b, 0);
    }
    for (let row = first; row < Rows.last; row++) moment(pc, row, t);
  }
}

/** Gates and output of a row. */
function moment(pc: usize, row: i32, t: i32): void {
  const part = (<usize>Arg.int(pc, 3)) << 2;
  const x = Sequence.at(pc, 4, row, t);
  const h = Sequence.at(pc, 7, row, t);
  const hBefore = Sequence.at(pc, 7, row, t - 1); // read from the second moment on
  const gates = Sequence.at(pc, 10, row, t);
  const hidden = t === 0 ? Arg.address(pc, 15) : Matrix.at(pc, 16, row);
  for (let at: usize = 0; at < part;) {
    const step = Lanes.step(part - at);
    const r = Vec.sigmoid(Lanes.sum(x + at, hidden + at, step));
    const z = Vec.sigmoid(Lanes.sum(x + part + at, hidden + part + at, step));
    const inner = Lanes.load(hidden + 2 * part + at, step);
    const n = Vec.tanh(f32x4.add(Lanes.load(x + 2 * part + at, step), f32x4.mul(r, inner)));
    Lanes.store(gates + at, r, step);
    Lanes.store(gates + part + at, z, step);
    Lanes.store(gates + 2 * part + at, n, step);
    Lanes.store(gates + 3 * part + at, inner, step);
    const before = t === 0 ? f32x4.splat(0) : Lanes.load(hBefore + at, step);
    Lanes.store(h + at, f32x4.add(f32x4.mul(Lanes.oneMinus(z), n), f32x4.mul(z, before)), step);
    at += step;
  }
}

/** rows*, time, units, gates, h, g, from input, from hidden (three words each), w, ldw, carried, its stride, direct, zeros. */
export function gruGradient(pc: usize): void {
  if (!Rows.take(pc)) return;
  const units = Arg.int(pc, 3);
  for (let t = Arg.int(pc, 2) - 1; t >= 0; t--) {
    for (let row = Rows.first; row < Rows.last; row++) momentBack(pc, row, t);
    carryBack(pc, t, 3 * units, 16, 19, 24);
  }
}

function momentBack(pc: usize, row: i32, t: i32): void {
  const part = (<usize>Arg.int(pc, 3)) << 2;
  const isLast = t === Arg.int(pc, 2) - 1;
  const zero = f32x4.splat(0);
  const gates = Sequence.at(pc, 4, row, t);
  const hBefore = Sequence.at(pc, 7, row, t - 1); // read from the second moment on
  const g = Sequence.at(pc, 10, row, t);
  const fromInput = Sequence.at(pc, 13, row, t);
  const fromHidden = Sequence.at(pc, 16, row, t);
  const carried = Matrix.at(pc, 21, row);
  const direct = Arg.address(pc, 23) + <usize>row * Arg.address(pc, 22);
  for (let at: usize = 0; at < part;) {
    const step = Lanes.step(part - at);
    const r = Lanes.load(gates + at, step);
    const z = Lanes.load(gates + part + at, step);
    const n = Lanes.load(gates + 2 * part + at, step);
    const inner = Lanes.load(gates + 3 * part + at, step);
    const later = isLast ? zero : Lanes.sum(carried + at, direct + at, step);
    const before = t === 0 ? zero : Lanes.load(hBefore + at, step);
    const gradient = f32x4.add(Lanes.load(g + at, step), later);
    const candidate = Lanes.beforeTanh(f32x4.mul(gradient, Lanes.oneMinus(z)), n);
    const reset = Lanes.beforeSigmoid(f32x4.mul(candidate, inner), r);
    const update = Lanes.beforeSigmoid(f32x4.mul(gradient, f32x4.sub(before, n)), z);
    Lanes.store(fromInput + at, reset, step);
    Lanes.store(fromInput + part + at, update, step);
    Lanes.store(fromInput + 2 * part + at, candidate, step);
    Lanes.store(fromHidden + at, reset, step);
    Lanes.store(fromHidden + part + at, update, step);
    Lanes.store(fromHidden + 2 * part + at, f32x4.mul(candidate, r), step);
    Lanes.store(direct + at, f32x4.mul(gradient, z), step);
    at += step;
  }
}

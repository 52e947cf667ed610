/** The plain recurrent layer: h = tanh(x + w·h before + b), and back through time. */
import { carryBack, forwardProduct, Lanes, Matrix, Rows, Sequence } from './sequences';
import { Arg } from './state';
import { Vec } from './vec';

/** rows*, time, units, x, h (three words each), w, ldw, b. */
export function simpleRnn(pc: usize): void {
  if (!Rows.take(pc)) return;
  const first = Rows.first;
  const units = Arg.int(pc, 3);
  const b = Arg.address(pc, 12);
  const part = (<usize>units) << 2;
  const stride = Arg.address(pc, 8);
  for (let t = 0; t < Arg.int(pc, 2); t++) {
    const from = t === 0 ? 4 : 7; // the first moment has nothing before it
    if (t > 0) {
      const before = Sequence.at(pc, 7, first, t - 1);
      const h = Sequence.at(pc, 7, first, t);
      const x = Sequence.at(pc, 4, first, t);
      forwardProduct(pc, 10, units, units, before, stride, h, stride, x, Arg.address(pc, 5));
    }
    for (let row = first; row < Rows.last; row++) {
      const source = Sequence.at(pc, from, row, t);
      const h = Sequence.at(pc, 7, row, t);
      for (let at: usize = 0; at < part;) {
        const step = Lanes.step(part - at);
        Lanes.store(h + at, Vec.tanh(Lanes.sum(source + at, b + at, step)), step);
        at += step;
      }
    }
  }
}

/** rows*, time, units, h, g, d (three words each), w, ldw, carried, its stride, zeros. */
export function simpleRnnGradient(pc: usize): void {
  if (!Rows.take(pc)) return;
  const units = Arg.int(pc, 3);
  const part = (<usize>units) << 2;
  const end = Arg.int(pc, 2) - 1;
  for (let t = end; t >= 0; t--) {
    for (let row = Rows.first; row < Rows.last; row++) {
      const h = Sequence.at(pc, 4, row, t);
      const g = Sequence.at(pc, 7, row, t);
      const d = Sequence.at(pc, 10, row, t);
      const carried = Matrix.at(pc, 15, row);
      for (let at: usize = 0; at < part;) {
        const step = Lanes.step(part - at);
        const now = Lanes.load(g + at, step);
        const gradient = t === end ? now : f32x4.add(now, Lanes.load(carried + at, step));
        Lanes.store(d + at, Lanes.beforeTanh(gradient, Lanes.load(h + at, step)), step);
        at += step;
      }
    }
    carryBack(pc, t, units, 10, 13, 17);
  }
}

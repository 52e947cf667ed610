/** The module's face: what TypeScript calls. */
import { run } from './interpreter';
import { State } from './state';
import { tanhAll } from './tanh';
import { Vec } from './vec';
export { gemm, panelGemm } from './gemm';
export { peak } from './peak';
export { clearFailure, failure } from './threads';
export { setLoop, setSource } from './loop';
export { predict } from './prediction';
export { end, serve, train } from './training';

/** Applies the vector function `which` to `count` floats in place: tests hold each error bound this way. */
export function apply(which: i32, from: usize, count: i32): void {
  if (which === 1) return tanhAll(from, from, count);
  for (let i = 0; i < count; i += 4) {
    const x = v128.load(from);
    v128.store(from, chosen(which, x));
    from += 16;
  }
}

function chosen(which: i32, x: v128): v128 {
  switch (which) {
    case 0:
      return Vec.exp(x);
    case 2:
      return Vec.sigmoid(x);
    case 3:
      return Vec.log(x);
    case 4:
      return Vec.log1p(x);
    case 5:
      return Vec.softplus(x);
    default:
      return Vec.normalCdf(x);
  }
}

/** Memory of this thread for packed panels and bordered images. */
export function setScratch(at: usize): void {
  State.scratch = at;
}

/** Runs the commands in [from, to) on a batch. */
export function runCommands(from: usize, to: usize, rows: i32, step: f64, learningRate: f64): void {
  State.setRows(rows);
  State.step = step;
  State.learningRate = learningRate;
  run(from, to);
}

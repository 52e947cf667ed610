/** Whole training steps, many in one call: gather, forward, check, backward, check, update, check. */
import { copyBlocks, gatherRows } from './copy';
import { run } from './interpreter';
import { State } from './state';

/** Where the sections' commands and the numbers read between them lie; written once by the session. */
export class Loop {
  static forward: usize = 0;
  static backward: usize = 0;
  static update: usize = 0;
  static end: usize = 0;
  static meanLoss: usize = 0;
  static gradientCheck: usize = 0;
  static weightCheck: usize = 0;
}

/** Rows of training data and where the batch's copies go: inputs, targets, weights. Stride 0: nothing to copy. */
class Source {
  static from0: usize = 0;
  static to0: usize = 0;
  static stride0: usize = 0;
  static from1: usize = 0;
  static to1: usize = 0;
  static stride1: usize = 0;
  static from2: usize = 0;
  static to2: usize = 0;
  static stride2: usize = 0;
}

export function setLoop(
  forward: usize,
  backward: usize,
  update: usize,
  end: usize,
  meanLoss: usize,
  gradientCheck: usize,
  weightCheck: usize,
): void {
  Loop.forward = forward;
  Loop.backward = backward;
  Loop.update = update;
  Loop.end = end;
  Loop.meanLoss = meanLoss;
  Loop.gradientCheck = gradientCheck;
  Loop.weightCheck = weightCheck;
}

/** Names one of the three sources of a batch. */
export function setSource(which: i32, from: usize, to: usize, stride: usize): void {
  if (which === 0) {
    Source.from0 = from;
    Source.to0 = to;
    Source.stride0 = stride;
  } else if (which === 1) {
    Source.from1 = from;
    Source.to1 = to;
    Source.stride1 = stride;
  } else {
    Source.from2 = from;
    Source.to2 = to;
    Source.stride2 = stride;
  }
}

function isFinite32(x: f32): bool {
  return x - x === 0;
}

/**
 * Takes up to `steps` steps over order[from … total) and returns how many were finished: fewer where a loss, a gradient
 * or a tensor is not finite. The mean loss of each step, also of the failed one, goes to `losses` (float64).
 */
export function train(
  order: usize,
  from: i32,
  total: i32,
  batchSize: i32,
  steps: i32,
  stepsBefore: f64,
  learningRate: f64,
  losses: usize,
): i32 {
  State.learningRate = learningRate;
  for (let step = 0; step < steps; step++) {
    const count = min(batchSize, total - from);
    const numbers = order + ((<usize>from) << 2);
    State.setRows(count);
    State.step = stepsBefore + <f64>step;
    gatherRows(Source.from0, Source.to0, numbers, count, Source.stride0);
    gatherRows(Source.from1, Source.to1, numbers, count, Source.stride1);
    if (Source.stride2 !== 0) gatherRows(Source.from2, Source.to2, numbers, count, Source.stride2);
    run(Loop.forward, Loop.backward);
    const loss = load<f32>(Loop.meanLoss);
    store<f64>(losses + ((<usize>step) << 3), <f64>loss);
    if (!isFinite32(loss)) return step;
    run(Loop.backward, Loop.update);
    if (!isFinite32(load<f32>(Loop.gradientCheck))) return step;
    run(Loop.update, Loop.end);
    if (!isFinite32(load<f32>(Loop.weightCheck))) return step;
    from += count;
  }
  return steps;
}

/** How rows from outside become a batch and outputs become rows: strides in bytes of three axes on the inside. */
class Face {
  /** Between dense logical rows at `outside` and a value laid out by the words at `words`. */
  static copy(words: usize, outside: usize, rows: i32, isIn: bool): void {
    // address, rowStride, then count and stride of three axes
    const inside = <usize>load<u32>(words);
    const rowStride = <usize>load<u32>(words, 4);
    const a = load<i32>(words, 8);
    const b = load<i32>(words, 16);
    const c = load<i32>(words, 24);
    const sa = <usize>load<u32>(words, 12);
    const sb = <usize>load<u32>(words, 20);
    const sc = <usize>load<u32>(words, 28);
    const dense = (<usize>(a * b * c)) << 2;
    const da = (<usize>(b * c)) << 2;
    const db = (<usize>c) << 2;
    if (isIn) copyBlocks(outside, inside, rows, dense, rowStride, a, da, sa, b, db, sb, c, 4, sc);
    else copyBlocks(inside, outside, rows, rowStride, dense, a, sa, da, b, sb, db, c, sc, 4);
  }
}

/** Bytes of a dense logical row of the value described at `words`. */
function denseBytes(words: usize): usize {
  return (<usize>(load<i32>(words, 8) * load<i32>(words, 16) * load<i32>(words, 24))) << 2;
}

/**
 * Runs the commands in [from, to) on `count` rows, `chunk` at a time: dense logical rows in at `inputs`, out at `outputs`.
 * `into` and `outOf` describe the network's input and output: address, bytes of a row, then count and stride of three axes.
 */
export function predict(
  from: usize,
  to: usize,
  inputs: usize,
  into: usize,
  outputs: usize,
  outOf: usize,
  count: i32,
  chunk: i32,
): void {
  for (let row = 0; row < count; row += chunk) {
    State.setRows(min(chunk, count - row));
    Face.copy(into, inputs + <usize>row * denseBytes(into), State.rows, true);
    run(from, to);
    Face.copy(outOf, outputs + <usize>row * denseBytes(outOf), State.rows, false);
  }
}

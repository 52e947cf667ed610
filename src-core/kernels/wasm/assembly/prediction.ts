/** Outputs of many rows in one call: dense logical rows in and out, a chunk at a time. */
import { copyBlocks } from './copy';
import { run } from './interpreter';
import { gather, Job, PREDICT, release } from './job';
import { State } from './state';
import { meet, Share } from './threads';

/** How rows from outside become a batch and outputs become rows: strides in bytes of three axes on the inside. */
class Face {
  /** This thread's rows, between dense logical ones at `outside` and a value laid out by the words at `words`. */
  static copy(words: usize, outside: usize, isIn: bool): void {
    // address, rowStride, then count and stride of three axes
    const rowStride = <usize>load<u32>(words, 4);
    Share.of(State.rows, 1);
    const rows = Share.last - Share.first;
    const inside = <usize>load<u32>(words) + <usize>Share.first * rowStride;
    outside += <usize>Share.first * denseBytes(words);
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
  threads: i32,
): void {
  Job.setInt(0, PREDICT);
  Job.setInt(1, <i32>from);
  Job.setInt(2, <i32>to);
  Job.setInt(3, <i32>inputs);
  Job.setInt(4, <i32>into);
  Job.setInt(5, <i32>outputs);
  Job.setInt(6, <i32>outOf);
  Job.setInt(7, count);
  Job.setInt(8, chunk);
  gather(threads);
  predictRows();
  release();
}

export function predictRows(): void {
  const from = <usize>Job.int(1);
  const to = <usize>Job.int(2);
  const inputs = <usize>Job.int(3);
  const into = <usize>Job.int(4);
  const outputs = <usize>Job.int(5);
  const outOf = <usize>Job.int(6);
  const count = Job.int(7);
  const chunk = Job.int(8);
  for (let row = 0; row < count; row += chunk) {
    State.setRows(min(chunk, count - row));
    Face.copy(into, inputs + <usize>row * denseBytes(into), true);
    meet();
    run(from, to);
    Face.copy(outOf, outputs + <usize>row * denseBytes(outOf), false);
  }
}

/** Whole training steps, many in one call: gather, forward, check, backward, check, update, check. */
import { copyBlocks, gatherRows } from './copy';
import { run } from './interpreter';
import { State } from './state';
import { announceReady, awaitJob, callThreads, jobNumber, meet, readyThreads, Share } from './threads';

/** Where the sections' commands and the numbers read between them lie; written once by the session. */
export class Loop {
  static forward: usize = 0;
  static backward: usize = 0;
  static update: usize = 0;
  static end: usize = 0;
  static meanLoss: usize = 0;
  static gradientCheck: usize = 0;
  static weightCheck: usize = 0;
  /** Backward and update in one, checked once: 0 where they are two. */
  static descent: usize = 0;
  static descentEnd: usize = 0;

  /** Puts the loop and its sources down for the other threads. */
  static write(): void {
    Job.setInt(LOOP, <i32>Loop.forward);
    Job.setInt(LOOP + 1, <i32>Loop.backward);
    Job.setInt(LOOP + 2, <i32>Loop.update);
    Job.setInt(LOOP + 3, <i32>Loop.end);
    Job.setInt(LOOP + 4, <i32>Loop.meanLoss);
    Job.setInt(LOOP + 5, <i32>Loop.gradientCheck);
    Job.setInt(LOOP + 6, <i32>Loop.weightCheck);
    Job.setInt(LOOP + 7, <i32>Loop.descent);
    Job.setInt(LOOP + 8, <i32>Loop.descentEnd);
    Source.write();
  }

  /** Takes over what the first thread has put down. */
  static read(): void {
    setLoop(
      <usize>Job.int(LOOP),
      <usize>Job.int(LOOP + 1),
      <usize>Job.int(LOOP + 2),
      <usize>Job.int(LOOP + 3),
      <usize>Job.int(LOOP + 4),
      <usize>Job.int(LOOP + 5),
      <usize>Job.int(LOOP + 6),
      <usize>Job.int(LOOP + 7),
      <usize>Job.int(LOOP + 8),
    );
    for (let i = 0; i < 3; i++) {
      const at = SOURCES + 3 * i;
      setSource(i, <usize>Job.int(at), <usize>Job.int(at + 1), <usize>Job.int(at + 2));
    }
  }
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

  static write(): void {
    Source.put(0, Source.from0, Source.to0, Source.stride0);
    Source.put(1, Source.from1, Source.to1, Source.stride1);
    Source.put(2, Source.from2, Source.to2, Source.stride2);
  }

  static put(which: i32, from: usize, to: usize, stride: usize): void {
    const at = SOURCES + 3 * which;
    Job.setInt(at, <i32>from);
    Job.setInt(at + 1, <i32>to);
    Job.setInt(at + 2, <i32>stride);
  }
}

export function setLoop(
  forward: usize,
  backward: usize,
  update: usize,
  end: usize,
  meanLoss: usize,
  gradientCheck: usize,
  weightCheck: usize,
  descent: usize,
  descentEnd: usize,
): void {
  Loop.forward = forward;
  Loop.backward = backward;
  Loop.update = update;
  Loop.end = end;
  Loop.meanLoss = meanLoss;
  Loop.gradientCheck = gradientCheck;
  Loop.weightCheck = weightCheck;
  Loop.descent = descent;
  Loop.descentEnd = descentEnd;
  State.check = weightCheck;
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

/** The numbers of a job, where all threads read them. */
class Job {
  static AT: usize = 512;

  @inline
  static int(index: i32): i32 {
    return load<i32>(Job.AT + ((<usize>index) << 3));
  }

  @inline
  static setInt(index: i32, value: i32): void {
    store<i32>(Job.AT + ((<usize>index) << 3), value);
  }

  @inline
  static float(index: i32): f64 {
    return load<f64>(Job.AT + ((<usize>index) << 3));
  }

  @inline
  static setFloat(index: i32, value: f64): void {
    store<f64>(Job.AT + ((<usize>index) << 3), value);
  }
}

/** Kinds of jobs. */
const END: i32 = 0;
const TRAIN: i32 = 1;
const PREDICT: i32 = 2;
/** Words that describe the loop and the sources to threads that did not set them. */
const LOOP: i32 = 20;
const SOURCES: i32 = 29;

/** Calls the other threads to the job written down, where all of them are ready; sets how many take part. */
function gather(threads: i32): void {
  State.thread = 0;
  State.threads = threads > 1 && readyThreads() === threads - 1 ? threads : 1;
  if (State.threads > 1) callThreads();
}

/** Ends a job: all are done, and what follows runs on one thread. */
function release(): void {
  meet();
  State.threads = 1;
}

/**
 * A thread that helps: waits for jobs and takes its share of each, until told to end. `local` and `scratch` are its own
 * areas.
 */
export function serve(thread: i32, threads: i32, local: usize, scratch: usize): void {
  State.local = local;
  State.scratch = scratch;
  let seen = jobNumber();
  announceReady();
  for (;;) {
    awaitJob(seen);
    seen = jobNumber();
    const kind = Job.int(0);
    if (kind === END) return;
    State.thread = thread;
    State.threads = threads;
    if (kind === TRAIN) {
      Loop.read();
      takeSteps();
    } else predictRows();
    meet();
  }
}

/** Sends the helping threads home. */
export function end(): void {
  Job.setInt(0, END);
  callThreads();
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
  threads: i32,
): i32 {
  Job.setInt(0, TRAIN);
  Job.setInt(1, <i32>order);
  Job.setInt(2, from);
  Job.setInt(3, total);
  Job.setInt(4, batchSize);
  Job.setInt(5, steps);
  Job.setFloat(6, stepsBefore);
  Job.setFloat(7, learningRate);
  Job.setInt(8, <i32>losses);
  Loop.write();
  gather(threads);
  const done = takeSteps();
  release();
  return done;
}

function takeSteps(): i32 {
  const order = <usize>Job.int(1);
  let from = Job.int(2);
  const total = Job.int(3);
  const batchSize = Job.int(4);
  const steps = Job.int(5);
  const stepsBefore = Job.float(6);
  State.learningRate = Job.float(7);
  const losses = <usize>Job.int(8);
  for (let step = 0; step < steps; step++) {
    const count = min(batchSize, total - from);
    const numbers = order + ((<usize>from) << 2);
    State.setRows(count);
    State.step = stepsBefore + <f64>step;
    Share.of(count, 1);
    gatherOwn(Source.from0, Source.to0, numbers, Source.stride0);
    gatherOwn(Source.from1, Source.to1, numbers, Source.stride1);
    if (Source.stride2 !== 0) gatherOwn(Source.from2, Source.to2, numbers, Source.stride2);
    if (State.thread === 0) store<f32>(Loop.weightCheck, 0);
    meet();
    run(Loop.forward, Loop.backward);
    const loss = load<f32>(Loop.meanLoss);
    if (State.thread === 0) store<f64>(losses + ((<usize>step) << 3), <f64>loss);
    if (!isFinite32(loss)) return step;
    if (Loop.descent !== 0) run(Loop.descent, Loop.descentEnd);
    else {
      run(Loop.backward, Loop.update);
      if (!isFinite32(load<f32>(Loop.gradientCheck))) return step;
      run(Loop.update, Loop.end);
    }
    if (!isFinite32(load<f32>(Loop.weightCheck))) return step;
    from += count;
  }
  return steps;
}

/** This thread's rows of the batch. */
function gatherOwn(from: usize, to: usize, order: usize, stride: usize): void {
  const first = <usize>Share.first;
  gatherRows(from, to + first * stride, order + (first << 2), Share.last - Share.first, stride);
}

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

function predictRows(): void {
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

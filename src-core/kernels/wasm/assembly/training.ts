/** Whole training steps, many in one call: gather, forward, check; then backward, check, update, check, or both in one. */
import { gatherRows } from './copy';
import { run } from './interpreter';
import { END, gather, Job, release, TRAIN } from './job';
import { Loop, Source } from './loop';
import { predictRows } from './prediction';
import { State } from './state';
import { announceReady, awaitJob, callThreads, jobNumber, meet, Share } from './threads';

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
    if (kind === TRAIN) takeSteps();
    else predictRows();
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
  State.check = Loop.weightCheck;
  const losses = <usize>Job.int(8);
  for (let step = 0; step < steps; step++) {
    const count = min(batchSize, total - from);
    const numbers = order + ((<usize>from) << 2);
    State.setRows(count);
    State.step = stepsBefore + <f64>step;
    Share.of(count, 1);
    for (let i = 0; i < Source.COUNT; i++) {
      if (Source.stride(i) !== 0) gatherOwn(Source.from(i), Source.to(i), numbers, Source.stride(i));
    }
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

/** What the training loop goes through: where the commands of a step lie, and the rows of a batch. */
import { Job } from './job';
import { State } from './state';

/** Words that describe the loop and the sources to threads that did not set them. */
const LOOP: i32 = 20;
const SOURCES: i32 = 29;

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
export class Source {
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

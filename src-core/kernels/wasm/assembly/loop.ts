/** What the training loop goes through: where the commands of a step lie, and the rows of a batch. All threads read it. */
import { Job } from './job';
import { State } from './state';

/** First words of both in the numbers of a job, behind those of a call. */
const LOOP: i32 = 20;
const SOURCES: i32 = 29;

/** Addresses of a step's commands, and of the numbers read between them. */
export class Loop {
  @inline
  static get forward(): usize {
    return Job.address(LOOP);
  }

  @inline
  static get backward(): usize {
    return Job.address(LOOP + 1);
  }

  @inline
  static get update(): usize {
    return Job.address(LOOP + 2);
  }

  @inline
  static get end(): usize {
    return Job.address(LOOP + 3);
  }

  @inline
  static get meanLoss(): usize {
    return Job.address(LOOP + 4);
  }

  @inline
  static get gradientCheck(): usize {
    return Job.address(LOOP + 5);
  }

  @inline
  static get weightCheck(): usize {
    return Job.address(LOOP + 6);
  }

  /** Backward and update in one, checked once: 0 where they are two. */
  @inline
  static get descent(): usize {
    return Job.address(LOOP + 7);
  }

  @inline
  static get descentEnd(): usize {
    return Job.address(LOOP + 8);
  }
}

/** Puts the loop down; called once by the session. */
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
  Job.setInt(LOOP, <i32>forward);
  Job.setInt(LOOP + 1, <i32>backward);
  Job.setInt(LOOP + 2, <i32>update);
  Job.setInt(LOOP + 3, <i32>end);
  Job.setInt(LOOP + 4, <i32>meanLoss);
  Job.setInt(LOOP + 5, <i32>gradientCheck);
  Job.setInt(LOOP + 6, <i32>weightCheck);
  Job.setInt(LOOP + 7, <i32>descent);
  Job.setInt(LOOP + 8, <i32>descentEnd);
  State.check = weightCheck;
}

/** Rows of training data and where the batch's copies go: inputs, targets, weights. Stride 0: nothing to copy. */
export class Source {
  static COUNT: i32 = 3;

  @inline
  static from(which: i32): usize {
    return Job.address(SOURCES + 3 * which);
  }

  @inline
  static to(which: i32): usize {
    return Job.address(SOURCES + 3 * which + 1);
  }

  @inline
  static stride(which: i32): usize {
    return Job.address(SOURCES + 3 * which + 2);
  }
}

/** Puts one of the sources of a batch down. */
export function setSource(which: i32, from: usize, to: usize, stride: usize): void {
  const at = SOURCES + 3 * which;
  Job.setInt(at, <i32>from);
  Job.setInt(at + 1, <i32>to);
  Job.setInt(at + 2, <i32>stride);
}

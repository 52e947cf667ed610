/** What all threads do together next: a kind and some numbers, put down where every thread reads them. */
import { State } from './state';
import { callThreads, meet, readyThreads } from './threads';

/** The numbers of a job, where all threads read them. */
export class Job {
  static AT: usize = 512;

  @inline
  static int(index: i32): i32 {
    return load<i32>(Job.AT + ((<usize>index) << 3));
  }

  @inline
  static address(index: i32): usize {
    return <usize>load<u32>(Job.AT + ((<usize>index) << 3));
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
export const END: i32 = 0;
export const TRAIN: i32 = 1;
export const PREDICT: i32 = 2;

/** Calls the other threads to the job written down, where all of them are ready; sets how many take part. */
export function gather(threads: i32): void {
  State.thread = 0;
  State.threads = threads > 1 && readyThreads() === threads - 1 ? threads : 1;
  if (State.threads > 1) callThreads();
}

/** Ends a job: all are done, and what follows runs on one thread. */
export function release(): void {
  meet();
  State.threads = 1;
}

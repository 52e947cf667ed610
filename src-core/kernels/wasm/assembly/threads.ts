/**
 * Several threads run the same commands in step: each takes its share of every command, and none goes on before all have
 * done theirs. No number is added up in another order than by one thread alone.
 */
import { State } from './state';

/** Places of the barrier and of the job, below the module's constants; each on a cache line of its own. */
const ARRIVED: usize = 256;
const GENERATION: usize = 320;
const JOB: usize = 384;
const READY: usize = 448;
/** How many sleep at the barrier: who comes last wakes nobody where nobody sleeps. */
const SLEEPERS: usize = 464;
/**
 * Turns of waiting before a thread goes to sleep: some sixty microseconds. Parts of a command differ by less on a quiet
 * machine, and waking up takes as long.
 */
const SPINS: i32 = 60000;
const NANOSECONDS: i64 = 1000000;

/** Where the place of a command stands that met a number it cannot take (an id outside its table), or 0. */
const FAILED: usize = 192;

/** Notes such a command; threads that meet one at the same time agree on any of them. */
export function noteFailure(pc: usize): void {
  atomic.store<i32>(FAILED, <i32>pc);
}

export function failure(): usize {
  return <usize>atomic.load<i32>(FAILED);
}

export function clearFailure(): void {
  atomic.store<i32>(FAILED, 0);
}

export class Share {
  static first: i32 = 0;
  static last: i32 = 0;

  /** This thread's part of n items that come in blocks of `unit`. */
  @inline
  static of(n: i32, unit: i32): void {
    if (State.threads === 1) {
      Share.first = 0;
      Share.last = n;
      return;
    }
    const blocks = (n + unit - 1) / unit;
    Share.first = min(n, ((blocks * State.thread) / State.threads) * unit);
    Share.last = min(n, ((blocks * (State.thread + 1)) / State.threads) * unit);
  }
}

/** Waits until all threads are here: spins, then sleeps. */
export function meet(): void {
  if (State.threads === 1) return;
  const generation = atomic.load<i32>(GENERATION);
  if (atomic.add<i32>(ARRIVED, 1) === State.threads - 1) {
    atomic.store<i32>(ARRIVED, 0);
    atomic.store<i32>(GENERATION, generation + 1);
    if (atomic.load<i32>(SLEEPERS) !== 0) atomic.notify(GENERATION, -1);
    return;
  }
  for (let spins = 0; atomic.load<i32>(GENERATION) === generation;) {
    if (++spins > SPINS) {
      atomic.add<i32>(SLEEPERS, 1);
      atomic.wait<i32>(GENERATION, generation, NANOSECONDS);
      atomic.sub<i32>(SLEEPERS, 1);
    }
  }
}

/** Number of the present job: it changes when there is a new one. */
export function jobNumber(): i32 {
  return atomic.load<i32>(JOB);
}

/** Says that a new job is written down; all threads that wait wake up. */
export function callThreads(): void {
  atomic.add<i32>(JOB, 1);
  atomic.notify(JOB, -1);
}

/** Waits until the job is no longer number `seen`: spins, because jobs often come in a row, then sleeps. */
export function awaitJob(seen: i32): void {
  for (let spins = 0; atomic.load<i32>(JOB) === seen;) {
    if (++spins > SPINS) atomic.wait<i32>(JOB, seen, -1);
  }
}

export function announceReady(): void {
  atomic.add<i32>(READY, 1);
  atomic.notify(READY, -1);
}

/** Threads that wait for jobs. */
export function readyThreads(): i32 {
  return atomic.load<i32>(READY);
}

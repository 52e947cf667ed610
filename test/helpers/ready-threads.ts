/** Threads of the kernels that a test can wait for: before they are ready, the first thread does everything alone. */
import { JOB_WORD, READY_WORD, type ThreadJob, type ThreadStarter } from '../../src-core/kernels/wasm/threads.ts';
import { kernelThreads } from '../../src-main/engine/kernel-threads.ts';

export interface ReadyThreads {
  readonly starter: ThreadStarter;
  /** How many were started, once all of them wait for work. */
  readonly allReady: () => Promise<number>;
  /** How often the threads that were started first were called to work. */
  readonly jobs: () => number;
}

/** @param count threads in all, the caller's own among them */
export function readyThreads(count: number): ReadyThreads {
  const threads = kernelThreads(count);
  const jobs: ThreadJob[] = [];
  const start = (job: ThreadJob) => {
    jobs.push(job);
    return threads.start(job);
  };
  const wordsOf = (job?: ThreadJob) => new Int32Array(job?.memory.buffer ?? new SharedArrayBuffer(1024));
  const allReady = async () => {
    const words = wordsOf(jobs[0]);
    for (let ready = 0; ready < jobs.length; ready = Atomics.load(words, READY_WORD)) {
      const { async: isAsync, value } = Atomics.waitAsync(words, READY_WORD, ready);
      if (isAsync) await value;
    }
    return jobs.length;
  };
  const called = () => Atomics.load(wordsOf(jobs[0]), JOB_WORD);
  return { starter: { count: threads.count, start }, allReady, jobs: called };
}

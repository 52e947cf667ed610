/** Threads for the kernels: each opens the compiled module over the shared memory and serves until it is ended. */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { ThreadStarter } from '../../src-core/kernels/wasm/threads.ts';

/** More threads than parts of a batch of images have nothing to do there. */
const MOST_THREADS = 4;

/** The whole of such a thread. It is text, so that no bundler has to know of another entry. */
const BODY = `
const { workerData } = require('node:worker_threads');
const { module, memory, numbers } = workerData;
new WebAssembly.Instance(module, { env: { memory } }).exports.serve(...numbers);
`;

/** @param wanted most threads in all; absent: as many as the machine runs at once, four at most */
export function kernelThreads(wanted: number = availableParallelism()): ThreadStarter {
  return {
    count: Math.max(1, Math.min(wanted, MOST_THREADS)),
    now: () => performance.now(),
    start: (job) => {
      const worker = new Worker(BODY, { eval: true, workerData: job });
      worker.unref();
      return () => void worker.terminate();
    },
  };
}

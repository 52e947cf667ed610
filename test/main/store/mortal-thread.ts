/** The thread that writes to the store, except that a sign of life kills it. */
import { parentPort } from 'node:worker_threads';
import type { WriteCall } from '../../../src-main/store/writes.ts';

parentPort?.on('message', (call: WriteCall | null) => {
  if (call?.name === 'beat') process.exit(1); // of this thread
});
await import('../../../src-main/store/writer-thread.ts');

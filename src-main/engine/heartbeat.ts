/** The engine's sign of life, from a thread of its own: it goes on through a step of training of any length. */
import { Worker } from 'node:worker_threads';
import { BEAT_MS } from './limits.ts';

const TURNS = 0;
const WORKING = 1;

/**
 * Body of the thread, sent to it as text so that no second file has to be found in a bundle; it may use nothing outside itself.
 * It writes to standard output directly, because a thread's own streams go through the main thread. A host that is gone takes the engine with it.
 */
const body = `
  const { writeSync } = require('node:fs');
  const { workerData } = require('node:worker_threads');
  const state = new Int32Array(workerData.state);
  setInterval(() => {
    try {
      writeSync(1, 'beat ' + Atomics.load(state, ${TURNS}) + ' ' + (Atomics.load(state, ${WORKING}) > 0 ? 1 : 0) + '\\n');
    } catch (error) {
      if (error.code !== 'EAGAIN') process.kill(process.pid, 'SIGKILL');
    }
  }, workerData.beatMs);
`;

/** Runs work that may rightly keep the event loop waiting: a step, the reading of a file. */
export type Working = <T>(work: () => T) => T;

/** Starts the thread, once a process. */
export function startHeartbeat(): Working {
  const shared = new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT);
  const state = new Int32Array(shared);
  setInterval(() => Atomics.add(state, TURNS, 1), BEAT_MS / 2);
  new Worker(body, { eval: true, workerData: { state: shared, beatMs: BEAT_MS } });
  const end = (): void => void Atomics.sub(state, WORKING, 1);
  return (work) => {
    Atomics.add(state, WORKING, 1);
    let result: ReturnType<typeof work>;
    try {
      result = work();
    } catch (error) {
      end();
      throw error;
    }
    if (result instanceof Promise) result.then(end, end);
    else end();
    return result;
  };
}

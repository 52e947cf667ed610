/**
 * Body of the thread that writes: the store with a connection of its own. Each commit waits for the disk here, where nobody else waits.
 * The file has been checked by the thread that started this one, and stays open there for as long: closing a plain file handle on it
 * would drop the locks of the whole process.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { assert } from '../../src-core/lib/assert.ts';
import { AppError } from '../../src-core/lib/errors.ts';
import { openStore } from './store.ts';
import { WRITES, type WriteAnswer, type WriteCall } from './writes.ts';

assert(parentPort !== null, 'the writing thread was started by another one');
const port = parentPort;
const { file } = workerData as { readonly file: string };
const store = openStore({ file, isChecked: true });

function answerTo({ id, name, args }: WriteCall): WriteAnswer {
  try {
    assert(WRITES.includes(name), `${name} is a call that writes`);
    const write = store[name] as (...args: readonly unknown[]) => unknown;
    return { id, result: write.apply(store, [...args]) };
  } catch (error) {
    if (!(error instanceof AppError)) return { id, bug: error };
    return { id, failure: { code: error.code, detail: error.detail } };
  }
}

port.on('message', (call: WriteCall | null) => {
  if (call !== null) {
    port.postMessage(answerTo(call));
    return;
  }
  store.close();
  port.close();
});

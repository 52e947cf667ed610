/**
 * Leaves every change of the store to a thread of its own: a commit waits for the disk, which may take a tenth of a second, and the
 * windows of a host must not wait with it. Calls are done in the order in which they were made.
 */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { assert } from '../../src-core/lib/assert.ts';
import { AppError, type ErrorCode, type ErrorDetail } from '../../src-core/lib/errors.ts';
import { WRITES, type StoreWrites, type WriteAnswer, type WriteCall, type WriteName } from './writes.ts';

export interface WriterOptions {
  /** A store that this thread has opened, and closes only after the writer. */
  readonly file: string;
  /** Script of the thread: `out/main/store-writer.js`, or writer-thread.ts where Node reads TypeScript. */
  readonly entry: string;
}

interface Asked {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: unknown) => void;
}

export class StoreWriter {
  readonly writes: StoreWrites;
  readonly #options: WriterOptions;
  readonly #asked = new Map<number, Asked>();
  #worker: Worker | null = null;
  #isClosed = false;
  #lastId = 0;

  constructor(options: WriterOptions) {
    this.#options = options;
    const calls = WRITES.map((name) => [name, (...args: readonly unknown[]) => this.#ask(name, args)] as const);
    this.writes = Object.fromEntries(calls) as unknown as StoreWrites;
    this.#worker = this.#start();
  }

  /** After everything that was asked; nothing more is taken from here on. */
  async close(): Promise<void> {
    this.#isClosed = true;
    const worker = this.#worker;
    if (worker === null) return;
    worker.ref();
    const ended = once(worker, 'exit');
    worker.postMessage(null);
    await ended;
  }

  /** A thread that ended is replaced at the next call. */
  #ask(name: WriteName, args: readonly unknown[]): Promise<unknown> {
    return new Promise((resolve, reject) => {
      assert(!this.#isClosed, 'the store is open');
      this.#worker ??= this.#start();
      const worker = this.#worker;
      const call: WriteCall = { id: ++this.#lastId, name, args };
      worker.postMessage(call);
      worker.ref(); // the process stays until it is written
      this.#asked.set(call.id, { resolve, reject });
    });
  }

  #start(): Worker {
    const { file, entry } = this.#options;
    const worker = new Worker(entry, { workerData: { file }, execArgv: [] });
    worker.unref();
    let reason = 'the thread that writes it ended';
    worker.on('message', (answer: WriteAnswer) => this.#take(worker, answer));
    worker.once('error', (error: unknown) => {
      reason = error instanceof Error ? error.message : String(error);
    });
    worker.once('exit', () => this.#gone(reason));
    return worker;
  }

  #take(worker: Worker, answer: WriteAnswer): void {
    const asked = this.#asked.get(answer.id);
    this.#asked.delete(answer.id);
    if (this.#asked.size === 0) worker.unref();
    if ('result' in answer) asked?.resolve(answer.result);
    else if ('bug' in answer) asked?.reject(answer.bug);
    else asked?.reject(appError(answer.failure));
  }

  #gone(reason: string): void {
    this.#worker = null;
    const { file } = this.#options;
    const all = [...this.#asked.values()];
    this.#asked.clear();
    for (const { reject } of all) reject(new AppError('host.store_failed', { file, reason }));
  }
}

const appError = ({ code, detail }: { readonly code: string; readonly detail: unknown }): AppError =>
  new AppError(code as ErrorCode, detail as ErrorDetail<ErrorCode>);

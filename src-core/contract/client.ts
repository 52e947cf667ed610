/** The calling side of a contract over any wire: typed calls and events. Used by the window, and by the host towards its engine. */
import * as v from 'valibot';
import { present } from '../lib/assert.ts';
import { AppError } from '../lib/errors.ts';
import { decodeFrame, encodeFrame } from './codec.ts';
import type { Client, ServiceSpec } from './define.ts';
import { serviceMessage, type CallMessage, type ErrorMessage } from './messages.ts';
import type { Wire } from './wire.ts';

/** An error that happened on the other side. `code` is one of the catalogue's, or 'internal' for a bug over there. */
export class RemoteError extends Error {
  override readonly name = 'RemoteError';
  readonly code: string;
  readonly detail: unknown;

  constructor({ code, detail, message }: Pick<ErrorMessage, 'code' | 'detail' | 'message'>) {
    super(message);
    this.code = code;
    this.detail = detail;
  }
}

interface Waiting {
  resolve(result: unknown): void;
  reject(error: Error): void;
}

type Listener = (payload: unknown) => void;

/** One wire's calls under way and subscriptions. When the wire closes, every waiting call is rejected at once. */
export class Connection {
  readonly #wire: Wire;
  readonly #waiting = new Map<number, Waiting>();
  readonly #listeners = new Map<string, Set<Listener>>();
  readonly #closeListeners = new Set<() => void>();
  #lastId = 0;
  #isClosed = false;

  constructor(wire: Wire) {
    this.#wire = wire;
    wire.onClose(() => this.#closed());
    wire.onFrame((frame) => this.#receive(frame));
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /**
   * What the other side offers under this name, one method a call.
   * @param spec the service's declaration; `Events` is its event types: `connection.service<typeof runsService, RunsEvents>(runsService)`
   */
  service<T extends ServiceSpec, Events>(spec: T): Client<T, Events> {
    const calls = Object.keys(spec.calls).map((name) => [name, (args: unknown) => this.#call(spec.name, name, args)]);
    const on = (event: string, listener: Listener): (() => void) => this.#subscribe(`${spec.name}.${event}`, listener);
    // The declaration is the type: each call of it has just been given its method.
    return Object.fromEntries([...calls, ['on', on]]) as Client<T, Events>;
  }

  /** Returns the function that ends the subscription. */
  onClose(listener: () => void): () => void {
    this.#closeListeners.add(listener);
    return () => this.#closeListeners.delete(listener);
  }

  close(): void {
    this.#wire.close();
    this.#closed();
  }

  #call(service: string, name: string, args: unknown): Promise<unknown> {
    if (this.#isClosed) return Promise.reject(new AppError('host.connection_closed', {}));
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      const message: CallMessage = { kind: 'call', id, service, name, args };
      const frame = encodeFrame(message);
      this.#waiting.set(id, { resolve, reject });
      this.#wire.post(frame);
    });
  }

  #subscribe(key: string, listener: Listener): () => void {
    const listeners = this.#listeners.get(key) ?? new Set();
    this.#listeners.set(key, listeners);
    listeners.add(listener);
    return () => listeners.delete(listener);
  }

  #receive(frame: Uint8Array): void {
    const message = v.parse(serviceMessage, decodeFrame(frame));
    if (message.kind === 'event') {
      for (const listener of this.#listeners.get(`${message.service}.${message.name}`) ?? []) listener(message.payload);
      return;
    }
    if (this.#isClosed) return;
    if (message.kind === 'result') this.#answered(message.id).resolve(message.result);
    // No id: the other side could not even read the call, which only a mistake of ours can cause.
    else if (message.id === null) throw new RemoteError(message);
    else this.#answered(message.id).reject(new RemoteError(message));
  }

  #answered(id: number): Waiting {
    const waiting = present(this.#waiting.get(id), `call ${id}`);
    this.#waiting.delete(id);
    return waiting;
  }

  #closed(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { reject } of waiting) reject(new AppError('host.connection_closed', {}));
    for (const listener of this.#closeListeners) listener();
  }
}

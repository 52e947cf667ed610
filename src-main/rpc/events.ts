/** Sends the services' events to every open window; one that cannot keep up gets events for the eye merged into one. */
import { encodeFrame } from '../../src-core/contract/codec.ts';
import type { Emit, ServiceSpec } from '../../src-core/contract/define.ts';
import type { ServiceMessage } from '../../src-core/contract/messages.ts';
import type { Wire } from '../../src-core/contract/wire.ts';
import { assert } from '../../src-core/lib/assert.ts';

/** Above this many unsent bytes events for the eye wait and merge. */
export const MAX_BUFFERED_BYTES = 8 * 2 ** 20;
const RETRY_MS = 50;

type Merge = (older: never, newer: never) => unknown;
interface Held {
  readonly service: string;
  readonly name: string;
  payload: unknown;
}

const frameOf = ({ service, name, payload }: Held): Uint8Array => {
  const message: ServiceMessage = { kind: 'event', service, name, payload };
  return encodeFrame(message);
};

/** What waits to be sent over one wire. */
class Outbox {
  readonly #wire: Wire;
  #held: Held[] = [];
  #timer: NodeJS.Timeout | undefined;

  constructor(wire: Wire) {
    this.#wire = wire;
    wire.onClose(() => clearTimeout(this.#timer));
  }

  get #isBusy(): boolean {
    return this.#held.length > 0 || this.#wire.bufferedBytes() > MAX_BUFFERED_BYTES;
  }

  durable(frame: Uint8Array): void {
    this.#wire.post(frame);
  }

  forTheEye(event: Held, frame: Uint8Array, merge: Merge): void {
    if (!this.#isBusy) {
      this.#wire.post(frame);
      return;
    }
    this.#hold(event, merge);
    this.#timer ??= setTimeout(() => this.#retry(), RETRY_MS);
  }

  #hold(event: Held, merge: Merge): void {
    const waiting = this.#held.findLast(({ service, name }) => service === event.service && name === event.name);
    // Same service, same event: both payloads have the type that the merge rule was declared for.
    const merged = waiting ? merge(waiting.payload as never, event.payload as never) : null;
    if (waiting && merged !== null) waiting.payload = merged;
    else this.#held.push({ ...event });
  }

  #retry(): void {
    this.#timer = undefined;
    while (this.#held[0] && this.#wire.bufferedBytes() <= MAX_BUFFERED_BYTES) {
      this.#wire.post(frameOf(this.#held[0]));
      this.#held.shift();
    }
    if (this.#held.length > 0) this.#timer = setTimeout(() => this.#retry(), RETRY_MS);
  }
}

/** All open wires, as the services see them: a place to tell news. */
export class Events {
  readonly #outboxes = new Map<Wire, Outbox>();

  attach(wire: Wire): void {
    this.#outboxes.set(wire, new Outbox(wire));
    wire.onClose(() => this.#outboxes.delete(wire));
  }

  /** The emit function of one service: `events.emitter<RunsEvents>(runsService)`. */
  emitter<T>(spec: ServiceSpec): Emit<T> {
    return (event, payload) => this.#emit(spec, String(event), payload);
  }

  #emit(spec: ServiceSpec, name: string, payload: unknown): void {
    assert(spec.events.includes(name), `service ${spec.name} declares the event ${name}`);
    if (this.#outboxes.size === 0) return;
    const event = { service: spec.name, name, payload };
    const frame = frameOf(event);
    const merge = spec.display?.[name];
    for (const outbox of this.#outboxes.values()) {
      if (merge) outbox.forTheEye(event, frame, merge);
      else outbox.durable(frame);
    }
  }
}

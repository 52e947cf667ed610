/** Keeps the window connected to its host: opens a wire, and opens it again when it breaks. */
import { Connection } from '../../src-core/contract/client.ts';
import type { Wire } from '../../src-core/contract/wire.ts';
import { servicesOf, type Services } from './services.ts';

const FIRST_RETRY_MS = 250;
const LONGEST_RETRY_MS = 4_000;

export interface LinkListener {
  /** A wire stands; called again after every reconnection, with new clients. */
  connected(services: Services): void;
  /** It broke, or could not be opened; another attempt follows. */
  disconnected(): void;
}

/** Lives as long as the window. `dispose` ends the connection and every attempt. */
export class Link {
  readonly #openWire: () => Promise<Wire>;
  readonly #listener: LinkListener;
  #connection: Connection | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #retryMs = FIRST_RETRY_MS;
  #disposed = false;

  constructor(openWire: () => Promise<Wire>, listener: LinkListener) {
    this.#openWire = openWire;
    this.#listener = listener;
    void this.#open();
  }

  /** Tries at once instead of waiting for the next attempt. */
  retry(): void {
    if (this.#timer === null) return;
    clearTimeout(this.#timer);
    void this.#open();
  }

  dispose(): void {
    this.#disposed = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#connection?.close();
  }

  async #open(): Promise<void> {
    this.#timer = null;
    const wire = await this.#openWire().catch(() => null);
    if (this.#disposed) return wire?.close();
    if (wire === null) return this.#broken();
    const connection = new Connection(wire);
    this.#connection = connection;
    this.#retryMs = FIRST_RETRY_MS;
    connection.onClose(() => this.#broken());
    this.#listener.connected(servicesOf(connection));
  }

  #broken(): void {
    this.#connection = null;
    if (this.#disposed) return;
    this.#listener.disconnected();
    this.#timer = setTimeout(() => void this.#open(), this.#retryMs);
    this.#retryMs = Math.min(this.#retryMs * 2, LONGEST_RETRY_MS);
  }
}

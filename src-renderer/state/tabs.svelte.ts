/** Whether this window edits or watches: one page of a host edits, the others show what it does until they take over. */
import type { Services } from '../host/services.ts';
import type { HostState } from './host.svelte.ts';

export interface TabsListener {
  /** Another page edits from now on. */
  watches(): void;
  /** This page edits from now on, where it only watched before. */
  edits(services: Services): Promise<void>;
  /** The page that edits has changed the document; or this page has begun to watch it. */
  changed(services: Services): void;
  /** Sends what was edited last and not sent yet, so that the next page goes on from it. */
  keepNow(): Promise<void>;
  hasUnkept(): boolean;
}

export class TabsState {
  /** False while nobody is asked yet: a window starts as if it were the only one. */
  isWatching = $state(false);
  /** Somebody else edits; false while the place is free. */
  isTaken = $state(false);
  /** A take-over is under way. */
  isTaking = $state(false);

  #tab: number | null = null;
  readonly #host: HostState;
  readonly #listener: TabsListener;

  constructor(host: HostState, listener: TabsListener) {
    this.#host = host;
    this.#listener = listener;
    host.onConnected((services) => void this.#join(services));
  }

  async takeOver(): Promise<void> {
    const { services } = this.#host;
    if (services === null || this.isTaking) return;
    this.isTaking = true;
    try {
      await services.tabs.takeOver({});
    } finally {
      this.isTaking = false;
    }
  }

  async #join(services: Services): Promise<void> {
    this.#tab = null;
    services.tabs.on('editor', ({ tab }) => this.#seat(services, tab));
    services.tabs.on('handOver', ({ tab }) => void this.#handOver(services, tab));
    services.app.on('kept', () => {
      if (this.isWatching) this.#listener.changed(services);
    });
    const { tab, editor } = await services.tabs.join({ wants: this.isWatching ? 'watch' : 'edit' });
    // Edits made here while the connection was lost must not go with it.
    const mustReturn = editor !== tab && !this.isWatching && this.#listener.hasUnkept();
    if (mustReturn) await services.tabs.takeOver({});
    this.#tab = tab;
    this.#seat(services, mustReturn ? tab : editor);
    if (!this.isWatching) await this.#listener.keepNow();
  }

  async #handOver(services: Services, tab: number): Promise<void> {
    if (tab !== this.#tab) return;
    await this.#listener.keepNow();
    await services.tabs.giveWay({});
  }

  #seat(services: Services, editor: number | null): void {
    if (this.#tab === null) return; // the answer to `join` says it all
    const watched = this.isWatching;
    this.isWatching = editor !== this.#tab;
    this.isTaken = this.isWatching && editor !== null;
    if (watched && !this.isWatching) void this.#listener.edits(services);
    if (!watched && this.isWatching) {
      this.#listener.watches();
      this.#listener.changed(services);
    }
  }
}

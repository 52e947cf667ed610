/** Whether the window is connected, and how its training engine is. */
import type { EngineState, HostInfo } from '../../src-core/contract/app.ts';
import type { Services } from '../host/services.ts';
import type { Link } from '../host/link.ts';

export type { Services } from '../host/services.ts';

type Started = (services: Services) => void;

export class HostState {
  /** The clients of the present connection; null while there is none. */
  services: Services | null = $state.raw(null);
  info: HostInfo | null = $state.raw(null);
  engine: EngineState = $state('starting');
  /** Why the engine is not up, where there is something to say. */
  engineReason: string | null = $state(null);
  /** True once a first connection stood: from then on a missing one is a loss, not a start. */
  hasConnected = $state(false);
  readonly connected = $derived(this.services !== null);

  #link: Link | null = null;
  readonly #starters = new Set<Started>();

  attach(link: Link): void {
    this.#link = link;
  }

  /** Runs at every connection, with its clients: subscribe here. */
  onConnected(started: Started): void {
    this.#starters.add(started);
    if (this.services !== null) started(this.services);
  }

  retry(): void {
    this.#link?.retry();
  }

  /** Called by the link. */
  up(services: Services): void {
    this.services = services;
    this.hasConnected = true;
    services.app.on('engine', ({ state, reason }) => {
      this.engine = state;
      this.engineReason = reason;
    });
    void services.app.info({}).then((info) => {
      this.info = info;
      this.engine = info.engine;
    });
    for (const started of this.#starters) started(services);
  }

  /** Called by the link. */
  down(): void {
    this.services = null;
  }
}

/** Tells the host how fast runs of this window may go: before each of them, and when the person chooses another pace. */
import type { HostState, Services } from './host.svelte.ts';
import type { SettingsState } from './settings.svelte.ts';

export class Pace {
  readonly #host: HostState;
  readonly #settings: SettingsState;
  /** The connection that knows the pace, and which pace. */
  #told: { readonly services: Services; readonly pace: number | null } | null = null;

  constructor(host: HostState, settings: SettingsState) {
    this.#host = host;
    this.#settings = settings;
  }

  /** For the run under way and those to come. */
  async choose(pace: number | null): Promise<void> {
    this.#settings.set({ pace });
    if (this.#host.services !== null) await this.tell(this.#host.services);
  }

  async tell(services: Services): Promise<void> {
    const { pace } = this.#settings;
    if (this.#told?.services === services && this.#told.pace === pace) return;
    await services.training.setPace({ epochsPerSecond: pace });
    this.#told = { services, pace };
  }
}

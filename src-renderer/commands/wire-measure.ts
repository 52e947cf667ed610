/** What both commands about wires do: one measure at a time, or none. */
import type { AppState } from '../state/app.svelte.ts';
import type { WireMeasure } from '../state/settings.svelte.ts';

export function toggleWireMeasure({ settings }: AppState, measure: WireMeasure): void {
  settings.set({ wireMeasure: settings.wireMeasure === measure ? null : measure });
}

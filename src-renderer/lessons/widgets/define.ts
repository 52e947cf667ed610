/** What a widget is: a component that shows one kind of pane, live. */
import type { Component } from 'svelte';
import type { PaneState } from '../pane-state.svelte.ts';

export interface WidgetDefinition {
  readonly component: Component<{ readonly state: PaneState }>;
}

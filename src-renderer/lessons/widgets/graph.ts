/** Widget: a formula as gates and wires, stepped through. */
import type { WidgetDefinition } from './define.ts';
import GraphWidget from './GraphWidget.svelte';

export const graph: WidgetDefinition = { component: GraphWidget };

/** Widget: layers of one unit, and what each does to the gradient. */
import ChainWidget from './ChainWidget.svelte';
import type { WidgetDefinition } from './define.ts';

export const chain: WidgetDefinition = { component: ChainWidget };

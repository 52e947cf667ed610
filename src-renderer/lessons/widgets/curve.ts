/** Widget: a function of one variable as a curve. */
import CurveWidget from './CurveWidget.svelte';
import type { WidgetDefinition } from './define.ts';

export const curve: WidgetDefinition = { component: CurveWidget };

/** The widgets by the name that panes have for them. */
import type { WidgetId } from '../../../src-core/lessons/panes.ts';
import * as all from './all.ts';
import type { WidgetDefinition } from './define.ts';

export const widgets: Readonly<Record<WidgetId, WidgetDefinition>> = all;

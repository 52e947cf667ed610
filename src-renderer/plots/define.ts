/** What a plot is: a component that draws, and that can say the same as a table and as an SVG file. */
import type { Component } from 'svelte';
import type { InsightKind } from '../../src-core/contract/insights.ts';
import type { Table } from '../ui/charts/csv-text.ts';

/** What decides whether a plot has anything to show. */
export interface ShownData {
  readonly task: 'regression' | 'binary' | 'multiclass';
  readonly inputCount: number;
}

/** Exported by every plot's component. */
export interface PlotExports {
  /** What is shown, in rows; null while there is nothing to show. */
  table(): Table | null;
  /** Every row there is, where `table` has only those that are drawn: for the CSV file. */
  everyRow?(): Promise<Table | null>;
  /** A whole SVG file of what is shown, with axes and legend; null while there is nothing to show. */
  svg(): string | null;
}

export interface PlotDefinition {
  /** Name of its tab. */
  readonly label: string;
  /** One sentence for the tab's hint. */
  readonly summary: string;
  /** False: it answers in words and numbers, of which there is no picture to keep. */
  readonly hasPicture?: boolean;
  /** What it needs to be told of the network's inside while it is shown. */
  readonly insight?: InsightKind;
  /** Says what these data are for; absent: it serves any. It can be chosen nevertheless, but does not stand there by itself. */
  readonly suits?: (data: ShownData) => boolean;
  readonly component: Component<Record<string, never>, PlotExports>;
}

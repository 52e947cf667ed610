/** Several runs over one another: which settings tell them apart, and their curves. */
import type { RunCurve, RunDetail, RunSummary } from '../../src-core/contract/records.ts';
import { settingsOf } from '../state/run-settings.ts';
import { letterOf, type Compared } from '../state/runs.svelte.ts';
import type { Table } from '../ui/charts/csv-text.ts';
import type { Curve } from '../ui/charts/downsample.ts';

/** One run with everything that is shown of it. */
export interface ComparedRun extends Compared {
  readonly detail: RunDetail;
  readonly curve: RunCurve;
}

export interface SettingRow {
  readonly name: string;
  /** One a run; null where the run was left to the default. */
  readonly values: readonly (string | null)[];
}

/** Settings by name, in the order in which they first appear; `onlyDifferent` leaves out those on which all agree. */
export function settingRows(runs: readonly RunDetail[], onlyDifferent: boolean): readonly SettingRow[] {
  const tables = runs.map((run) => new Map(settingsOf(run).map(({ name, value }) => [name, value])));
  const names = [...new Set(tables.flatMap((table) => [...table.keys()]))];
  const rows = names.map((name) => ({ name, values: tables.map((table) => table.get(name) ?? null) }));
  return onlyDifferent ? rows.filter(({ values }) => new Set(values).size > 1) : rows;
}

/** Metrics that all of them have, loss first, those of held-out rows before the others. */
export function commonMetrics(runs: readonly Pick<RunSummary, 'last'>[]): readonly string[] {
  const [first, ...others] = runs.map(({ last }) => Object.keys(last ?? {}));
  const common = (first ?? []).filter((name) => others.every((names) => names.includes(name)));
  const rank = (name: string): number =>
    name === 'val_loss' ? 0 : name === 'loss' ? 1 : name.startsWith('val_') ? 2 : 3;
  return common.filter((name) => name !== 'epoch' && name !== 'step').sort((a, b) => rank(a) - rank(b));
}

/** 'A Two spirals' */
export function nameOf({ mark, detail }: Pick<ComparedRun, 'mark' | 'detail'>): string {
  return `${letterOf(mark)} ${detail.name}`;
}

export function curveOf({ curve: { epochs, values } }: Pick<ComparedRun, 'curve'>): Curve {
  return { x: epochs, y: values, length: epochs.length };
}

/** Every point that is drawn, one line each. */
export function compareTable(runs: readonly ComparedRun[], metric: string): Table {
  return {
    title: 'Runs compared',
    columns: ['run', 'epoch', metric],
    rows: runs.flatMap((run) => Array.from(run.curve.epochs, (epoch, i) => [nameOf(run), epoch, run.curve.values[i]])),
  };
}

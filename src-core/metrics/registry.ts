/** Metrics by their key in histories, and which of them a task has. */
import { ownEntry } from '../lib/fields-check.ts';
import * as all from './all.ts';
import type { MetricDefinition, MetricTask, Scored } from './define.ts';

/** Every metric by key, in the order of their names. */
export const metrics: Readonly<Record<string, MetricDefinition>> = Object.fromEntries(
  Object.entries(all).map(([key, definition]) => [snakeCase(key), definition]),
);

/** The metric of that key; undefined when there is none. */
export function metricOf(name: string): MetricDefinition | undefined {
  return ownEntry(metrics, name);
}

/** Keys of the metrics that every epoch's line of a history holds. */
export function historyMetrics(task: MetricTask): readonly string[] {
  return task === 'regression' ? ['mae', 'rmse', 'r2'] : ['accuracy'];
}

/** Keys of all metrics of a task. */
export function metricsOf(task: MetricTask): readonly string[] {
  return Object.keys(metrics).filter((name) => metrics[name]?.tasks.includes(task));
}

/** The named metrics of `scored`, by key. */
export function computeMetrics(scored: Scored, names: readonly string[]): Record<string, number> {
  return Object.fromEntries(names.map((name) => [name, metricOf(name)?.compute(scored) ?? NaN]));
}

/** 'higher' or 'lower' for a key of a history, with or without 'val_'; losses and penalties are better lower. */
export function betterWay(key: string): 'higher' | 'lower' {
  return metricOf(key.replace(/^val_/, ''))?.better ?? 'lower';
}

function snakeCase(camelCase: string): string {
  return camelCase.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

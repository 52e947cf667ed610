/** The difference between a run's graph and the canvas, in words. */
import type { GraphDifference, NodeDifference, ParamDifference } from '../../src-core/graph/compare.ts';
import { findLayer } from '../../src-core/layers/registry.ts';

const valueOf = (value: ParamDifference['before']): string =>
  value === undefined ? 'default' : typeof value === 'string' ? value : JSON.stringify(value);

/** 'new', 'units 8, was 16', 'other input'. */
export function nodeWords({ kind, params }: NodeDifference): string {
  if (kind === 'added') return 'new';
  if (kind === 'rewired') return 'other input';
  return params.map(({ name, before, after }) => `${name} ${valueOf(after)}, was ${valueOf(before)}`).join('; ');
}

/** '1 layer new, 2 changed, without h3 (Dense)'. */
export function graphWords({ nodes, removed }: GraphDifference): string {
  const count = (kind: NodeDifference['kind']): number => [...nodes.values()].filter((one) => one.kind === kind).length;
  const parts = [
    [count('added'), 'new'],
    [count('changed'), 'changed'],
    [count('rewired'), 'with another input'],
  ] as const;
  const words = parts.filter(([number]) => number > 0).map(([number, word]) => `${number} ${word}`);
  const missing = removed.map(({ id, type }) => `${id} (${findLayer(type)?.label ?? type})`);
  if (missing.length > 0) words.push(`without ${missing.join(', ')}`);
  return words.join(' · ');
}

/** Node ids: what they may look like, and new ones nobody uses yet. */
import type { Graph } from './model.ts';

/** Ids become tensor names and Python attributes: letters, digits and _, not starting with a digit. */
export const ID_PATTERN = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** '<stem>_<n>' with the smallest n ≥ 1 that is free: 'dense_1', 'dense_2'. */
export function newId(graph: Graph, stem: string): string {
  return freeId(new Set(graph.nodes.map(({ id }) => id)), stem);
}

/** The same against any set of ids. A number that `stem` already ends in is counted on: 'dense_1' gives 'dense_2'. */
export function freeId(taken: ReadonlySet<string>, stem: string): string {
  const base = stem.replace(/_\d+$/, '');
  let n = 1;
  while (taken.has(`${base}_${n}`)) n++;
  return `${base}_${n}`;
}

/** What the align and distribute commands share: new places for the selected layers. */
import { moveNodes, type Position } from '../../src-core/graph/edit.ts';
import type { AppState } from '../state/app.svelte.ts';
import { positionsOf, withPositions } from '../state/layout.ts';
import type { Command } from './define.ts';

type Places = Readonly<Record<string, Position>>;
type Axis = 'x' | 'y';

/** One coordinate of all becomes the least or the largest among them. Cards are of one width, and of nearly one height. */
export function aligned(places: Places, axis: Axis, pick: (...values: number[]) => number): Places {
  const line = pick(...Object.values(places).map((place) => place[axis]));
  return Object.fromEntries(Object.entries(places).map(([id, place]) => [id, { ...place, [axis]: line }]));
}

/** Equal distances between the first and the last, in the order in which they lie. */
export function distributed(places: Places, axis: Axis): Places {
  const sorted = Object.entries(places).sort(([, a], [, b]) => a[axis] - b[axis]);
  const [first, last] = [sorted[0]?.[1][axis] ?? 0, sorted.at(-1)?.[1][axis] ?? 0];
  const gap = (last - first) / Math.max(1, sorted.length - 1);
  return Object.fromEntries(sorted.map(([id, place], i) => [id, { ...place, [axis]: Math.round(first + i * gap) }]));
}

/** @param least how many layers it makes sense for */
export function arrangement(label: string, least: number, place: (places: Places) => Places): Command {
  return {
    label,
    group: 'Edit',
    menu: { part: 'arrange', on: ['selection'] },
    enabled: ({ selection }: AppState) => selection.nodes.size >= least,
    run: ({ project, selection }) => {
      const places = positionsOf(project.document.graph);
      const chosen = Object.fromEntries(Object.entries(places).filter(([id]) => selection.nodes.has(id)));
      project.edit(label, (document) => moveNodes(withPositions(document), place(chosen)));
    },
  };
}

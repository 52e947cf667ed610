/** Lays the graph out anew, or what is selected of it where it is: inputs left, output right. */
import { moveNodes, type Position } from '../../src-core/graph/edit.ts';
import type { AppState } from '../state/app.svelte.ts';
import { positionsOf, withPositions } from '../state/layout.ts';
import type { Command } from './define.ts';

export const arrange: Command = {
  label: 'Arrange layers',
  group: 'Edit',
  keys: ['Mod+Shift+L'],
  menu: { part: 'arrange', on: ['selection', 'canvas'] },
  enabled: ({ project }) => project.document.graph.nodes.length > 0,
  run: async (app) => {
    const { project, selection, surfaces } = app;
    const { graph } = project.document;
    const some = selection.nodes.size > 1 ? [...selection.nodes] : null;
    const nodes = some ?? graph.nodes.map(({ id }) => id);
    const tidy = await app.arrange({ nodes, edges: graph.edges.map(({ from, to }) => ({ from, to })) });
    moveThere(app, tidy, some);
    if (some === null) surfaces.canvas?.fit();
    surfaces.announcement = `Arranged ${nodes.length} layers`;
  },
};

/** The document may have changed since it was asked for: what is gone is left out. */
function moveThere({ project }: AppState, tidy: Readonly<Record<string, Position>>, some: readonly string[] | null) {
  const known = Object.entries(tidy).filter(([id]) => project.nodesById.has(id));
  const places = positionsOf(project.document.graph);
  const { x, y } = some === null ? { x: 0, y: 0 } : offset(known, places);
  const moved = Object.fromEntries(known.map(([id, place]) => [id, { x: place.x + x, y: place.y + y }]));
  const label = some === null ? 'Arrange layers' : `Arrange ${known.length} layers`;
  project.edit(label, (document) => moveNodes(withPositions(document), moved));
}

/** A part of the graph keeps its middle. */
function offset(
  tidy: readonly (readonly [string, Position])[],
  places: Readonly<Record<string, Position>>,
): { readonly x: number; readonly y: number } {
  const middle = (pick: (place: Position) => number, of: readonly Position[]): number =>
    (Math.min(...of.map(pick)) + Math.max(...of.map(pick))) / 2;
  const before = tidy.map(([id]) => places[id] ?? { x: 0, y: 0 });
  const after = tidy.map(([, place]) => place);
  const by = (pick: (place: Position) => number): number => Math.round(middle(pick, before) - middle(pick, after));
  return { x: by(({ x }) => x), y: by(({ y }) => y) };
}

/** Where new layers go: on the canvas, onto wires, before and after others. */
import { expect, test } from 'vitest';
import { addNode, connect, moveNodes } from '../../../src-core/graph/edit.ts';
import { deepSigmoidMlp } from '../../../src-core/templates/deep-sigmoid-mlp.ts';
import { twoSpirals } from '../../../src-core/templates/two-spirals.ts';
import type { ProjectDocument } from '../../../src-core/graph/model.ts';
import { COLUMN_PX, withPositions } from '../../../src-renderer/state/layout.ts';
import { tidyLayout } from '../../../src-renderer/state/tidy-layout.ts';
import { placeLayer } from '../../../src-renderer/editor/place-layer.ts';

const { document } = twoSpirals;
const wires = ({ graph }: ProjectDocument): string[] => graph.edges.map(({ from, to }) => `${from}→${to}`);
const placeOf = (doc: ProjectDocument, id: string): { x: number; y: number } | undefined =>
  doc.graph.nodes.find((node) => node.id === id)?.position;

test('a layer dropped on a wire is inserted between its ends', () => {
  const placed = placeLayer(document, 'dropout', { kind: 'edge', index: 1 });
  expect(wires(placed.document)).toEqual(['in→h1', 'h1→dropout_1', 'dropout_1→h2', 'h2→out', 'out→y']);
});

test('what comes after an inserted layer moves along, what comes before stays', () => {
  const { document: next, id } = placeLayer(document, 'dense', { kind: 'edge', index: 1 });
  const moved = ['in', 'h1', 'h2', 'out', 'y'].map(
    (name) => (placeOf(next, name)?.x ?? NaN) - (placeOf(document, name)?.x ?? NaN),
  );
  const step = moved.at(-1) ?? 0;
  expect(moved).toEqual([0, 0, step, step, step]);
  expect(step).toBeGreaterThan(0);
  expect(placeOf(next, id)?.x).toBeLessThan(placeOf(next, 'h2')?.x ?? NaN);
});

test('no two cards overlap after layers were put on every wire', () => {
  let next = document;
  for (let i = 0; i < 8; i++) next = placeLayer(next, 'dense', { kind: 'edge', index: i % 4 }).document;
  const places = next.graph.nodes.flatMap(({ position }) => (position === undefined ? [] : [position]));
  const overlaps = places.filter((a, i) =>
    places.some((b, j) => i < j && Math.abs(a.x - b.x) < 160 && Math.abs(a.y - b.y) < 80),
  );
  expect(overlaps).toEqual([]);
});

test('in a network of several lines nothing is covered, and no line is pushed away from the left', () => {
  const { document: deep } = deepSigmoidMlp;
  for (const index of deep.graph.edges.keys()) {
    const { document: next } = placeLayer(deep, 'dense', { kind: 'edge', index });
    const places = next.graph.nodes.flatMap(({ position }) => (position === undefined ? [] : [position]));
    const overlaps = places.filter((a, i) =>
      places.some((b, j) => i < j && Math.abs(a.x - b.x) < 160 && Math.abs(a.y - b.y) < 80),
    );
    expect([overlaps, placeOf(next, 'h8')?.x]).toEqual([[], placeOf(deep, 'h8')?.x]);
  }
});

/** Distances between neighbours of one line, for all lines. */
function gapsOf({ graph }: ProjectDocument): readonly number[] {
  const lines = Map.groupBy(graph.nodes, ({ position }) => position?.y);
  return [...lines.values()].flatMap((line) => {
    const columns = line.map(({ position }) => position?.x ?? NaN).sort((a, b) => a - b);
    return columns.slice(1).map((x, i) => x - (columns[i] ?? NaN));
  });
}

test.each([['as it was laid out'], ['as Arrange lays it out']])(
  'in a network of several lines, %s, a new layer leaves no gap in any of them',
  (how) => {
    const { document: deep } = deepSigmoidMlp;
    const { nodes, edges } = deep.graph;
    const tidy = tidyLayout({ nodes: nodes.map(({ id }) => id), edges });
    const before = how === 'as it was laid out' ? withPositions(deep) : moveNodes(deep, tidy);
    const lines = (of: ProjectDocument) => new Set(of.graph.nodes.map(({ position }) => position?.y)).size;
    expect([lines(before), new Set(gapsOf(before)).size]).toEqual([3, 1]);
    for (const index of edges.keys()) {
      const inserted = placeLayer(before, 'dense', { kind: 'edge', index }).document;
      const target = placeLayer(before, 'dense', { kind: 'before', node: edges[index]?.to ?? '' }).document;
      for (const next of [inserted, target]) {
        const widest = Math.max(...gapsOf(before), COLUMN_PX);
        expect([index, lines(next), Math.max(...gapsOf(next)) <= widest]).toEqual([index, 3, true]);
      }
    }
  },
);

test('a branch that lies far below moves along where nothing is folded', () => {
  const far = { id: 'far', type: 'dropout', params: {}, position: { x: 2 * COLUMN_PX, y: 400 } };
  const before = connect(addNode(withPositions(document), far), 'h1', 'far');
  const { document: next } = placeLayer(before, 'dense', { kind: 'edge', index: 0 });
  expect((placeOf(next, 'far')?.x ?? NaN) - (placeOf(before, 'far')?.x ?? NaN)).toBe(COLUMN_PX);
});

test('a layer appended after another takes over its wires', () => {
  const placed = placeLayer(document, 'dropout', { kind: 'after', node: 'h2' });
  expect(wires(placed.document)).toEqual(['in→h1', 'h1→h2', 'dropout_1→out', 'out→y', 'h2→dropout_1']);
});

test('a layer put before the output is fed by what fed it', () => {
  const placed = placeLayer(document, 'dropout', { kind: 'before', node: 'y' });
  expect(new Set(wires(placed.document))).toEqual(
    new Set(['in→h1', 'h1→h2', 'h2→out', 'out→dropout_1', 'dropout_1→y']),
  );
});

test('a layer dropped on the canvas lies where it was dropped, without wires', () => {
  const placed = placeLayer(document, 'dense', { kind: 'canvas', at: { x: 10, y: 300 } });
  expect(placed.document.graph.nodes.at(-1)).toEqual({
    id: 'dense_1',
    type: 'dense',
    params: { units: 8 },
    position: { x: 10, y: 300 },
  });
  expect(wires(placed.document)).toEqual(wires(document));
});

test('layers appended one after another make a whole network', () => {
  const [input, , , , output] = document.graph.nodes;
  const ends = [input, output].flatMap((node) => (node === undefined ? [] : [node]));
  const empty = { ...document, graph: { nodes: ends, edges: [] } };
  const first = placeLayer(empty, 'dense', { kind: 'after', node: 'in' });
  const second = placeLayer(first.document, 'dropout', { kind: 'after', node: first.id });
  expect(new Set(wires(second.document))).toEqual(new Set(['in→dense_1', 'dense_1→dropout_1', 'dropout_1→y']));
});

test('a card that would be covered moves away even when no wire leads to it', () => {
  const loose = { ...document, graph: { nodes: document.graph.nodes, edges: [{ from: 'in', to: 'h1' }] } };
  const { document: next, id } = placeLayer(loose, 'dropout', { kind: 'after', node: 'h1' });
  const mine = placeOf(next, id);
  const covered = next.graph.nodes.filter(
    (node) => node.id !== id && Math.abs((node.position?.x ?? NaN) - (mine?.x ?? NaN)) < 160,
  );
  expect(covered).toEqual([]);
});

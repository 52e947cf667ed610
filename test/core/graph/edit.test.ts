/** Edit commands: what each does to nodes and wires. */
import { expect, test } from 'vitest';
import { copyNodes, paste } from '../../../src-core/graph/clipboard.ts';
import * as edit from '../../../src-core/graph/edit.ts';
import { freeId, newId } from '../../../src-core/graph/ids.ts';
import { migrateDocument } from '../../../src-core/graph/migrations/migrate.ts';
import type { GraphEdge, ProjectDocument } from '../../../src-core/graph/model.ts';
import { residualMlp } from '../../../src-core/templates/residual-mlp.ts';
import { twoSpirals } from '../../../src-core/templates/two-spirals.ts';
import { messageOf } from '../../helpers/message-of.ts';

const { document: start } = twoSpirals;
const wires = ({ graph }: ProjectDocument) =>
  graph.edges.map(({ from, to, slot }) => `${from}>${to}${slot === undefined ? '' : `:${slot}`}`).join(' ');
const ids = ({ graph }: ProjectDocument) => graph.nodes.map(({ id }) => id).join(' ');
const layer = { id: 'new', type: 'dense', params: { units: 4 } };
const withEdges = (edges: readonly GraphEdge[]) => edit.withGraph(start, { edges });

test('a node dropped on a wire is inserted', () => {
  const next = edit.insertOnEdge(start, 1, layer);
  expect([ids(next), wires(next)]).toEqual(['in h1 h2 out y new', 'in>h1 h1>new new>h2 h2>out out>y']);
});

test('the slot stays with the target when a node is inserted', () => {
  const next = edit.insertOnEdge(withEdges([{ from: 'in', to: 'h1', slot: 1, note: 'kept' }]), 0, layer);
  expect(next.graph.edges).toEqual([
    { from: 'in', to: 'new', note: 'kept' },
    { from: 'new', to: 'h1', slot: 1, note: 'kept' },
  ]);
});

test('a node put behind another takes over its wires out', () => {
  const next = edit.insertAfter(residualMlp.document, 'stem', layer);
  expect(wires(next)).toBe('in>stem new>a1 new>sum1 a1>sum1 sum1>a2 sum1>sum2 a2>sum2 sum2>out out>y stem>new');
});

test('a node put in front of another takes over its wires in', () => {
  expect(wires(edit.insertBefore(start, 'h2', layer))).toBe('in>h1 h1>new h2>out out>y new>h2');
});

test('removing a node with one wire in and one out heals the wire', () => {
  expect(wires(edit.removeNodes(start, ['h1']))).toBe('in>h2 h2>out out>y');
});

test('removing neighbours heals across all of them, in any order', () => {
  expect(
    [
      ['h1', 'h2'],
      ['h2', 'h1'],
    ].map((gone) => wires(edit.removeNodes(start, gone))),
  ).toEqual(['in>out out>y', 'in>out out>y']);
});

test('the healed wire keeps the slot it led to', () => {
  const next = edit.removeNodes(
    withEdges([
      { from: 'in', to: 'h1' },
      { from: 'h1', to: 'h2', slot: 1 },
    ]),
    ['h1'],
  );
  expect(wires(next)).toBe('in>h2:1');
});

test('removing a node with branches takes its wires along', () => {
  expect(wires(edit.removeNodes(residualMlp.document, ['stem']))).toBe(
    'a1>sum1 sum1>a2 sum1>sum2 a2>sum2 sum2>out out>y',
  );
});

test('removing a node that only feeds itself leaves no wire', () => {
  expect(wires(edit.removeNodes(withEdges([{ from: 'h1', to: 'h1' }]), ['h1']))).toBe('');
});

test('renaming a node takes its wires along', () => {
  const next = edit.rename(start, 'h1', 'first');
  expect([ids(next), wires(next)]).toEqual(['in first h2 out y', 'in>first first>h2 h2>out out>y']);
});

test.each([
  ['2nd', 'node: expected an id of letters, digits and _ that does not start with a digit, got "2nd"'],
  ['a b', 'node: expected an id of letters, digits and _ that does not start with a digit, got "a b"'],
  ['', 'node: expected an id of letters, digits and _ that does not start with a digit, got ""'],
  ['h2', 'node h2: expected an id of its own, got one that is taken'],
])('a node cannot be called %j', (name, message) => {
  expect(messageOf(() => edit.rename(start, 'h1', name))).toBe(message);
});

test('a parameter set to undefined is taken away', () => {
  const next = edit.setParam(start, 'h1', 'activation', undefined);
  expect(next.graph.nodes[1]?.params).toEqual({ units: 16 });
});

test('what an edit does not touch is shared with the document before', () => {
  const next = edit.setParam(start, 'h1', 'units', 2);
  expect([next.graph.nodes[0] === start.graph.nodes[0], next.data === start.data]).toEqual([true, true]);
});

test('a training key set to undefined is taken away, others keep their place', () => {
  const next = edit.setTraining(start, { method: undefined, epochs: 5 });
  expect(Object.entries(next.training).map(([key, value]) => `${key}=${String(value)}`)).toEqual([
    'loss=binary_cross_entropy',
    'optimizer=[object Object]',
    'batch_size=32',
    'epochs=5',
    'seed=42',
    'shuffle=true',
    'reduction=mean',
  ]);
});

test('pasted nodes get new names, keep their wires and lie beside their originals', () => {
  const { document, ids: added } = paste(start, copyNodes(start, ['h1', 'h2']), { x: 20, y: 30 });
  expect([added, wires(document)]).toEqual([['h1_1', 'h2_1'], 'in>h1 h1>h2 h2>out out>y h1_1>h2_1']);
  expect(document.graph.nodes.at(-1)?.position).toEqual({ x: 460, y: 30 });
});

test('a second input or output is not pasted, and its wires are left out', () => {
  const { document, ids: added } = paste(start, copyNodes(start, ['in', 'h1', 'y']), { x: 0, y: 0 });
  expect([added, wires(document)]).toEqual([['h1_1'], wires(start)]);
});

test('of two inputs on the clipboard one is pasted', () => {
  const empty = edit.withGraph(start, { nodes: [], edges: [] });
  const input = { id: 'a', type: 'input', params: { shape: [2] } };
  const fragment = { nodes: [input, { ...input, id: 'b' }], edges: [] };
  expect(ids(paste(empty, fragment, { x: 0, y: 0 }).document)).toBe('a');
});

test('a whole network can be pasted into an empty project under its own names', () => {
  const empty = edit.withGraph(start, { nodes: [], edges: [] });
  const all = copyNodes(
    start,
    start.graph.nodes.map(({ id }) => id),
  );
  expect(paste(empty, all, { x: 0, y: 0 }).document).toEqual(start);
});

test('new ids count on from what they are made of', () => {
  expect([newId(start.graph, 'dense'), freeId(new Set(['a_1', 'a_2']), 'a_1'), freeId(new Set(), 'x')]).toEqual([
    'dense_1',
    'a_3',
    'x_1',
  ]);
});

test('an older document goes through every migration above its version', () => {
  const steps = [2, 3].map((version) => ({
    version,
    summary: 'adds to the list',
    migrate: (document: { readonly [key: string]: unknown }) => ({ seen: `${String(document['seen'])}${version}` }),
  }));
  expect([1, 2, 3].map((version) => migrateDocument({ seen: '', version }, version, steps, 3))).toEqual([
    { seen: '23', version: 3 },
    { seen: '3', version: 3 },
    { seen: '', version: 3 },
  ]);
});

/** Order and wiring of graphs. */
import { expect, test } from 'vitest';
import type { Graph, GraphEdge } from '../../../src-core/graph/model.ts';
import { findCycle, inputsOf, outputsOf, reachable, topologicalOrder } from '../../../src-core/graph/order.ts';

function graphOf(ids: string, ...edges: (string | GraphEdge)[]): Graph {
  return {
    nodes: [...ids].map((id) => ({ id, type: 'dense', params: {} })),
    edges: edges.map((edge) => (typeof edge === 'string' ? { from: edge[0] ?? '', to: edge[1] ?? '' } : edge)),
  };
}

test('every node comes after what feeds it, equals in file order', () => {
  expect(topologicalOrder(graphOf('edcba', 'ab', 'ac', 'bd', 'cd', 'de'))).toEqual(['a', 'b', 'c', 'd', 'e']);
});

test('nodes without wires keep the order of the file', () => {
  expect(topologicalOrder(graphOf('cab'))).toEqual(['c', 'a', 'b']);
});

test('a cycle is named by its nodes, in the direction of its wires', () => {
  const graph = graphOf('xabcy', 'xa', 'ab', 'bc', 'ca', 'cy');
  const cycle = findCycle(graph) ?? [];
  const wires = cycle.slice(1).map((to, i) => `${cycle[i]}${to}`);
  expect([cycle.at(0) === cycle.at(-1), new Set(wires)]).toEqual([true, new Set(['ab', 'bc', 'ca'])]);
  expect(() => topologicalOrder(graph)).toThrow(`graph.edges: expected no cycle, got ${cycle.join(' → ')}`);
});

test('a node that feeds itself is a cycle', () => {
  expect(findCycle(graphOf('ab', 'ab', 'bb'))).toEqual(['b', 'b']);
});

test('a node downstream of a cycle is not called a part of it', () => {
  expect(findCycle(graphOf('zab', 'ab', 'ba', 'bz'))).not.toContain('z');
});

test('wires without a slot fill the free ones in file order', () => {
  const graph = graphOf('abcds', 'as', { from: 'b', to: 's', slot: 0 }, 'cs', { from: 'd', to: 's', slot: 2 });
  expect(inputsOf(graph).get('s')).toEqual(['b', 'a', 'd', 'c']);
});

test('one source may fill several slots', () => {
  expect(inputsOf(graphOf('as', 'as', 'as')).get('s')).toEqual(['a', 'a']);
});

test('wires to or from unknown nodes are left out', () => {
  const graph = graphOf('ab', 'ab', 'xb', 'ax');
  expect([inputsOf(graph).get('b'), outputsOf(graph).get('a')]).toEqual([['a'], ['b']]);
});

test('what can be reached is found along branches and once', () => {
  expect([...reachable(['a'], outputsOf(graphOf('abcde', 'ab', 'ac', 'bd', 'cd', 'ea')))]).toEqual([
    'a',
    'b',
    'c',
    'd',
  ]);
});

/** Counts how often edges are read: the work, without a clock. */
function edgeReads(nodeCount: number): number {
  let reads = 0;
  const counted = (edge: GraphEdge): GraphEdge =>
    new Proxy(edge, {
      get: (target, key) => {
        reads++;
        return Reflect.get(target, key) as unknown;
      },
    });
  const ids = Array.from({ length: nodeCount }, (_, i) => `n${i}`);
  const near = ids.slice(1).map((to, i) => counted({ from: `n${i}`, to }));
  const far = ids.slice(7).map((to, i) => counted({ from: `n${i}`, to }));
  const graph: Graph = { nodes: ids.map((id) => ({ id, type: 'add', params: {} })), edges: [...near, ...far] };
  expect(topologicalOrder(graph)).toHaveLength(nodeCount);
  expect(inputsOf(graph).size).toBe(nodeCount);
  return reads;
}

test('twice the nodes take twice the work, up to 2,000 nodes', () => {
  const ratio = edgeReads(2_000) / edgeReads(1_000);
  expect(ratio).toBeLessThan(2.05);
});

/** Checks the wires: their ends, how many enter a node and in which slots, and what they reach. */
import { findCycle, inputsOf, outputsOf, reachable } from '../graph/order.ts';
import type { Graph, GraphEdge, GraphNode } from '../graph/model.ts';
import { findLayer } from '../layers/registry.ts';
import { addEndFix } from './add-end.ts';
import { removeEdgeFix, removeNodeFix } from './fixes.ts';
import type { ProblemList } from './problems.ts';

export interface Wiring {
  readonly inputs: ReadonlyMap<string, readonly string[]>;
  readonly outputs: ReadonlyMap<string, readonly string[]>;
  /** Nodes the input reaches, the input included. */
  readonly fed: ReadonlySet<string>;
  readonly cycle: readonly string[] | null;
}

interface Incoming {
  readonly edge: GraphEdge;
  readonly index: number;
}

/** What is wired to what, every problem added to `problems`. Cost: linear in nodes and edges. */
export function checkWiring(graph: Graph, problems: ProblemList): Wiring {
  checkCounts(graph, problems);
  checkEnds(graph, problems);
  const inputs = inputsOf(graph);
  const outputs = outputsOf(graph);
  const cycle = findCycle(graph);
  if (cycle !== null) reportCycle(graph, cycle, problems);
  const incoming = incomingEdges(graph);
  for (const node of graph.nodes) checkInputs(node, incoming.get(node.id) ?? [], problems);
  const fed = reachable(idsOfType(graph, 'input'), outputs);
  checkReach(graph, { inputs, outputs, fed }, problems);
  return { inputs, outputs, fed, cycle };
}

function idsOfType(graph: Graph, type: string): readonly string[] {
  return graph.nodes.filter((node) => node.type === type).map(({ id }) => id);
}

function checkCounts(graph: Graph, problems: ProblemList): void {
  for (const type of ['input', 'output'] as const) {
    const ids = idsOfType(graph, type);
    if (ids.length === 1) continue;
    const second = ids[1];
    const place = ids.length === 0 ? { fix: addEndFix(type) } : second && { node: second, fix: removeNodeFix(second) };
    problems.error('graph.count', { type, count: ids.length }, { path: 'graph.nodes', ...place });
  }
}

function checkEnds(graph: Graph, problems: ProblemList): void {
  const ids = new Set(graph.nodes.map(({ id }) => id));
  graph.edges.forEach((edge, index) => {
    for (const end of ['from', 'to'] as const) {
      if (ids.has(edge[end])) continue;
      const fix = removeEdgeFix('Remove this edge', index);
      const path = `graph.edges[${index}].${end}`;
      problems.error('graph.unknown_node', { edge: index, end, id: edge[end] }, { edge: index, path, fix });
    }
  });
}

function reportCycle(graph: Graph, cycle: readonly string[], problems: ProblemList): void {
  const [node, next] = cycle;
  const edge = graph.edges.findIndex(({ from, to }) => from === node && to === next);
  const last = graph.edges.findIndex(({ from, to }) => from === cycle.at(-2) && to === node);
  const fix = removeEdgeFix(`Remove the wire from ${cycle.at(-2)} to ${node}`, last);
  problems.error('graph.cycle', { nodes: cycle }, { node, edge: edge < 0 ? undefined : edge, fix });
}

function incomingEdges(graph: Graph): ReadonlyMap<string, readonly Incoming[]> {
  const incoming = new Map<string, Incoming[]>(graph.nodes.map(({ id }) => [id, []]));
  graph.edges.forEach((edge, index) => {
    if (incoming.has(edge.from)) incoming.get(edge.to)?.push({ edge, index });
  });
  return incoming;
}

function checkInputs({ id, type }: GraphNode, incoming: readonly Incoming[], problems: ProblemList): void {
  const takes = findLayer(type)?.inputs;
  const count = incoming.length;
  const last = incoming.at(-1);
  const fix = last && removeEdgeFix(`Remove the wire from ${last.edge.from} to ${id}`, last.index);
  const place = { node: id, edge: last?.index, fix };
  if (takes === undefined) return;
  if (takes === 'none') {
    if (count > 0) problems.error('graph.input_fed', { node: id, count }, place);
    return;
  }
  if (count === 0) {
    const expected = takes === 'one' ? 'one wire' : 'two or more wires';
    const mend = type === 'output' ? undefined : removeNodeFix(id);
    problems.error('graph.missing_input', { node: id, expected }, { node: id, fix: mend });
    return;
  }
  if (takes === 'one' && count > 1) {
    problems.error('graph.too_many_inputs', { node: id, count }, place);
    return;
  }
  if (takes === 'many' && count === 1) problems.error('graph.too_few_inputs', { node: id, count }, { node: id });
  checkSlots(id, incoming, problems);
}

function checkSlots(node: string, incoming: readonly Incoming[], problems: ProblemList): void {
  const taken = new Map<number, Incoming[]>();
  for (const wire of incoming) {
    const { slot } = wire.edge;
    if (slot !== undefined) taken.set(slot, [...(taken.get(slot) ?? []), wire]);
  }
  for (const [slot, wires] of taken) {
    const second = wires[1];
    if (second === undefined) continue;
    problems.error('graph.duplicate_slot', { node, slot, count: wires.length }, { node, edge: second.index });
  }
  const last = Math.max(incoming.length - 1, 0);
  // Edges without a slot fill gaps: what is left over is where a slot beyond the count leaves one open.
  const beyond = [...taken.keys()].filter((slot) => slot > last);
  if (beyond.length === 0 || [...taken.values()].some((wires) => wires.length > 1)) return;
  const free = firstFree(taken, incoming.filter(({ edge }) => edge.slot === undefined).length);
  problems.error('graph.slot_gap', { node, slot: free, last: Math.max(...beyond) }, { node });
}

/** The first slot that stays open after `unplaced` wires have filled those before it. */
function firstFree(taken: ReadonlyMap<number, unknown>, unplaced: number): number {
  let left = unplaced;
  let slot = 0;
  while (taken.has(slot) || left > 0) {
    if (!taken.has(slot)) left--;
    slot++;
  }
  return slot;
}

/** Nothing is said twice: a node without any wire in was reported already, and so was a cycle. */
function checkReach(graph: Graph, { inputs, outputs, fed }: Omit<Wiring, 'cycle'>, problems: ProblemList): void {
  if (idsOfType(graph, 'input').length > 0) {
    for (const { id, type } of graph.nodes) {
      const isReported = (inputs.get(id) ?? []).length === 0 && findLayer(type) !== undefined;
      if (!fed.has(id) && !isReported)
        problems.error('graph.unreachable', { node: id }, { node: id, fix: removeNodeFix(id) });
    }
  }
  const ends = idsOfType(graph, 'output');
  if (ends.length === 0) return;
  const useful = reachable(ends, inputs);
  for (const { id, type } of graph.nodes) {
    // What leads to a dead end only needs no word of its own.
    if (useful.has(id) || (outputs.get(id) ?? []).length > 0) continue;
    const fix = type === 'input' ? undefined : removeNodeFix(id); // without its input a network is none
    problems.warning('graph.unused', { node: id }, { node: id, fix });
  }
}

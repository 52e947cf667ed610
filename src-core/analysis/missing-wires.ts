/** Offers a wire where one is missing: from the nearest layer whose output fits. */
import { reachable } from '../graph/order.ts';
import type { GraphNode } from '../graph/model.ts';
import type { Fix, Problem } from './define.ts';
import { connectFix } from './fixes.ts';
import type { Network } from './network.ts';
import type { ProblemList } from './problems.ts';
import { fits } from './shapes.ts';

/** So many of the nearest are tried: recording a layer takes time, and graphs may have hundreds of loose ends. */
const MOST_TRIES = 12;
const MISSING = ['graph.missing_input', 'graph.too_few_inputs'];

type Known = Pick<Network, 'nodes' | 'wiring' | 'shapes'>;

/**
 * Gives problems of missing wires a fix that draws the wire, where a layer fits: loose ends before layers that feed
 * others already, what lies left of the target before what lies right of it, the nearer before the farther. A layer that leads nowhere is
 * offered the same wire.
 */
export function offerWires(network: Known, problems: ProblemList): void {
  const offers = new Map<string, Fix>();
  problems.amend((problem) => {
    const target = isMissing(problem) ? network.nodes.get(problem.node ?? '') : undefined;
    const source = target && nearestFit(target, network);
    if (target === undefined || source === undefined) return undefined;
    const fix = connectFix(source.id, target.id);
    if (!offers.has(source.id)) offers.set(source.id, fix);
    return fix;
  });
  problems.amend(({ code, node = '' }) => (code === 'graph.unused' ? offers.get(node) : undefined));
}

function isMissing({ code }: Problem): boolean {
  return MISSING.includes(code);
}

function nearestFit(target: GraphNode, network: Known): GraphNode | undefined {
  const { wiring, shapes } = network;
  const present = wiring.inputs.get(target.id) ?? [];
  const known = present.flatMap((id) => shapes.get(id)?.summary?.output ?? []);
  if (known.length < present.length) return undefined;
  const behind = reachable([target.id], wiring.outputs);
  const sources = [...network.nodes.values()].filter(({ id }) => !behind.has(id) && !present.includes(id));
  return ranked(target, sources, network)
    .slice(0, MOST_TRIES)
    .find(({ id }) => {
      const output = shapes.get(id)?.summary?.output;
      return output !== undefined && fits(target, [...known, output]);
    });
}

/** Best first. Those whose output is not known, and the network's output, are left out. */
function ranked(target: GraphNode, sources: readonly GraphNode[], network: Known): readonly GraphNode[] {
  const places = [...network.nodes.keys()];
  return sources
    .filter(({ id, type }) => type !== 'output' && network.shapes.get(id)?.summary !== undefined)
    .map((source) => ({ source, rank: rankOf(source, target, network, places) }))
    .sort((a, b) => a.rank.map((value, i) => value - (b.rank[i] ?? 0)).find((difference) => difference !== 0) ?? 0)
    .map(({ source }) => source);
}

/** Compared from the first to the last, smaller is better. Without places, the order of the file counts as one. */
function rankOf(source: GraphNode, target: GraphNode, { wiring }: Known, ids: readonly string[]): readonly number[] {
  const isLoose = (wiring.outputs.get(source.id) ?? []).length === 0;
  const [from, to] = [source.position, target.position];
  const steps = ids.indexOf(target.id) - ids.indexOf(source.id);
  const [dx, dy] = from && to ? [to.x - from.x, to.y - from.y] : [steps, 0];
  return [isLoose ? 0 : 1, dx > 0 ? 0 : 1, Math.hypot(dx, dy)];
}

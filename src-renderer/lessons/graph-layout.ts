/** Where the gates of a formula stand: the layered layout of dagre, from left to right or from top to bottom. */
import dagre from '@dagrejs/dagre';
import type { ScalarEdge, ScalarGraph, ScalarNode } from '../../src-core/autodiff/scalar-graph.ts';
import { waysOf, type Box, type Direction, type Place, type Size, type Way } from './wire-paths.ts';

export interface GraphLayout extends Size {
  readonly nodes: Readonly<Record<string, Box>>;
  readonly edges: Readonly<Record<string, Way>>;
}

/** The pseudo node that the result flows into. */
export const RESULT = '= f'; // no variable can be called that
export const resultEdge = ({ result }: ScalarGraph): string => `${result}>${RESULT}`;

const VARIABLE = { width: 116, height: 62 };
/** With the sum of what comes back on several wires. */
const SHARED = { width: 116, height: 80 };
const GATE = { width: 62, height: 36 };
const END = { width: 40, height: 36 };
/** Room for a value above and a gradient below. */
const NUMBERS = { width: 66, height: 36 };
const MARGIN = 12;

/** The direction in which the whole graph can be shown larger in a room of that size. */
export function layoutFor(graph: ScalarGraph, room: Size): GraphLayout {
  const fit = ({ width, height }: GraphLayout): number => Math.min(room.width / width, room.height / height, 1);
  const [across, down] = [layoutOf(graph, 'LR'), layoutOf(graph, 'TB')];
  return fit(down) > fit(across) * 1.1 ? down : across;
}

/**
 * With the inputs in the order in which the formula names them, unless wires cross less otherwise.
 * The same graph gives the same places.
 */
export function layoutOf(graph: ScalarGraph, direction: Direction): GraphLayout {
  const asNamed = arranged(graph, direction, true);
  if (crossings(asNamed) === 0) return asNamed;
  const untangled = arranged(graph, direction, false);
  return crossings(untangled) < crossings(asNamed) ? untangled : asNamed;
}

/** dagre keeps names in plain objects, where a variable called 'constructor' would meet what is there already. */
const keyOf = (id: string): string => `:${id}`;
const idOf = (key: string): string => key.slice(1);

function arranged({ nodes, edges, result }: ScalarGraph, direction: Direction, isAsNamed: boolean): GraphLayout {
  const graph = new dagre.graphlib.Graph({ multigraph: true });
  const [ranksep, nodesep] = direction === 'LR' ? [6, 14] : [8, 12];
  graph.setGraph({ rankdir: direction, ranksep, nodesep, edgesep: 8, marginx: MARGIN, marginy: MARGIN });
  for (const node of nodes) graph.setNode(keyOf(node.id), { ...sizeOf(node, edges) });
  graph.setNode(keyOf(RESULT), { ...END });
  for (const { id, from, to } of edges) graph.setEdge(keyOf(from), keyOf(to), { ...NUMBERS, labelpos: 'c' }, id);
  graph.setEdge(keyOf(result), keyOf(RESULT), { ...NUMBERS, labelpos: 'c' }, `${result}>${RESULT}`);
  dagre.layout(graph, { disableOptimalOrderHeuristic: isAsNamed });
  const { width = 0, height = 0 } = graph.graph() as { width?: number; height?: number };
  const placed = Object.fromEntries(graph.nodes().map((key) => [idOf(key), graph.node(key) as Box] as const));
  const turn = turner(placed, nodes, direction, { width, height });
  const boxes = Object.fromEntries(Object.entries(placed).map(([id, box]) => [id, cornerOf({ ...box, ...turn(box) })]));
  const drawn = graph.edges().map((edge) => {
    const { points, x, y } = graph.edge(edge) as { points: Place[] } & Place; // set by `layout` for every edge
    return {
      id: edge.name ?? '',
      from: idOf(edge.v),
      to: idOf(edge.w),
      inner: points.slice(1, -1).map(turn),
      label: turn({ x, y }),
    };
  });
  return { width, height, nodes: boxes, edges: waysOf(drawn, boxes, direction) };
}

/** Mirrors a drawing whose inputs stand against the order of the formula. */
function turner(
  middles: Readonly<Record<string, Place>>,
  nodes: readonly ScalarNode[],
  direction: Direction,
  { width, height }: Size,
): (place: Place) => Place {
  const along = ({ x, y }: Place): number => (direction === 'LR' ? y : x);
  const inputs = nodes.filter(({ op }) => op === 'variable').map(({ id }) => along(middles[id] ?? { x: 0, y: 0 }));
  const rises = inputs.slice(1).map((place, i) => Math.sign(place - (inputs[i] ?? place)));
  const isReversed = rises.reduce((sum, rise) => sum + rise, 0) < 0;
  if (!isReversed) return ({ x, y }) => ({ x, y });
  return ({ x, y }) => (direction === 'LR' ? { x, y: height - y } : { x: width - x, y });
}

/** Pairs of stretches of different wires that cross. */
export function crossings({ edges }: GraphLayout): number {
  const stretches = Object.values(edges).flatMap(({ points }) =>
    points.slice(1).map((to, i) => [points[i] ?? to, to] as const),
  );
  const side = (a: Place, b: Place, c: Place): number => (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
  const cross = ([a, b]: readonly [Place, Place], [c, d]: readonly [Place, Place]): boolean =>
    side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0;
  return stretches.reduce((sum, one, i) => sum + stretches.slice(i + 1).filter((other) => cross(one, other)).length, 0);
}

const PX_PER_SIGN = 9;
const LONG_NAME = 6;

function sizeOf({ id, op, constants }: ScalarNode, edges: readonly ScalarEdge[]): Size {
  if (op === 'variable') return isShared(id, edges) ? SHARED : VARIABLE;
  const digits = constants.reduce<number>((sum, number) => sum + (number === null ? 0 : String(number).length), 0);
  const signs = (op.length > LONG_NAME ? 1 : op.length) + digits + 3;
  return { width: Math.max(GATE.width, signs * PX_PER_SIGN), height: GATE.height };
}

/** True for a variable that is used more than once. */
export function isShared(id: string, edges: readonly ScalarEdge[]): boolean {
  return edges.filter(({ from }) => from === id).length > 1;
}

/** dagre says where middles are. */
function cornerOf({ x, y, width, height }: Box): Box {
  return { x: x - width / 2, y: y - height / 2, width, height };
}

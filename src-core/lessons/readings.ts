/**
 * Numbers that can be asked of a scene by name, in the words of a lesson and in what it is checked by:
 *   '(x+y)*z'        value of any formula of the variables
 *   'd x+y'          derivative of the scene's formula by a variable, or by one of its parts
 *   'd w via w^3'    the share of it that comes back from that part
 *   'local x+y of (x+y)*z'   derivative of one gate by one of its inputs
 *   'slope z'        derivative by the variable, also where the formula does not have it
 *   'central w h', 'forward w h'   differences by the variable w with the step h
 *   'tangent w h'    f + h · ∂f/∂w
 *   'passes forward', 'passes reverse'   sweeps that all derivatives take
 */
import { difference } from '../autodiff/difference.ts';
import { parseExpression } from '../autodiff/parse.ts';
import { nodeById, nodeOfSource, type ScalarEdge, type ScalarNode } from '../autodiff/scalar-graph.ts';
import { derivativeSteps } from '../autodiff/sweep.ts';
import { assert } from '../lib/assert.ts';
import { valueAt, type Scene } from './scene.ts';

type Reader = (scene: Scene, ...words: string[]) => number;

const READERS: readonly (readonly [RegExp, Reader])[] = [
  [/^d (.+) via (.+)$/, (scene, from, to) => edgeBetween(scene, from, to).gradient],
  [/^d (.+)$/, (scene, part) => nodeOf(scene, part).gradient],
  [/^local (.+) of (.+)$/, (scene, from, to) => edgeBetween(scene, from, to).local],
  [/^slope (\w+)$/, (scene, name) => slope(scene, name)],
  [/^central (\w+) (\w+)$/, (scene, name, h) => differenceBy(scene, name, h).central],
  [/^forward (\w+) (\w+)$/, (scene, name, h) => differenceBy(scene, name, h).right],
  [/^tangent (\w+) (\w+)$/, (scene, name, h) => result(scene) + valueOf(scene, h) * slope(scene, name)],
  [/^passes reverse$/, ({ graph }) => derivativeSteps(graph, 'reverse').filter(({ kind }) => kind === 'seed').length],
  [/^passes forward$/, ({ graph }) => derivativeSteps(graph, 'forward').filter(({ kind }) => kind === 'start').length],
];

/** The number that `reading` means in a scene. A formula that is wrong or has unknown names is a bug of the lesson. */
export function readNumber(reading: string, scene: Scene): number {
  for (const [pattern, read] of READERS) {
    const match = pattern.exec(reading);
    if (match !== null) return read(scene, ...match.slice(1));
  }
  return valueAt(reading, scene.at);
}

/** True where the number is a derivative, which is shown in another colour. */
export function isDerivative(reading: string): boolean {
  return /^(d|local|slope|central|forward) /.test(reading);
}

function nodeOf({ graph }: Scene, part = ''): ScalarNode {
  const node = nodeOfSource(graph, parseExpression(part));
  assert(node !== undefined, `the formula has a part ${part}`);
  return node;
}

function edgeBetween(scene: Scene, from = '', to = ''): ScalarEdge {
  const [source, target] = [nodeOf(scene, from), nodeOf(scene, to)];
  const edge = scene.graph.edges.find((one) => one.from === source.id && one.to === target.id);
  assert(edge !== undefined, `${from} goes into ${to}`);
  return edge;
}

function result({ graph }: Scene): number {
  return nodeById(graph, graph.result).value;
}

function slope({ graph }: Scene, name = ''): number {
  return graph.nodes.find(({ id }) => id === name)?.gradient ?? 0;
}

function valueOf({ at }: Scene, name = ''): number {
  const value = at[name];
  assert(value !== undefined, `${name} has a value`);
  return value;
}

function differenceBy(scene: Scene, name = '', h = ''): ReturnType<typeof difference> {
  return difference(scene.expression, scene.at, name, valueOf(scene, h));
}

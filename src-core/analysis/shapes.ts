/** Checks every node's parameters and carries shapes from the input along the wires. */
import type { GraphNode } from '../graph/model.ts';
import { AppError } from '../lib/errors.ts';
import { checkFields, ownEntry, showValue } from '../lib/fields-check.ts';
import type { Json } from '../lib/json.ts';
import { recordLayer, type LayerSummary } from '../layers/builder.ts';
import type { LayerDefinition } from '../layers/define.ts';
import { findLayer, layers } from '../layers/registry.ts';
import type { ValueType } from '../ops/define.ts';
import { formatShape } from '../tensor/shape.ts';
import type { Fix } from './define.ts';
import { fieldFix, insertBeforeFix, retypeFix, setParamFix } from './fixes.ts';
import { nearestName } from './names.ts';
import type { ProblemList } from './problems.ts';

/** What is known about one node. */
export interface NodeShapes {
  /** Types of the values that enter, as far as they are known. */
  readonly inputs: readonly ValueType[];
  /** Absent where a problem here or upstream hides it. */
  readonly summary?: LayerSummary;
}

/** Node types and parameters of the whole graph, reached or not. Returns the ids of the nodes that are sound. */
export function checkNodes(nodes: readonly GraphNode[], problems: ProblemList): ReadonlySet<string> {
  const sound = new Set<string>();
  for (const node of nodes) {
    const layer = findLayer(node.type);
    if (layer === undefined) {
      reportType(node, problems);
      continue;
    }
    const found = checkFields(layer.fields, node.params, node.id);
    problems.fields(found, node.id, (problem) => paramFix(node, layer, problem));
    if (found.length === 0) sound.add(node.id);
  }
  return sound;
}

/**
 * Shapes along the wires.
 * @param order nodes the input reaches, each after what feeds it
 * @param sound ids whose type and parameters are in order; shapes stop at the others
 */
export function inferShapes(options: {
  readonly nodes: ReadonlyMap<string, GraphNode>;
  readonly order: readonly string[];
  readonly inputs: ReadonlyMap<string, readonly string[]>;
  readonly sound: ReadonlySet<string>;
  readonly problems: ProblemList;
}): ReadonlyMap<string, NodeShapes> {
  const { nodes, order, inputs, sound, problems } = options;
  const shapes = new Map<string, NodeShapes>();
  for (const id of order) {
    const node = nodes.get(id);
    if (node === undefined) continue;
    const sources = inputs.get(id) ?? [];
    const types = sources.flatMap((source) => shapes.get(source)?.summary?.output ?? []);
    const isKnown = types.length === sources.length && sound.has(id) && fitsInputs(node, types.length);
    shapes.set(id, isKnown ? recorded(node, types, problems) : { inputs: types });
    if (isKnown && !sources.some((source) => nodes.get(source)?.type === 'dense')) warnOfImage(node, types, problems);
  }
  return shapes;
}

/** Wrong numbers of wires were reported by the wiring; a layer is never asked to record them. */
function fitsInputs({ type }: GraphNode, count: number): boolean {
  const takes = findLayer(type)?.inputs;
  return takes === 'none' ? count === 0 : takes === 'one' ? count === 1 : count >= 2;
}

function recorded(node: GraphNode, inputs: readonly ValueType[], problems: ProblemList): NodeShapes {
  const result = tryRecord(node, inputs);
  if (!(result instanceof AppError)) return { inputs, summary: result };
  const fix = shapeFix(node, inputs);
  problems.add('error', result.code, `${node.id}: ${result.message}`, { node: node.id, fix });
  return { inputs };
}

/** True when a node of sound parameters takes values of these types. Adding needs two: of one, nothing more is known. */
export function fits(node: GraphNode, inputs: readonly ValueType[]): boolean {
  const layer = findLayer(node.type);
  if (layer === undefined || checkFields(layer.fields, node.params, node.id).length > 0) return false;
  return (layer.inputs === 'many' && inputs.length < 2) || !(tryRecord(node, inputs) instanceof AppError);
}

/** A dense layer on an image is rarely meant: it treats every row of pixels by itself. Said of the first of several. */
function warnOfImage({ id, type }: GraphNode, [input]: readonly ValueType[], problems: ProblemList): void {
  if (type !== 'dense' || input === undefined || input.shape.length < IMAGE_RANK) return;
  const detail = { node: id, found: formatShape(input.shape), width: input.shape.at(-1) ?? 1 };
  problems.warning('shape.dense_on_image', detail, { node: id, fix: insertBeforeFix(id, 'flatten') });
}
const IMAGE_RANK = 3;

/** Shape errors are what people can cause here; anything else is a bug and goes on. */
function tryRecord(
  { type, params }: Pick<GraphNode, 'type' | 'params'>,
  inputs: readonly ValueType[],
): LayerSummary | AppError {
  try {
    return recordLayer({ type, params, inputs });
  } catch (error) {
    if (error instanceof AppError && error.code.startsWith('shape.')) return error;
    throw error;
  }
}

/** Tries what usually helps, and offers it when it does. */
function shapeFix(node: GraphNode, inputs: readonly ValueType[]): Fix | undefined {
  const [input] = inputs;
  if (input === undefined || inputs.length > 1) return undefined;
  if (input.shape.length > 1) {
    const flat = tryRecord({ type: 'flatten', params: {} }, [input]);
    if (!(flat instanceof AppError) && !(tryRecord(node, [flat.output]) instanceof AppError)) {
      return insertBeforeFix(node.id, 'flatten');
    }
  }
  const padded = { ...node, params: { ...node.params, padding: 'same' } };
  const canPad = ownEntry(findLayer(node.type)?.fields ?? {}, 'padding') !== undefined;
  return canPad && !(tryRecord(padded, inputs) instanceof AppError)
    ? setParamFix(node.id, 'padding', 'same')
    : undefined;
}

function reportType(node: GraphNode, problems: ProblemList): void {
  const known = Object.keys(layers);
  const near = nearestName(node.type, known);
  const path = `${node.id}.type`;
  problems.error(
    'field.unknown_name',
    { where: path, expected: `one of ${known.join(', ')}`, found: showValue(node.type) },
    { node: node.id, path, fix: near === undefined ? undefined : retypeFix(node, near) },
  );
}

function paramFix(node: GraphNode, { fields }: LayerDefinition, problem: { readonly path: string }): Fix | undefined {
  const key = problem.path.slice(node.id.length + 1);
  const set = (value: Json): Fix => setParamFix(node.id, key, value);
  return fieldFix({ fields, key, found: ownEntry(node.params, key), set });
}

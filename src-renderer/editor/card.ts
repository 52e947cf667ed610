/** What a node's card and a wire's label say, as plain data. */
import type { Analysis, Problem } from '../../src-core/analysis/define.ts';
import type { GraphNode } from '../../src-core/graph/model.ts';
import { findLayer } from '../../src-core/layers/registry.ts';
import { checkFields, resolveParams } from '../../src-core/lib/fields-check.ts';
import { formatCount, formatShort } from '../ui/format.ts';
import type { Shape } from '../../src-core/tensor/shape.ts';

export interface Card {
  readonly type: string;
  readonly label: string;
  readonly icon: string;
  readonly brief: string;
  /** '[N, 16]'; absent where it cannot be known. */
  readonly shape: string | null;
  readonly parameterCount: number;
  readonly problems: readonly Problem[];
  readonly hasInput: boolean;
  readonly hasOutput: boolean;
}

/** '[N, 16]': the batch axis first, as tensors have it. */
export function batchShape(shape: Shape): string {
  return `[${['N', ...shape].join(', ')}]`;
}

/** What a wire says between two cards: '[N, 8]', or only one row's '16×8×8' where all of it would not fit. */
export function wireShape(shape: Shape): string {
  return shape.length <= 1 ? batchShape(shape) : shape.join('×');
}

/** From so many on there is no room for every digit beside the parameter that matters. */
const LONG_COUNT = 10_000;

/** A number of parameters: '1,234', and '180k' where it is large. */
export function countOnCard(count: number): string {
  return count < LONG_COUNT ? formatCount(count) : formatShort(count);
}

/** The one parameter that matters, or nothing while a parameter is wrong: the problem says so. */
function briefOf({ type, params, id }: GraphNode): string {
  const layer = findLayer(type);
  if (layer === undefined || checkFields(layer.fields, params, id).length > 0) return '';
  return layer.brief(resolveParams(layer.fields, params));
}

export function cardOf(node: GraphNode, analysis: Analysis): Card {
  const layer = findLayer(node.type);
  const report = Object.hasOwn(analysis.nodes, node.id) ? analysis.nodes[node.id] : undefined;
  return {
    type: node.type,
    label: layer?.label ?? node.type,
    icon: layer?.icon ?? 'box',
    brief: briefOf(node),
    shape: report?.outputShape === undefined ? null : batchShape(report.outputShape),
    parameterCount: report?.parameterCount ?? 0,
    problems: analysis.problems.filter((problem) => problem.node === node.id),
    hasInput: layer?.inputs !== 'none',
    hasOutput: node.type !== 'output',
  };
}

/** The node's name for a screen reader and for tests: 'Dense h1, 16 · tanh, output [N, 16]'. */
export function cardName(id: string, card: Card): string {
  const parts = [
    `${card.label} ${id}`,
    card.brief,
    card.shape === null ? 'output not known' : `output ${card.shape}`,
    ...card.problems.map(({ message }) => message),
  ];
  return parts.filter((part) => part !== '').join(', ');
}

/** Mends that problems offer: each gives the whole document afterwards. */
import { connect, disconnect, insertOnEdge, removeNodes, replaceNode, setParam, setTraining } from '../graph/edit.ts';
import { newId } from '../graph/ids.ts';
import type { GraphNode, ProjectDocument } from '../graph/model.ts';
import { ownEntry, showValue } from '../lib/fields-check.ts';
import type { Field, Fields } from '../lib/fields.ts';
import type { Json, JsonObject } from '../lib/json.ts';
import type { Fix } from './define.ts';
import { nearestName } from './names.ts';

export function removeEdgeFix(label: string, edge: number): Fix {
  return { label, apply: (document) => disconnect(document, [edge]) };
}

export function connectFix(from: string, to: string): Fix {
  return { label: `Connect ${from} to ${to}`, apply: (document) => connect(document, from, to) };
}

export function removeNodeFix(id: string): Fix {
  return { label: `Remove ${id}`, apply: (document) => removeNodes(document, [id]) };
}

export function setParamFix(id: string, key: string, value: Json): Fix {
  return { label: `Set ${key} of ${id} to ${plain(value)}`, apply: (document) => setParam(document, id, key, value) };
}

export function setTrainingFix(key: string, value: Json): Fix {
  return {
    label: `Set ${words(key)} to ${plain(value)}`,
    apply: (document) => setTraining(document, { [key]: value }),
  };
}

export function setDataFix(label: string, changes: JsonObject): Fix {
  return { label, apply: (document) => ({ ...document, data: { ...document.data, ...changes } }) };
}

export function retypeFix(node: GraphNode, type: string): Fix {
  return {
    label: `Change ${node.id} to ${type}`,
    apply: (document) => replaceNode(document, node.id, type, node.params),
  };
}

/** Puts a new layer on the one wire that enters `id`. */
export function insertBeforeFix(id: string, type: string): Fix {
  return {
    label: `Insert a ${type} layer before ${id}`,
    apply: (document) => {
      const edge = document.graph.edges.findIndex(({ to }) => to === id);
      if (edge < 0) return document;
      const node = { id: newId(document.graph, type), type, params: {}, ...between(document, edge) };
      return insertOnEdge(document, edge, node);
    },
  };
}

/** For a value that breaks its field: the nearest number or name that is allowed, else what the field starts with. */
export function fieldFix(options: {
  readonly fields: Fields;
  readonly key: string;
  readonly found: Json | undefined;
  readonly set: (value: Json) => Fix;
}): Fix | undefined {
  const { fields, key, found, set } = options;
  const field = ownEntry(fields, key);
  if (field === undefined) return undefined;
  const near = typeof found === 'string' ? nearestName(found, optionsOf(field)) : nearestNumber(found, field);
  const start = near ?? field.default ?? field.initial;
  return start === undefined || start === null ? undefined : set(start);
}

/**
 * As much as is allowed for a number that is too large, the nearest whole one for a fraction. Undefined for one that is too
 * small: nobody means no units, or no epochs.
 */
function nearestNumber(found: Json | undefined, field: Field): number | undefined {
  if (typeof found !== 'number') return undefined;
  if (field.kind === 'integer') return found < field.min ? undefined : Math.min(field.max, Math.round(found));
  const isAbove =
    field.kind === 'number' && field.max !== undefined && found > field.max && field.exclusiveMax !== true;
  return isAbove ? field.max : undefined;
}

function optionsOf(field: Field): readonly string[] {
  if (field.kind === 'choice') return field.options;
  return field.kind === 'variant' ? Object.keys(field.entries) : [];
}

function between(document: ProjectDocument, edge: number): { position?: { x: number; y: number } } {
  const wire = document.graph.edges[edge];
  const from = document.graph.nodes.find(({ id }) => id === wire?.from)?.position;
  const to = document.graph.nodes.find(({ id }) => id === wire?.to)?.position;
  if (from === undefined || to === undefined) return {};
  return { position: { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 } };
}

function plain(value: Json): string {
  return typeof value === 'string' ? value : showValue(value);
}

function words(key: string): string {
  return key.replaceAll('_', ' ');
}

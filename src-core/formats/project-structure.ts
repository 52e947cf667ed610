/** The skeleton every project file must have, so that the rest of the app can trust the types of a document. */
import { isObject, ownEntry, showValue } from '../lib/fields-check.ts';
import type { Json, JsonObject } from '../lib/json.ts';
import { ID_PATTERN } from '../graph/ids.ts';
import type { ProjectDocument } from '../graph/model.ts';

/** One thing that is not as formats.md has it. */
export interface StructureProblem {
  /** JSON path, with the node's id behind it where it has one: 'graph.nodes[2].params (node h1)'. */
  readonly place: string;
  readonly expected: string;
  readonly found: string;
}

export const MAX_NODES = 10_000;
export const MAX_EDGES = 50_000;

/** Methods that need no gradient of a loss; what they leave out is filled in so that every document has both. */
const METHODS_WITHOUT_LOSS = ['perceptron'];
const METHODS_WITHOUT_OPTIMIZER = ['perceptron', 'hill_climbing'];

/** Parts that may be left out, or be null, which says the same. */
const TRAINING_PARTS = ['schedule', 'regularization', 'gradient_clip', 'early_stopping', 'class_weights'];
const DATA_PARTS = ['validation', 'test'];

/** Collects every problem of the skeleton; the values of parameters and settings are for analysis to judge. */
export class StructureCheck {
  readonly problems: StructureProblem[] = [];

  /** The document, with its few optional keys filled in; meaningless when there are problems. */
  document(file: JsonObject): JsonObject {
    this.#optional(file, 'name', 'a text', isText, '');
    return {
      ...file,
      name: file['name'] ?? 'Untitled',
      graph: this.#graph(file),
      data: this.#data(file),
      training: this.#training(file),
    };
  }

  #graph(file: JsonObject): JsonObject {
    const graph = this.#object(file, 'graph', '');
    if (!this.#has(file, 'graph')) return graph;
    const nodes = this.#list(graph, 'nodes', MAX_NODES);
    const edges = this.#list(graph, 'edges', MAX_EDGES);
    const places = new Map<string, number>();
    return {
      ...graph,
      nodes: nodes.map((node, i) => this.#node(node, `graph.nodes[${i}]`, i, places)),
      edges: edges.map((edge, i) => this.#edge(edge, `graph.edges[${i}]`)),
    };
  }

  #node(node: Json, place: string, index: number, places: Map<string, number>): Json {
    if (!isObject(node)) return this.#wrong(place, 'a node {"id", "type", "params"}', node);
    const id = ownEntry(node, 'id');
    const tail = typeof id === 'string' ? ` (node ${id})` : '';
    if (typeof id !== 'string' || !ID_PATTERN.test(id)) {
      this.#wrong(`${place}.id`, 'an id of letters, digits and _ that does not start with a digit', id);
    } else if (places.has(id)) {
      this.#wrong(`${place}.id`, `an id of its own, not that of graph.nodes[${places.get(id)}]`, id);
    } else {
      places.set(id, index);
    }
    if (!isText(node['type'])) this.#wrong(`${place}.type${tail}`, 'the name of a layer', node['type']);
    this.#optional(node, 'params', 'an object', isObject, `${place}.`, tail);
    this.#optional(node, 'position', '{"x": number, "y": number}', isPosition, `${place}.`, tail);
    return { ...node, params: node['params'] ?? {} };
  }

  #edge(edge: Json, place: string): Json {
    if (!isObject(edge)) return this.#wrong(place, 'an edge {"from", "to"}', edge);
    if (!isText(edge['from'])) this.#wrong(`${place}.from`, 'the id of a node', edge['from']);
    if (!isText(edge['to'])) this.#wrong(`${place}.to`, 'the id of a node', edge['to']);
    this.#optional(edge, 'slot', 'a whole number ≥ 0', isSlot, `${place}.`);
    return edge;
  }

  #data(file: JsonObject): JsonObject {
    const data = withoutNulls(this.#object(file, 'data', ''), DATA_PARTS);
    if (this.#has(file, 'data') && !isText(data['kind'])) {
      this.#wrong('data.kind', 'the name of a kind of data', data['kind']);
    }
    for (const key of DATA_PARTS) this.#optional(data, key, 'an object', isObject, 'data.');
    return data;
  }

  #training(file: JsonObject): JsonObject {
    const training = this.#object(file, 'training', '');
    if (!this.#has(file, 'training')) return training;
    const filled: Record<string, Json | undefined> = withoutNulls(training, TRAINING_PARTS);
    if (isObject(filled['method'])) {
      const { type, ...own } = filled['method'];
      Object.assign(filled, own, { method: type });
    }
    this.#optional(filled, 'method', 'the name of a method', isText, 'training.');
    const method = String(filled['method']);
    // As everywhere, a name stands for {"type": name}.
    for (const key of ['optimizer', 'schedule']) if (isText(filled[key])) filled[key] = { type: filled[key] };
    if (METHODS_WITHOUT_LOSS.includes(method)) filled['loss'] ??= 'hinge';
    if (METHODS_WITHOUT_OPTIMIZER.includes(method)) filled['optimizer'] ??= { type: 'sgd' };
    if (!isText(filled['loss'])) this.#typed(filled, 'loss');
    this.#typed(filled, 'optimizer');
    if (filled['schedule'] !== undefined) this.#typed(filled, 'schedule');
    for (const key of TRAINING_PARTS) {
      if (key === 'schedule') continue;
      this.#optional(filled, key, 'an object', isObject, 'training.');
    }
    return filled;
  }

  #typed(training: JsonObject, key: string): void {
    const value = training[key];
    if (!isObject(value) || !isText(value['type']))
      this.#wrong(`training.${key}`, 'a name, or {"type": name, …}', value);
  }

  #has(object: JsonObject, key: string): boolean {
    return isObject(ownEntry(object, key));
  }

  #object(parent: JsonObject, key: string, before: string): JsonObject {
    const value = ownEntry(parent, key);
    if (isObject(value)) return value;
    this.#wrong(`${before}${key}`, 'an object', value);
    return {};
  }

  #list(graph: JsonObject, key: string, limit: number): readonly Json[] {
    const value = ownEntry(graph, key);
    if (!Array.isArray(value)) {
      this.#wrong(`graph.${key}`, 'a list', value);
      return [];
    }
    if (value.length <= limit) return value;
    this.problems.push({ place: `graph.${key}`, expected: `at most ${limit} items`, found: String(value.length) });
    return [];
  }

  #optional(
    object: JsonObject,
    key: string,
    expected: string,
    fits: (value: Json) => boolean,
    before: string,
    after = '',
  ): void {
    const value = ownEntry(object, key);
    if (value !== undefined && !fits(value)) this.#wrong(`${before}${key}${after}`, expected, value);
  }

  #wrong(place: string, expected: string, found: Json | undefined): null {
    this.problems.push({ place, expected, found: showValue(found) });
    return null;
  }
}

/** Beside a check that found no problem, this is what the file is. */
export function isProjectDocument(value: JsonObject, check: StructureCheck): value is ProjectDocument {
  return check.problems.length === 0 && isObject(value['graph']);
}

function withoutNulls(object: JsonObject, keys: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([key, value]) => value !== null || !keys.includes(key)));
}

export function isText(value: Json | undefined): value is string {
  return typeof value === 'string' && value.length > 0;
}

function isSlot(value: Json): boolean {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function isPosition(value: Json): boolean {
  return isObject(value) && typeof value['x'] === 'number' && typeof value['y'] === 'number';
}

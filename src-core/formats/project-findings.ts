/** Everything that is wrong with a project file that is no whole document: what is broken, and what analysis says of the rest. */
import { analyze } from '../analysis/analyze.ts';
import type { Analysis, Problem } from '../analysis/define.ts';
import { PROJECT_FORMAT, PROJECT_VERSION, type Graph, type ProjectDocument } from '../graph/model.ts';
import { isObject, ownEntry } from '../lib/fields-check.ts';
import type { Json, JsonObject } from '../lib/json.ts';
import { readParts } from './project.ts';
import { isText, StructureCheck, type StructureProblem } from './project-structure.ts';

export interface ProjectFindings {
  /** What is left of the document, with something harmless in place of what is broken. */
  readonly document: ProjectDocument;
  readonly analysis: Analysis;
  readonly problems: readonly Problem[];
}

/** For files that readDocument refuses with 'project.structure'. Throws the others of its errors. */
export function findProblems(file: string | Uint8Array): ProjectFindings {
  const parts = readParts(file);
  const check = new StructureCheck();
  check.document(parts);
  const document = mended(parts);
  const analysis = analyze(document);
  const isAboutRest = restOf(check.problems);
  return { document, analysis, problems: [...check.problems.map(asProblem), ...analysis.problems.filter(isAboutRest)] };
}

function asProblem({ place, expected, found }: StructureProblem): Problem {
  const [, path = place, node] = /^(\S+)(?: \(node (.+)\))?$/.exec(place) ?? [];
  const message = `${place}: expected ${expected}, got ${found}`;
  return { severity: 'error', code: 'project.structure', message, path, ...(node !== undefined && { node }) };
}

/**
 * Tells problems of the rest from what follows from what is broken: advice is left out, as are parts and nodes that are
 * broken themselves.
 */
function restOf(broken: readonly StructureProblem[]): (problem: Problem) => boolean {
  const paths = broken.map((problem) => asProblem(problem));
  const isWiringBroken = paths.some(({ path = '' }) => /^graph(?:\.nodes|\.edges)?(?:\[|$)/.test(path));
  const isDataBroken = paths.some(({ path = '' }) => path.startsWith('data'));
  return ({ severity, code, path = '', node }) => {
    if (severity === 'warning') return false;
    if (isDataBroken && /^(?:data|head)\./.test(code)) return false;
    if (isWiringBroken && !code.startsWith('field.')) return false;
    if (paths.some(({ node: own }) => own !== undefined && own === node)) return false;
    return !paths.some(
      ({ path: own = '' }) => path === own || path.startsWith(`${own}.`) || own.startsWith(`${path}.`),
    );
  };
}

function mended({ name, graph, data, training }: JsonObject): ProjectDocument {
  return {
    format: PROJECT_FORMAT,
    version: PROJECT_VERSION,
    name: typeof name === 'string' ? name : '',
    graph: isObject(graph) ? mendedGraph(graph) : { nodes: [], edges: [] },
    data: isObject(data) && isText(data['kind']) ? { ...withObjects(data, DATA_PARTS), kind: data['kind'] } : NO_DATA,
    training: mendedTraining(isObject(training) ? training : {}),
  };
}

const DATA_PARTS = ['validation', 'test'];
const TRAINING_PARTS = ['regularization', 'gradient_clip', 'early_stopping', 'class_weights'];
const NO_DATA = { kind: 'generator', name: 'xor' } as const;

/** Nodes of which there is id and type, the first of each id; edges between two of any. */
function mendedGraph(graph: JsonObject): Graph {
  const seen = new Set<string>();
  const nodes = listOf(graph, 'nodes').flatMap((node) => {
    if (!isObject(node) || !isText(node['id']) || !isText(node['type']) || seen.has(node['id'])) return [];
    seen.add(node['id']);
    return [{ id: node['id'], type: node['type'], params: isObject(node['params']) ? node['params'] : {} }];
  });
  const edges = listOf(graph, 'edges').flatMap((edge) => {
    if (!isObject(edge) || !isText(edge['from']) || !isText(edge['to'])) return [];
    const { from, to, slot } = edge;
    return [{ from, to, ...(typeof slot === 'number' && Number.isSafeInteger(slot) && slot >= 0 && { slot }) }];
  });
  return { nodes, edges };
}

function mendedTraining(training: JsonObject): ProjectDocument['training'] {
  const { method, loss, optimizer, schedule, ...others } = withObjects(training, TRAINING_PARTS);
  const rate = typedOf(schedule);
  return {
    ...others,
    ...(isText(method) && { method }),
    loss: isText(loss) ? loss : (typedOf(loss) ?? 'mean_squared_error'),
    optimizer: typedOf(optimizer) ?? { type: 'sgd' },
    ...(rate && { schedule: rate }),
  };
}

/** A name stands for {"type": name}. */
function typedOf(value: Json | undefined): { readonly type: string } | undefined {
  if (isText(value)) return { type: value };
  return isObject(value) && isText(value['type']) ? { ...value, type: value['type'] } : undefined;
}

/** Without the entries of `keys` that are no objects. */
function withObjects(object: JsonObject, keys: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([key, value]) => !keys.includes(key) || isObject(value)));
}

function listOf(object: JsonObject, key: string): readonly Json[] {
  const value = ownEntry(object, key);
  return Array.isArray(value) ? value : [];
}

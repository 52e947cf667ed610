/** Finds the op that first gave a number that is not finite: takes the step once more, with every value in between kept. */
import { lower } from '../compile/lower.ts';
import { planMemory } from '../compile/plan.ts';
import type { ProjectDocument } from '../graph/model.ts';
import type { Operand, Session } from '../kernels/backend.ts';
import type { Program, TrainingResults } from '../kernels/program.ts';
import { backends } from '../kernels/registry.ts';
import { feedRows } from '../kernels/rows.ts';
import { present } from '../lib/assert.ts';
import type { Network, Rows } from '../runtime/define.ts';
import { planRows } from '../runtime/memory.ts';
import { scatter } from '../tensor/layout.ts';
import { sizeOf } from '../tensor/shape.ts';
import { DEFAULT_SEED } from './settings.ts';

/** All values of a step take memory of their own: for larger steps nobody looks. */
const MOST_NUMBERS = 2 ** 28;

export interface BadOp {
  readonly section: 'forward' | 'backward' | 'update';
  /** 'matmul' */
  readonly op: string;
  /** The node it belongs to, or whose tensor has the gradient; null for the loss. */
  readonly node: string | null;
  /** The tensor whose gradient is the first that is not finite; in the update section, the tensor itself. */
  readonly tensor: string | null;
}

interface Question {
  readonly document: ProjectDocument;
  /** With the weights before the step. */
  readonly network: Network;
  readonly batchSize: number;
  readonly rows: Rows;
  readonly stepsBefore: number;
}

/** In float32, as the run was; null where every number is finite this time, or the step is too large to be kept. */
export function firstBadOp({ document, network, batchSize, rows, stepsBefore }: Question): BadOp | null {
  const { graph, training } = document;
  const program = keepingAll(lower({ graph, training, noise: true }));
  const { fast: backend } = backends;
  const plan = planMemory({ program, layouts: backend.layouts(program), rows: planRows(batchSize) });
  if (plan.length > MOST_NUMBERS) return null;
  const session = backend.open(program, plan, training.seed ?? DEFAULT_SEED);
  const results = present(program.training, 'training program');
  for (const { key, value } of program.parameters) {
    const { shape, data, layout } = session.operand(value);
    scatter(network.read(key), data, 1, shape, layout);
  }
  feed(session, program, results, rows);
  Object.assign(session.state, { rows: rows.count, step: stepsBefore, learningRate: 0 });
  return lookThrough(session, program, 'forward', rows.count) ?? lookThrough(session, program, 'backward', rows.count);
}

/**
 * What the last step did first, in the order of the backward pass, that is not finite: a gradient, or an update along one that
 * is; null where it is neither. A backend may have stepped along a bad gradient by now: the gradients themselves stay in its
 * memory. What comes after the first is not to be trusted: it may have been computed from a tensor that is not finite.
 */
export function firstBadUpdate({ document, network }: Pick<Question, 'document' | 'network'>): BadOp | null {
  const { graph, training } = document;
  const program = lower({ graph, training, noise: true });
  const { gradients } = present(program.training, 'training program');
  const keys = new Map([...gradients].map(([key, value]) => [value, key] as const));
  for (const { id: op, outputs } of program.sections.backward) {
    for (const value of outputs) {
      const tensor = keys.get(value);
      if (tensor === undefined) continue;
      const node = tensor.slice(0, tensor.indexOf('.'));
      if (!allFinite(gradientIn(network, tensor))) return { section: 'backward', op, node, tensor };
      if (!allFinite(network.read(tensor))) return { section: 'update', op, node, tensor };
    }
  }
  return null;
}

function gradientIn({ arrays, tensors }: Network, key: string): Float64Array {
  const { shape } = present(
    tensors.find((tensor) => tensor.key === key),
    key,
  );
  const values = new Float64Array(sizeOf(shape));
  arrays.readGradient(key, { from: 0, to: values.length }, values);
  return values;
}

const allFinite = (values: Float32Array | Float64Array): boolean => values.every((value) => Number.isFinite(value));

/** What is read between ops must not share its memory. */
function keepingAll(program: Program): Program {
  const values = program.values.map((value) =>
    value.role === 'transient' ? { ...value, role: 'result' as const } : value,
  );
  return { ...program, values };
}

function feed(session: Session, program: Program, results: TrainingResults, rows: Rows): void {
  const { count, inputs, targets, weights } = rows;
  feedRows(inputs, 0, count, session.operand(program.input));
  feedRows(present(targets, 'targets'), 0, count, session.operand(results.target));
  const rowWeights = session.operand(results.weights);
  if (weights === undefined) rowWeights.data.fill(1);
  else feedRows(weights, 0, count, rowWeights);
}

function lookThrough(session: Session, program: Program, section: 'forward' | 'backward', count: number): BadOp | null {
  session.run(section);
  const isBad = (value: number): boolean => !isFinite(session.operand(value), count);
  const op = program.sections[section].find(({ outputs }) => outputs.some(isBad));
  if (op === undefined) return null;
  const gradients = section === 'forward' ? [] : [...present(program.training, 'training program').gradients];
  const order = program.sections.backward.flatMap(({ outputs }) => outputs);
  const [tensor = null] = gradients
    .filter(([, value]) => isBad(value))
    .sort(([, a], [, b]) => order.indexOf(a) - order.indexOf(b))
    .map(([key]) => key);
  const node = tensor === null ? op.node : tensor.slice(0, tensor.indexOf('.'));
  return { section, op: op.id, node: node === '' ? null : node, tensor };
}

function isFinite({ data, layout, batched }: Operand, count: number): boolean {
  const end = batched ? count * layout.rowStride : data.length;
  for (let i = 0; i < end; i++) if (!Number.isFinite(data[i] as number)) return false;
  return true;
}

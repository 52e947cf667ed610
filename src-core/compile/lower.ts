/** From a graph to the program that backends run: sections of ops, roles of values, dead work dropped. */
import type { Graph, TrainingSpec } from '../graph/model.ts';
import type { Program, ProgramOp, ProgramValue, SectionName, TracedNode, TrainingResults } from '../kernels/program.ts';
import { LayerRecorder, type RecordedParameter } from '../layers/builder.ts';
import { present } from '../lib/assert.ts';
import type { Value } from '../ops/define.ts';
import { Tape, type RecordedOp } from '../ops/recorder.ts';
import { opOf } from '../ops/registry.ts';
import { typeOf } from '../ops/rules.ts';
import { differentiate } from './differentiate.ts';
import { logitsOf, recordLoss } from './loss.ts';
import { recordGraph, type GraphRecording, type RecordedTensor } from './record.ts';
import { isPenalized, penaltyStrengths, recordUpdate, type RecordedSlot, type Trained } from './update.ts';

/** What is lowered, and for what. */
export interface LowerOptions {
  readonly graph: Graph;
  /** Absent: a program that only predicts. */
  readonly training?: TrainingSpec | undefined;
  /** False: dropout and noise stay off in training. */
  readonly noise: boolean;
  /**
   * True: the outputs of all nodes stay readable after `predict`, and after `backward` those of the training step with the
   * gradients there. Costs memory, as nothing in between is shared.
   */
  readonly keepsNodes?: boolean | undefined;
}

type Sections = Record<SectionName, readonly RecordedOp[]>;

/** Lowers a graph that was checked before. Cost: linear in nodes. Throws AppError 'shape.*'. */
export function lower({ graph, training, noise, keepsNodes = false }: LowerOptions): Program {
  const tape = new Tape();
  const tensors = new Map<string, RecordedParameter>();
  const evaluation = recordGraph(graph, new LayerRecorder(tape, { training: false, noise: false, tensors }));
  const sections = noSections();
  sections.predict = evaluation.ops;
  const parts: Parts = { tape, evaluation, sections, slots: [], training: null, keepsNodes };
  if (training !== undefined) {
    const recorder = new LayerRecorder(tape, { training: true, noise, tensors });
    addTraining(parts, training, recordGraph(graph, recorder, evaluation.input));
  }
  return assemble(parts);
}

/** Everything recorded so far. */
interface Parts {
  readonly tape: Tape;
  readonly evaluation: GraphRecording;
  readonly sections: Sections;
  slots: readonly RecordedSlot[];
  training: TrainingResults | null;
  readonly keepsNodes: boolean;
}

function noSections(): Sections {
  return { forward: [], backward: [], update: [], predict: [], evaluate: [], penalty: [] };
}

function addTraining(parts: Parts, training: TrainingSpec, forward: GraphRecording): void {
  const { tape, evaluation, sections } = parts;
  const record = <T>(name: SectionName, work: () => T): T => {
    const first = tape.list.length;
    const result = work();
    sections[name] = tape.list.slice(first);
    return result;
  };
  const target = tape.source({ shape: forward.output.shape, batched: true });
  const weights = tape.source({ shape: [], batched: true });
  const { mean, objective } = record('forward', () => recordObjective(tape, training, forward, target, weights));
  sections.forward = [...forward.ops, ...sections.forward];
  const trained = forward.tensors.filter((tensor) => tensor.trained);
  const traced = parts.keepsNodes ? tracedValues(training, forward) : null;
  const { gradients, nodes, gradientCheck } = record('backward', () => {
    const found = differentiate(tape, sections.forward, objective, [
      ...trained.map(({ value }) => value),
      ...(traced?.values() ?? []),
    ]);
    const gradients = gradientsOf(tape, found, trained);
    return {
      gradients,
      nodes: traced && new Map([...traced].map(([id, at]) => [id, tracedNode(id, at, forward, found)] as const)),
      gradientCheck: tape.op(
        'check_finite',
        gradients.map(({ gradient }) => gradient),
      ),
    };
  });
  const weightCheck = record('update', () => {
    parts.slots = recordUpdate(tape, training, gradients);
    return tape.op(
      'check_finite',
      forward.tensors.map(({ value }) => value),
    );
  });
  moveWritesToUpdate(sections);
  const evaluationLoss = record('evaluate', () => recordLoss(tape, training, evaluation, { target, weights }));
  const penalty = record('penalty', () =>
    tape.op(
      'penalty',
      trained.filter(isPenalized).map(({ value }) => value),
      penaltyStrengths(training),
    ),
  );
  parts.training = {
    meanLoss: mean.id,
    objective: objective.id,
    gradientCheck: gradientCheck.id,
    weightCheck: weightCheck.id,
    evaluationLoss: evaluationLoss.id,
    penalty: penalty.id,
    target: target.id,
    weights: weights.id,
    gradients: new Map(gradients.map(({ tensor, gradient }) => [tensor.key, gradient.id])),
    ...(nodes && { nodes }),
  };
}

/** Where the gradient of each node is taken: at its output, of the head at the logits where the loss starts from them. */
function tracedValues(training: TrainingSpec, forward: GraphRecording): ReadonlyMap<string, Value> {
  const logits = logitsOf(training, forward);
  return new Map(
    [...forward.values].map(([id, value]) => [id, value.id === forward.output.id ? (logits ?? value) : value]),
  );
}

function tracedNode(id: string, at: Value, forward: GraphRecording, found: ReadonlyMap<number, Value>): TracedNode {
  const value = present(forward.values.get(id), `output of ${id}`);
  const gradientOf = at.id === value.id ? 'output' : 'logits';
  return { value: value.id, gradient: found.get(at.id)?.id ?? null, gradientOf };
}

function recordObjective(tape: Tape, training: TrainingSpec, forward: GraphRecording, target: Value, weights: Value) {
  const mean = recordLoss(tape, training, forward, { target, weights });
  return { mean, objective: training.reduction === 'sum' ? tape.op('times_rows', [mean]) : mean };
}

/** Gradients of all trained tensors; zeros for those that the output does not depend on. */
function gradientsOf(
  tape: Tape,
  found: ReadonlyMap<number, Value>,
  trained: readonly RecordedTensor[],
): readonly Trained[] {
  return trained.map((tensor) => ({
    tensor,
    gradient: found.get(tensor.value.id) ?? tape.op('fill', [], { shape: tensor.shape, value: 0 }),
    isReached: found.has(tensor.value.id),
  }));
}

/** Running statistics are overwritten with the update, so that a look at the gradients changes nothing. */
function moveWritesToUpdate(sections: Sections): void {
  const isWriting = (op: RecordedOp) => opOf(op.id).writes !== undefined;
  sections.update = [...sections.forward.filter(isWriting), ...sections.update];
  sections.forward = sections.forward.filter((op) => !isWriting(op));
}

/** Drops dead ops, gives every value its role, and turns values into indices. */
function assemble(parts: Parts): Program {
  const { tape, evaluation, slots, training, keepsNodes } = parts;
  const roles = rolesOf(parts);
  const sections = liveSections(parts.sections, roles);
  const values: (ProgramValue | undefined)[] = new Array<undefined>(tape.valueCount).fill(undefined);
  const note = (value: Value) => {
    if (values[value.id] !== undefined) return;
    const { role, key } = roles.get(value.id) ?? { role: 'transient' as const, key: undefined };
    values[value.id] = { ...typeOf(value), role, ...(key === undefined ? {} : { key }) };
  };
  for (const ops of Object.values(sections)) for (const op of ops) [...op.inputs, ...op.outputs].forEach(note);
  [evaluation.input, evaluation.output, ...evaluation.tensors.map(({ value }) => value)].forEach(note);
  slots.forEach(({ value }) => note(value));
  const unused: ProgramValue = { shape: [], batched: false, role: 'transient' };
  return {
    values: Array.from(values, (value) => value ?? unused),
    sections: mapSections(sections, toProgramOp),
    input: evaluation.input.id,
    prediction: evaluation.output.id,
    parameters: evaluation.tensors.map(({ key, value, trained, init }) => ({ key, value: value.id, trained, init })),
    slots: slots.map(({ key, value }) => ({ key, value: value.id, trained: false, init: 'zeros' })),
    training,
    ...(keepsNodes ? { nodes: new Map([...evaluation.values].map(([node, { id }]) => [node, id])) } : {}),
  };
}

type Role = Pick<ProgramValue, 'role' | 'key'>;

/** Later entries win: an output that is the input itself stays the input, a gradient is never a mere result. */
function rolesOf({ evaluation, slots, training, keepsNodes }: Parts): Map<number, Role> {
  const roles = new Map<number, Role>([[evaluation.output.id, { role: 'result' }]]);
  if (keepsNodes) for (const { id } of evaluation.values.values()) roles.set(id, { role: 'result' });
  if (training !== null) {
    const { meanLoss, objective, gradientCheck, weightCheck, evaluationLoss, penalty } = training;
    for (const id of [meanLoss, objective, gradientCheck, weightCheck, evaluationLoss, penalty]) {
      roles.set(id, { role: 'result' });
    }
    for (const { value, gradient } of training.nodes?.values() ?? []) {
      roles.set(value, { role: 'result' });
      if (gradient !== null) roles.set(gradient, { role: 'result' });
    }
    for (const id of training.gradients.values()) roles.set(id, { role: 'gradient' });
    roles.set(training.target, { role: 'target' });
    roles.set(training.weights, { role: 'weights' });
  }
  roles.set(evaluation.input.id, { role: 'input' });
  for (const { key, value } of evaluation.tensors) roles.set(value.id, { role: 'parameter', key });
  for (const { key, value } of slots) roles.set(value.id, { role: 'slot', key });
  return roles;
}

/** Ops whose outputs nobody reads are dropped, from the last to the first. */
function liveSections(sections: Sections, roles: ReadonlyMap<number, Role>): Sections {
  const live = noSections();
  const read = new Set(roles.keys());
  const order: readonly SectionName[] = ['penalty', 'evaluate', 'predict', 'update', 'backward', 'forward'];
  for (const name of order) {
    live[name] = sections[name]
      .toReversed()
      .filter((op) => {
        const isLive = opOf(op.id).writes !== undefined || op.outputs.some(({ id }) => read.has(id));
        if (isLive) for (const { id } of op.inputs) read.add(id);
        return isLive;
      })
      .toReversed();
  }
  return live;
}

function mapSections(sections: Sections, change: (op: RecordedOp) => ProgramOp): Program['sections'] {
  const { forward, backward, update, predict, evaluate, penalty } = sections;
  return {
    forward: forward.map(change),
    backward: backward.map(change),
    update: update.map(change),
    predict: predict.map(change),
    evaluate: evaluate.map(change),
    penalty: penalty.map(change),
  };
}

function toProgramOp({ id, inputs, outputs, attributes, node }: RecordedOp): ProgramOp {
  const ids = (values: readonly Value[]) => values.map((value) => present(value, 'value').id);
  return { id, inputs: ids(inputs), outputs: ids(outputs), attributes, node };
}

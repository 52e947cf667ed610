/** Runs one op and its gradient rule on a backend, through the same plan and session as a network. */
import { planMemory } from '../../src-core/compile/plan.ts';
import type { Backend, Operand } from '../../src-core/kernels/backend.ts';
import type { Program, ProgramOp, ProgramValue } from '../../src-core/kernels/program.ts';
import { Random, streamKey } from '../../src-core/lib/random.ts';
import type { Value } from '../../src-core/ops/define.ts';
import { Tape, type RecordedOp } from '../../src-core/ops/recorder.ts';
import { opOf } from '../../src-core/ops/registry.ts';
import { typeOf } from '../../src-core/ops/rules.ts';
import { gather, scatter } from '../../src-core/tensor/layout.ts';
import { sizeOf } from '../../src-core/tensor/shape.ts';
import type { Draw, OpSample, SampleInput } from '../sweeps/op-samples.ts';

const SEED = 11;

/** Logical numbers of an input, row-major: `rows` of them when batched. */
export function drawNumbers({ shape, batched, draw }: SampleInput, rows: number, random: Random): Float64Array {
  const numbers = new Float64Array(sizeOf(shape) * (batched ? rows : 1));
  if (draw === 'distinct') {
    const order = random.permutation(numbers.length);
    return numbers.map((_, i) => 0.1 * (order[i] ?? 0) - 1);
  }
  const columns = shape.at(-1) ?? 1;
  const hot = numbers.map(() => random.integer(columns));
  return numbers.map((_, i) =>
    draw === 'one_hot' ? Number(hot[Math.floor(i / columns)] === i % columns) : drawOne(draw, random),
  );
}

function drawOne(draw: Exclude<Draw, 'distinct' | 'one_hot'>, random: Random): number {
  switch (draw) {
    case 'normal':
      return random.normal();
    case 'probability':
      return random.uniform(0.05, 0.95);
    case 'bit':
      return random.integer(2);
    case 'off_zero':
      return (random.integer(2) === 0 ? -1 : 1) * random.uniform(0.2, 2);
    case 'positive':
      return random.uniform(0.5, 2);
    case 'tenth':
      return random.uniform(0, 0.1);
    case 'id':
      return random.integer(5);
  }
}

export interface OpRun {
  readonly outputs: readonly Float64Array[];
  /** Per input; null where the op has no gradient. */
  readonly gradients: readonly (Float64Array | null)[];
}

/** The op bound to a backend: numbers in, numbers out. */
export interface BoundOp {
  /** Ids of all ops that ran, gradient ops among them. */
  readonly ids: readonly string[];
  readonly outputSizes: readonly number[];
  run(inputs: readonly Float64Array[], outputGradients: readonly Float64Array[]): OpRun;
}

/** Records `id` on `sample`, and its gradient rule with a given gradient for every output. */
export function bindOp(backend: Backend, id: string, sample: OpSample, rows: number): BoundOp {
  const tape = new Tape();
  tape.node = 'node';
  const inputs = sample.inputs.map(({ shape, batched }) => tape.source({ shape, batched }));
  const outputs = tape.ops(id, inputs, sample.attributes);
  const forward = tape.list.length;
  const seeds = outputs.map((output) => tape.source(typeOf(output)));
  const gradients =
    opOf(id).gradient?.({
      recorder: tape,
      inputs,
      outputs,
      outputGradients: seeds.map((seed, i) => (i === 0 ? seed : null)),
      attributes: sample.attributes,
      needs: () => true,
    }) ?? inputs.map(() => null);
  const isRead = new Set([...outputs, ...gradients].flatMap((value) => (value === null ? [] : [value.id])));
  const isFed = new Set([...inputs, ...seeds].map((value) => value.id));
  const program = programOf(tape, forward, isRead, isFed);
  const plan = planMemory({ program, layouts: backend.layouts(program), rows: { training: rows, evaluation: rows } });
  const session = backend.open(program, plan, SEED);
  session.state.rows = rows;
  const put = (value: Value, numbers: Float64Array) => write(session.operand(value.id), numbers, rows);
  const get = (value: Value) => read(session.operand(value.id), rows);
  return {
    ids: tape.list.map((op) => op.id),
    outputSizes: outputs.map((output) => sizeOf(output.shape) * (output.batched ? rows : 1)),
    run: (numbers, outputGradients) => {
      inputs.forEach((input, i) => put(input, numbers[i] ?? new Float64Array()));
      seeds.forEach((seed, i) => put(seed, outputGradients[i] ?? new Float64Array()));
      session.run('forward');
      session.run('backward');
      return { outputs: outputs.map(get), gradients: gradients.map((value) => (value === null ? null : get(value))) };
    },
  };
}

function programOf(tape: Tape, forward: number, isRead: ReadonlySet<number>, isFed: ReadonlySet<number>): Program {
  const values: ProgramValue[] = Array.from({ length: tape.valueCount }, () => ({
    shape: [],
    batched: false,
    role: 'input',
  }));
  const note = (value: Value) => {
    const role = isFed.has(value.id) ? 'input' : isRead.has(value.id) ? 'result' : 'transient';
    values[value.id] = { ...typeOf(value), role };
  };
  for (const { inputs, outputs } of tape.list) [...inputs, ...outputs].forEach(note);
  const plain = ({ id, inputs, outputs, attributes, node }: RecordedOp): ProgramOp => ({
    id,
    inputs: inputs.map((value) => value.id),
    outputs: outputs.map((value) => value.id),
    attributes,
    node,
  });
  const ops = tape.list.map(plain);
  return {
    values,
    sections: {
      forward: ops.slice(0, forward),
      backward: ops.slice(forward),
      update: [],
      predict: [],
      evaluate: [],
      penalty: [],
    },
    input: 0,
    prediction: 0,
    parameters: [],
    slots: [],
    training: null,
  };
}

function write({ data, shape, batched, layout }: Operand, numbers: Float64Array, rows: number): void {
  scatter(numbers, data, batched ? rows : 1, shape, layout);
}

function read({ data, shape, batched, layout, size }: Operand, rows: number): Float64Array {
  const count = batched ? rows : 1;
  const numbers = new Float64Array(count * size);
  gather(data, numbers, count, shape, layout);
  return numbers;
}

/** A stream of its own for every sample. */
export function sampleRandom(...words: readonly (string | number)[]): Random {
  return new Random(streamKey(SEED, 'data', ...words));
}

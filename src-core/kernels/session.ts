/** A program bound to an arena of its own, its ops run one after another by kernels written in TypeScript. */
import { assert, present } from '../lib/assert.ts';
import { ownEntry } from '../lib/fields-check.ts';
import type { Turns } from '../lib/turns.ts';
import type { Numbers } from '../tensor/layout.ts';
import { sizeOf } from '../tensor/shape.ts';
import type { Backend, BoundRows, Kernel, Kernels, Operand, RunState, Session, StepsRequest } from './backend.ts';
import type { Plan } from './plan.ts';
import { sectionNames, type Program, type ProgramOp, type SectionName, type TrainingResults } from './program.ts';
import { bindRows, pickRows, type BatchOperands } from './rows.ts';

type BoundOps = readonly ((state: RunState) => void)[];

/** `open` of a backend whose kernels are TypeScript. */
export function openWith(kernels: Kernels, dtype: Backend['dtype']): Backend['open'] {
  return (program, plan, seed) => new KernelSession({ kernels, dtype, program, plan, seed });
}

interface SessionOptions {
  readonly kernels: Kernels;
  readonly dtype: Backend['dtype'];
  readonly program: Program;
  readonly plan: Plan;
  readonly seed: number;
}

class KernelSession implements Session {
  readonly state: RunState = { rows: 0, step: 0, learningRate: 0 };
  private readonly operands: readonly (Operand | null)[];
  private readonly sections: ReadonlyMap<SectionName, BoundOps>;
  private readonly program: Program;
  private bound: BoundRows | null = null;

  constructor({ kernels, dtype, program, plan, seed }: SessionOptions) {
    this.program = program;
    this.operands = operandsOf(program, plan, allocate(dtype, plan.length));
    const bindOp = ({ id, inputs, outputs, attributes, node }: ProgramOp) => {
      const kernel = present(ownEntry<Kernel>(kernels, id), `kernel ${id}`);
      const place = (value: number) => this.operand(value);
      return kernel({ inputs: inputs.map(place), outputs: outputs.map(place), attributes, node, seed });
    };
    this.sections = new Map(sectionNames.map((name) => [name, program.sections[name].map(bindOp)]));
  }

  operand(value: number): Operand {
    return present(this.operands[value], `place of value ${value}`);
  }

  run(section: SectionName): void {
    const ops = this.sections.get(section) ?? [];
    for (let i = 0; i < ops.length; i++) (ops[i] as (state: RunState) => void)(this.state);
  }

  *turns(section: SectionName): Turns<void> {
    for (const op of this.sections.get(section) ?? []) {
      op(this.state);
      yield;
    }
  }

  bind(rows: Parameters<Session['bind']>[0]): void {
    this.bound = bindRows(rows, this.batchOperands(this.training()));
  }

  unbind(): void {
    this.bound = null;
  }

  train({ order, from, steps, batchSize, stepsBefore, learningRate, losses }: StepsRequest): number {
    const results = this.training();
    const bound = present(this.bound, 'bound rows');
    const batch = this.batchOperands(results);
    const { state } = this;
    state.learningRate = learningRate;
    for (let step = 0; step < steps; step++) {
      const position = from + step * batchSize;
      state.rows = Math.min(batchSize, order.length - position);
      state.step = stepsBefore + step;
      assert(state.rows > 0, `step ${step} of ${steps} has rows left`);
      pickRows(bound, order, position, state.rows, batch);
      if (!this.step(results, losses, step)) return step;
    }
    return steps;
  }

  private step(results: TrainingResults, losses: Float64Array, index: number): boolean {
    this.run('forward');
    const loss = this.numberAt(results.meanLoss);
    losses[index] = loss;
    if (!Number.isFinite(loss)) return false;
    this.run('backward');
    if (!Number.isFinite(this.numberAt(results.gradientCheck))) return false;
    this.run('update');
    return Number.isFinite(this.numberAt(results.weightCheck));
  }

  private training(): TrainingResults {
    return present(this.program.training, 'training program');
  }

  private batchOperands({ target, weights }: TrainingResults): BatchOperands {
    return {
      inputs: this.operand(this.program.input),
      targets: this.operand(target),
      weights: this.operand(weights),
    };
  }

  private numberAt(value: number): number {
    return this.operand(value).data[0] as number;
  }
}

function allocate(dtype: Backend['dtype'], length: number): Numbers {
  return dtype === 'float32' ? new Float32Array(length) : new Float64Array(length);
}

/** Every placed value as a view of the arena. */
export function operandsOf(program: Program, plan: Plan, arena: Numbers): readonly (Operand | null)[] {
  return program.values.map(({ shape, batched }, index) => {
    const place = plan.placements[index];
    if (place === null || place === undefined) return null;
    const data = arena.subarray(place.offset, place.offset + place.length);
    return { shape, batched, data, layout: place.layout, size: sizeOf(shape) };
  });
}

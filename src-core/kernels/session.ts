/** A program bound to memory: allocates the arena once, binds every op, and runs sections. */
import { present } from '../lib/assert.ts';
import { ownEntry } from '../lib/fields-check.ts';
import type { Numbers } from '../tensor/layout.ts';
import { sizeOf } from '../tensor/shape.ts';
import type { Backend, Kernel, Operand, RunState } from './backend.ts';
import type { Plan } from './plan.ts';
import { sectionNames, type Program, type ProgramOp, type SectionName } from './program.ts';

export interface Session {
  readonly state: RunState;
  /** The value's place in memory. */
  operand(value: number): Operand;
  run(section: SectionName): void;
}

type Bound = readonly ((state: RunState) => void)[];

/** Allocates the arena (zeroed) and binds every op to it. `seed` names the random streams of dropout and noise. */
export function openSession(backend: Backend, program: Program, plan: Plan, seed: number): Session {
  const arena = allocate(backend.dtype, plan.length);
  const operands = program.values.map((value, index): Operand | null => {
    const place = plan.placements[index];
    if (place === null || place === undefined) return null;
    const data = arena.subarray(place.offset, place.offset + place.length);
    return { shape: value.shape, batched: value.batched, data, layout: place.layout, size: sizeOf(value.shape) };
  });
  const operand = (value: number) => present(operands[value], `place of value ${value}`);
  const bind = ({ id, inputs, outputs, attributes, node }: ProgramOp) => {
    const kernel = present(ownEntry<Kernel>(backend.kernels, id), `kernel ${id}`);
    return kernel({ inputs: inputs.map(operand), outputs: outputs.map(operand), attributes, node, seed });
  };
  const bound = new Map<SectionName, Bound>(sectionNames.map((name) => [name, program.sections[name].map(bind)]));
  const state: RunState = { rows: 0, step: 0, learningRate: 0 };
  return {
    state,
    operand,
    run: (section) => {
      const ops = present(bound.get(section), section);
      for (let i = 0; i < ops.length; i++) (ops[i] as (state: RunState) => void)(state);
    },
  };
}

function allocate(dtype: Backend['dtype'], length: number): Numbers {
  return dtype === 'float32' ? new Float32Array(length) : new Float64Array(length);
}

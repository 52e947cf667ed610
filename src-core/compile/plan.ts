/** Places every value of a program in one arena; values that never live at the same time share memory. */
import type { Placement, Plan } from '../kernels/plan.ts';
import { phases, type Phase, type Program, type ProgramValue } from '../kernels/program.ts';
import { present } from '../lib/assert.ts';
import type { Layout } from '../tensor/layout.ts';

/** Every value starts at a multiple of this many elements: 64 bytes of float32, a cache line. */
const ALIGNMENT = 16;

/** What is placed, how each value lies, and for how many rows. */
export interface PlanOptions {
  readonly program: Program;
  /** Physical layout by value index. */
  readonly layouts: readonly Layout[];
  /** Most rows of a batch, in training and in evaluation. */
  readonly rows: { readonly training: number; readonly evaluation: number };
}

/**
 * Parameters, slots, gradients and what is fed from outside keep their place; transients and results of a phase share
 * what lies above, phase by phase from the same start. Cost: linear in ops, times the few free blocks.
 */
export function planMemory({ program, layouts, rows }: PlanOptions): Plan {
  const placements: (Placement | null)[] = program.values.map(() => null);
  const place = (value: number, offset: number, rowCount: number) => {
    const layout = present(layouts[value], `layout of value ${value}`);
    const isBatched = present(program.values[value], 'value').batched;
    const length = (isBatched ? rowCount : 1) * layout.rowStride;
    placements[value] = { offset, length, layout };
    return length;
  };
  let top = 0;
  const most = Math.max(rows.training, rows.evaluation);
  for (const value of program.values.keys()) {
    if (isPersistent(program, value)) top = align(top + place(value, top, most));
  }
  let length = top;
  for (const phase of Object.keys(phases) as Phase[]) {
    const pool = new Pool(top);
    const rowCount = phase === 'evaluation' ? rows.evaluation : rows.training;
    for (const { born, dying } of timeline(program, phase)) {
      for (const value of born) {
        const size = align(place(value, 0, rowCount));
        place(value, pool.take(size), rowCount);
      }
      for (const value of dying) {
        const { offset, length: used } = present(placements[value], 'placement');
        pool.give(offset, align(used));
      }
    }
    length = Math.max(length, pool.top);
  }
  return { placements, length, persistentLength: top };
}

function align(length: number): number {
  return Math.ceil(length / ALIGNMENT) * ALIGNMENT;
}

const kept: readonly ProgramValue['role'][] = ['input', 'target', 'weights', 'parameter', 'slot', 'gradient'];

function isPersistent(program: Program, value: number): boolean {
  return kept.includes(present(program.values[value], 'value').role);
}

/** For every op of a phase: values it makes, and values that nobody needs after it. Results live to the phase's end. */
export function timeline(
  program: Program,
  phase: Phase,
): readonly { readonly born: readonly number[]; readonly dying: readonly number[] }[] {
  const ops = phases[phase].flatMap((section) => program.sections[section]);
  const lastUse = new Map<number, number>();
  for (const [i, { inputs, outputs }] of ops.entries()) {
    for (const value of [...inputs, ...outputs]) lastUse.set(value, i);
  }
  const dying: number[][] = ops.map(() => []);
  for (const [value, i] of lastUse) {
    if (present(program.values[value], 'value').role === 'transient') present(dying[i], 'moment').push(value);
  }
  return ops.map(({ outputs }, i) => ({
    born: outputs.filter((value) => !isPersistent(program, value)),
    dying: present(dying[i], 'moment'),
  }));
}

/** Free blocks of the shared part, in order of place; the smallest that fits is taken. */
class Pool {
  top: number;
  private readonly free: { offset: number; length: number }[] = [];

  constructor(start: number) {
    this.top = start;
  }

  take(length: number): number {
    let best = -1;
    for (const [i, block] of this.free.entries()) {
      const smallest = best < 0 ? Infinity : (this.free[best]?.length ?? Infinity);
      if (block.length >= length && block.length < smallest) best = i;
    }
    const block = this.free[best];
    if (block === undefined) {
      const offset = this.top;
      this.top += length;
      return offset;
    }
    const { offset } = block;
    if (block.length === length) this.free.splice(best, 1);
    else this.free[best] = { offset: offset + length, length: block.length - length };
    return offset;
  }

  give(offset: number, length: number): void {
    let i = this.free.findIndex((block) => block.offset > offset);
    if (i < 0) i = this.free.length;
    this.free.splice(i, 0, { offset, length });
    this.join(i);
    this.join(i - 1);
  }

  /** Joins block `i` with the next one where they touch. */
  private join(i: number): void {
    const [block, next] = [this.free[i], this.free[i + 1]];
    if (block === undefined || next === undefined || block.offset + block.length !== next.offset) return;
    block.length += next.length;
    this.free.splice(i + 1, 1);
  }
}

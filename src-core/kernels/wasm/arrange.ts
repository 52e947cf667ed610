/** Where everything of a program lies in WebAssembly's memory, and the commands that run it: known before any memory is taken. */
import { assert, present } from '../../lib/assert.ts';
import type { Plan } from '../plan.ts';
import { sectionNames, type Program, type ProgramOp, type SectionName } from '../program.ts';
import { Commands, DoubleTable, type Failure } from './commands.ts';
import { descentOf } from './descent.ts';
import { encoders } from './encode/all.ts';
import { BYTES, type Place } from './encode/define.ts';
import type { Form } from './form.ts';
import { allOps } from './forms.ts';
import type { JoinedOp } from './image-groups.ts';

/** Below lie the module's own constants. */
export const START = 16384;
const ALIGNMENT = 64;
export const DOUBLE_BYTES = 8;
/** Room for the constants of all optimizer steps: they are few and equal ones are kept once. */
const CONSTANT_BYTES = 4096;

export const aligned = (address: number) => Math.ceil(address / ALIGNMENT) * ALIGNMENT;

/** Commands in memory: the first, and the end of the last. */
export type Stretch = readonly [from: number, to: number];

export interface ArrangeOptions {
  readonly program: Program;
  readonly forms: readonly Form[];
  readonly plan: Plan;
  readonly seed: number;
  /** Threads that work on it: each has rooms of its own. */
  readonly threads: number;
}

export interface Arrangement {
  /** By value; null for what has no place. */
  readonly places: readonly (Place | null)[];
  /** Bytes of one thread's rooms for one image. */
  readonly localBytes: number;
  /** Address of the first thread's scratch, and bytes of each. */
  readonly scratch: number;
  readonly scratchBytes: number;
  /** Address and words of the commands. */
  readonly code: number;
  readonly words: Int32Array;
  /** Doubles that lie from START on. */
  readonly constants: readonly number[];
  readonly sections: Readonly<Record<SectionName, Stretch>>;
  /** Backward and update in one, where that gains something. */
  readonly descent: Stretch | null;
  readonly failures: ReadonlyMap<number, Failure>;
  /** First byte behind everything that belongs to the program. */
  readonly end: number;
}

/** Encodes twice: once to learn how much room the commands need, then with the addresses that follow from it. */
export function arrange({ program, forms, plan, seed, threads }: ArrangeOptions): Arrangement {
  const arena = START + CONSTANT_BYTES;
  const local = placeLocals(program, forms, aligned(arena + plan.length * BYTES));
  const places = program.values.map((value, index): Place | null => {
    const form = present(forms[index], 'form');
    const placement = plan.placements[index];
    const address = local.addresses.get(index) ?? (placement ? arena + placement.offset * BYTES : null);
    return address === null ? null : { value, form, address, size: form.layout.rowStride };
  });
  const constants = new DoubleTable(START);
  const areas = { zeros: 0, work: 0 };
  const encodeTo = (commands: Commands, address: number) => encode({ program, forms, places }, commands, address);
  const { needs } = encodeTo(new Commands(seed, constants, areas), 0);
  const localBytes = local.end - local.start;
  areas.zeros = local.start + localBytes * threads;
  areas.work = aligned(areas.zeros + needs.zeros * BYTES);
  const scratch = aligned(areas.work + needs.work * BYTES);
  const scratchBytes = aligned(needs.scratch * BYTES);
  const code = scratch + scratchBytes * threads;
  const commands = new Commands(seed, constants, areas);
  const { words, sections, descent } = encodeTo(commands, code);
  assert(constants.numbers.length * DOUBLE_BYTES <= CONSTANT_BYTES, 'constants fit their room');
  return {
    ...{ places, localBytes, scratch, scratchBytes, code, words, sections, descent },
    constants: constants.numbers,
    failures: commands.failures,
    end: aligned(code + words.length * BYTES),
  };
}

/** Rooms of one image, from `start` on; ops that do not run together use the same ones. */
function placeLocals(program: Program, forms: readonly Form[], start: number) {
  const addresses = new Map<number, number>();
  let end = start;
  for (const { parts = [] } of allOps(program) as readonly JoinedOp[]) {
    let at = start;
    for (const value of parts.flatMap(({ outputs }) => outputs)) {
      const form = present(forms[value], 'form');
      if (form.isLocal !== true) continue;
      addresses.set(value, at);
      at = aligned(at + form.layout.rowStride * BYTES);
    }
    end = Math.max(end, at);
  }
  return { addresses, start, end };
}

interface Encodable {
  readonly program: Program;
  readonly forms: readonly Form[];
  readonly places: readonly (Place | null)[];
}

/** Encodes all sections to start at `address`. */
function encode({ program, forms, places }: Encodable, commands: Commands, address: number) {
  const parts: Int32Array[] = [];
  let at = address;
  const place = (value: number) => present(places[value], `place of value ${value}`);
  const encodeOp = ({ id, inputs, outputs, attributes, node }: ProgramOp) => {
    const encoder = present(encoders[id], `encoder of ${id}`);
    encoder({ target: commands, inputs: inputs.map(place), outputs: outputs.map(place), attributes, node });
  };
  const add = (ops: readonly JoinedOp[]): Stretch => {
    for (const op of ops) {
      for (const part of op.parts ?? [op]) encodeOp(part);
      commands.endOp();
    }
    const words = commands.take(at);
    parts.push(words);
    const from = at;
    at += words.length * BYTES;
    return [from, at];
  };
  const entries = sectionNames.map((name) => [name, add(program.sections[name])] as const);
  const joined = descentOf(program, forms);
  const descent = joined === null ? null : add(joined);
  const words = new Int32Array((at - address) / BYTES);
  let top = 0;
  for (const part of parts) {
    words.set(part, top);
    top += part.length;
  }
  const sections = Object.fromEntries(entries) as Record<SectionName, Stretch>; // one entry a name
  return { words, sections, descent, needs: commands.needs };
}

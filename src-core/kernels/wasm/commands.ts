/** Collects the commands of a program and the constants they name, and lays them out as numbers. */
import { assert, present } from '../../lib/assert.ts';
import {
  BYTES,
  CHUNKS,
  type CommandWords,
  type FloatWord,
  type ImageCommands,
  type Place,
  type Target,
  type Word,
} from './encode/define.ts';
import { headOf, type Opcode } from './opcodes.ts';

interface Command {
  readonly opcode: Opcode;
  readonly words: readonly Word[];
}

/** What a command that met an impossible number was doing. */
export interface Failure {
  readonly node: string;
  readonly vocabulary: number;
  readonly ids: Place;
}

/** Sizes of the areas that all commands share, in floats. */
export interface Needs {
  zeros: number;
  work: number;
  scratch: number;
}

/** Packed panels of the matrix product: 1024 × 8 floats. */
const PANEL = 8192;
const MOST_WORDS = 65535;
/** Rooms start at whole cache lines. */
const ROOM_STEP = 16;

/**
 * Encoders run twice over the same ops: first to learn how much room zeros, work and scratch need, then with their
 * addresses known.
 */
export class Commands implements Target {
  readonly seed: number;
  readonly needs: Needs = { zeros: 0, work: 0, scratch: PANEL };
  readonly failures = new Map<number, Failure>();
  private readonly areas: { readonly zeros: number; readonly work: number };
  private readonly constants: DoubleTable;
  private commands: Command[] = [];
  private group: { before: CommandWords[]; main: CommandWords[]; after: CommandWords[] } = {
    before: [],
    main: [],
    after: [],
  };
  private noted: { readonly index: number; readonly failure: Failure }[] = [];

  constructor(seed: number, constants: DoubleTable, areas: { readonly zeros: number; readonly work: number }) {
    this.seed = seed;
    this.constants = constants;
    this.areas = areas;
  }

  emit(opcode: Opcode, ...words: readonly Word[]): void {
    this.flush();
    const last = this.commands.at(-1);
    const joined = last === undefined ? null : joinUpdates(last, { opcode, words });
    if (joined !== null) this.commands[this.commands.length - 1] = joined;
    else this.commands.push({ opcode, words });
  }

  zeros(floats: number): number {
    this.needs.zeros = Math.max(this.needs.zeros, floats);
    return this.areas.zeros;
  }

  room(floats: number): number {
    const address = this.areas.work + this.needs.work * BYTES;
    this.needs.work += Math.ceil(floats / ROOM_STEP) * ROOM_STEP;
    return address;
  }

  emitImages({ before, main, after }: ImageCommands): void {
    this.group.before.push(...before);
    this.group.main.push(main);
    this.group.after.push(...after);
  }

  /** Ends an op of the program: commands on images come together only within one. */
  endOp(): void {
    this.flush();
  }

  /** Writes the commands on images that have come together: what prepares them, they themselves image by image, the rest. */
  private flush(): void {
    const { before, main, after } = this.group;
    if (main.length === 0) return;
    this.group = { before: [], main: [], after: [] };
    const plain = ([opcode, ...words]: CommandWords): Command => ({ opcode, words });
    const inner = main.map(plain);
    const bytes = inner.reduce((sum, { words }) => sum + (words.length + 1) * BYTES, 0);
    const slices: Command = { opcode: 'slices', words: [bytes, CHUNKS] };
    this.commands.push(...before.map(plain), slices, ...inner, ...after.map(plain));
  }

  needScratch(floats: number): void {
    this.needs.scratch = Math.max(this.needs.scratch, floats);
  }

  doubles(numbers: readonly number[]): number {
    return this.constants.addressOf(numbers);
  }

  remember(failure: Failure): void {
    this.flush();
    this.noted.push({ index: this.commands.length, failure });
  }

  /** The words of all commands so far, to be placed at `address`; starts a new section. */
  take(address: number): Int32Array {
    this.flush();
    const words: number[] = [];
    for (const [index, command] of this.commands.entries()) {
      for (const note of this.noted) {
        if (note.index === index) this.failures.set(address + words.length * BYTES, note.failure);
      }
      assert(command.words.length < MOST_WORDS, 'a command fits its length');
      words.push(headOf(command.opcode, command.words.length));
      for (const word of command.words) words.push(typeof word === 'number' ? word | 0 : bitsOf(word));
    }
    this.commands = [];
    this.noted = [];
    return Int32Array.from(words);
  }
}

const floatView = new Float32Array(1);
const bitView = new Int32Array(floatView.buffer);

function bitsOf({ float }: FloatWord): number {
  floatView[0] = float;
  return present(bitView[0], 'bits');
}

/** Rows of float64 numbers that commands name by address; equal rows are kept once. */
export class DoubleTable {
  readonly numbers: number[] = [];
  private readonly start: number;
  private readonly known = new Map<string, number>();

  /** @param start address of the table, a multiple of 8 */
  constructor(start: number) {
    this.start = start;
  }

  addressOf(numbers: readonly number[]): number {
    const name = numbers.join();
    const known = this.known.get(name);
    if (known !== undefined) return known;
    const address = this.start + this.numbers.length * 8;
    this.numbers.push(...numbers);
    this.known.set(name, address);
    return address;
  }
}

/** How many addresses follow the length in the commands that step over tensors. */
const operandsOf: Partial<Record<Opcode, number>> = {
  sgd: 2,
  momentum: 3,
  adagrad: 3,
  rmsprop: 3,
  adam: 4,
  deltaBarDelta: 4,
};

/** Two steps over neighbouring tensors, gradients and slots are one; null where they are not neighbours. */
function joinUpdates(first: Command, second: Command): Command | null {
  const operands = operandsOf[first.opcode];
  if (operands === undefined || first.opcode !== second.opcode) return null;
  const [length, ...rest] = first.words;
  const [more, ...others] = second.words;
  if (typeof length !== 'number' || typeof more !== 'number') return null;
  const fits = rest.every((word, i) => {
    const other = others[i];
    if (i < operands) return Number(word) + length * BYTES === other;
    return typeof word === 'number' ? word === other : typeof other === 'object' && other.float === word.float;
  });
  return fits ? { opcode: first.opcode, words: [length + more, ...rest] } : null;
}

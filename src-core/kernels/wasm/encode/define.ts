/** How ops become commands: what an encoder sees of the operands, and where it writes. */
import type { Attributes } from '../../../ops/define.ts';
import type { ProgramValue } from '../../program.ts';
import type { Form } from '../form.ts';
import type { Opcode } from '../opcodes.ts';

/** A value in memory. */
export interface Place {
  readonly value: ProgramValue;
  readonly form: Form;
  /** Of its first number, in bytes. */
  readonly address: number;
  /** Floats of one row of the batch (of the value, where it is not batched), padding included. */
  readonly size: number;
}

/** A number that goes into a command as a float. */
export interface FloatWord {
  readonly float: number;
}
export type Word = number | FloatWord;

export type CommandWords = readonly [opcode: Opcode, ...words: Word[]];

/** A command that goes through the batch image by image, and what has to be done once before and after it. */
export interface ImageCommands {
  readonly before: readonly CommandWords[];
  readonly main: CommandWords;
  readonly after: readonly CommandWords[];
}

/** What encoders write into and ask for room. */
export interface Target {
  emit(opcode: Opcode, ...words: readonly Word[]): void;
  /** Address of at least so many zeros. */
  zeros(floats: number): number;
  /** Address of a copy of these float64 numbers. */
  doubles(numbers: readonly number[]): number;
  /** Commands on images; those that follow one another run image by image, so that their numbers stay in the cache. */
  emitImages(commands: ImageCommands): void;
  /** Address of so many floats for this op alone, kept between its commands. */
  room(floats: number): number;
  /** Makes sure of so many floats of scratch per thread. */
  needScratch(floats: number): void;
  /** Remembers which node a command belongs to, for errors. */
  remember(failure: { readonly node: string; readonly vocabulary: number; readonly ids: Place }): void;
  readonly seed: number;
}

export interface EncodeCall {
  readonly target: Target;
  readonly inputs: readonly Place[];
  readonly outputs: readonly Place[];
  readonly attributes: Attributes;
  readonly node: string;
}

/** Writes the commands of one op. Throws nothing a person causes: ops without an encoder never come here. */
export type Encoder = (call: EncodeCall) => void;

export const float = (value: number): FloatWord => ({ float: value });

/** Parts into which the images of a batch are divided; threads share them out, so it bounds the threads that help. */
export const CHUNKS = 4;

/** Bytes of a float. */
export const BYTES = 4;

/** What the generators share: rows drawn one after another from the stream (seed, 'data', generator name). */
import type { GeneratedData } from '../define.ts';
import { Random, streamKey } from '../../lib/random.ts';

/** One row: its raw inputs, and its class index or value. */
export interface DrawnRow {
  readonly inputs: readonly number[];
  readonly target: number;
}

interface DrawOptions {
  /** Name of the generator: the last word of its stream key. */
  readonly name: string;
  readonly samples: number;
  readonly seed: number;
  readonly inputNames?: readonly string[];
  readonly targetNames: readonly string[];
  readonly classes: readonly string[];
  readonly draw: (row: number, random: Random) => DrawnRow;
}

/** Two classes, written 0 and 1 in files. */
export const TWO_CLASSES: readonly string[] = ['0', '1'];
export const PLANE_INPUTS: readonly string[] = ['x1', 'x2'];
/** Name of the target column of generated classes. */
export const LABEL: readonly string[] = ['label'];
/** Name of the target column of generated values. */
export const VALUE: readonly string[] = ['y'];

/** Draws `samples` rows in order; inputs [samples × inputNames.length], targets [samples]. */
export function drawRows(options: DrawOptions): GeneratedData {
  const { name, samples, seed, inputNames = PLANE_INPUTS, targetNames, classes, draw } = options;
  const random = new Random(streamKey(seed, 'data', name));
  const inputs = new Float64Array(samples * inputNames.length);
  const targets = new Float64Array(samples);
  for (let row = 0; row < samples; row++) {
    const drawn = draw(row, random);
    inputs.set(drawn.inputs, row * inputNames.length);
    targets[row] = drawn.target;
  }
  return { inputNames, targetNames, classes, inputs, targets };
}

/** Class of a row when `classes` equal parts follow one another, the earlier ones one row longer where it does not divide. */
export function blockOf(row: number, samples: number, classes: number): { part: number; index: number; size: number } {
  const small = Math.floor(samples / classes);
  const longer = samples % classes;
  const border = longer * (small + 1);
  if (row < border) {
    return { part: Math.floor(row / (small + 1)), index: row % (small + 1), size: small + 1 };
  }
  return { part: longer + Math.floor((row - border) / small), index: (row - border) % small, size: small };
}

/** `point` with uniform ±noise added to every coordinate, in order. */
export function jitter(point: readonly number[], noise: number, random: Random): number[] {
  return point.map((value) => value + random.uniform(-noise, noise));
}

/** Labels '0', '1', …, for generators with a number of classes to choose. */
export function numberedClasses(count: number): string[] {
  return Array.from({ length: count }, (_, i) => String(i));
}

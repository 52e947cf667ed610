/** Pieces that encoders are made of. */
import { assert, present } from '../../../lib/assert.ts';
import { sizeOf } from '../../../tensor/shape.ts';
import { padded } from '../form.ts';
import { BYTES, type EncodeCall, type Place } from './define.ts';

export function input(call: EncodeCall, index: number): Place {
  return present(call.inputs[index], `input ${index}`);
}

export function output(call: EncodeCall, index = 0): Place {
  return present(call.outputs[index], `output ${index}`);
}

/** Floats of the whole value as the two words of a count: fixed, per row of the batch. */
export function countOf({ value, size }: Place): readonly [number, number] {
  return value.batched ? [0, size] : [size, 0];
}

/** Runs of the whole value, as such a count. */
export function runsOf({ value, form }: Place): readonly [number, number] {
  return value.batched ? [0, form.outer] : [form.outer, 0];
}

/** Rows of the batch (one for what is not batched), as such a count. */
export function rowsOf({ value }: Place): readonly [number, number] {
  return value.batched ? [0, 1] : [1, 0];
}

/** A value seen as a matrix: runs of n numbers. */
export interface MatrixView {
  readonly rows: readonly [number, number];
  readonly n: number;
  /** Bytes from run to run. */
  readonly stride: number;
}

/** The last axis as columns; a flattened image counts as one run. */
export function matrixView(place: Place): MatrixView {
  const { form, value, size } = place;
  if (form.kind === 'image' && form.outer > 1) {
    assert(form.image !== undefined && form.n === form.pitch, 'a flattened image has no gaps');
    return { rows: value.batched ? [0, 1] : [1, 0], n: form.outer * form.n, stride: size * BYTES };
  }
  return { rows: runsOf(place), n: form.n, stride: form.pitch * BYTES };
}

/** True when a value has padding inside. */
export function hasGaps({ form, size }: Place): boolean {
  return form.outer * form.n !== size;
}

/** Values start at multiples of 16 floats. */
export function alignedSize(size: number): number {
  return Math.ceil(size / 16) * 16;
}

/** Floats up to the next value, where what lies between is zero: that is so for values that keep their place. */
export function reach({ value, size }: Place): number {
  const isLasting = value.role === 'parameter' || value.role === 'slot' || value.role === 'gradient';
  return isLasting ? alignedSize(size) : size;
}

/** Runs of the operand that biases and norms go along; they must be its channels, of which `vector` has one number each. */
export function channelRuns(place: Place, vector: Place): readonly [number, number] {
  assert(place.form.n === sizeOf(vector.value.shape), 'channels are runs');
  return runsOf(place);
}

export { padded };

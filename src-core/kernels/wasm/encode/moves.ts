/** Ops that move numbers: reshapes between layouts, joins, cuts, tables. */
import { assert, present } from '../../../lib/assert.ts';
import { numberOf } from '../../../ops/rules.ts';
import type { Layout } from '../../../tensor/layout.ts';
import type { Shape } from '../../../tensor/shape.ts';
import { BYTES, type EncodeCall, type Encoder, type Place } from './define.ts';
import { countOf, hasGaps, input, output, rowsOf } from './operands.ts';

/** One axis of a copy: how many, and the distance in both places. */
interface Axis {
  readonly count: number;
  readonly from: number;
  readonly to: number;
}

/** Most axes of one copy command. */
const MOST_AXES = 3;

/** Shape and strides with a split axis replaced by its parts and axes of length 1 left out. */
function axesOf(
  shape: Shape,
  { strides, splits }: Layout,
): readonly { readonly count: number; readonly stride: number }[] {
  return shape
    .flatMap((count, axis) => {
      const split = splits?.find((one) => one.axis === axis);
      if (split === undefined) return [{ count, stride: strides[axis] ?? 0 }];
      return split.shape.map((part, i) => ({ count: part, stride: split.strides[i] ?? 0 }));
    })
    .filter(({ count }) => count > 1);
}

/** The common axes of two row-major readings of the same numbers; null where they do not nest. */
function commonAxes(from: Lying, to: Lying): readonly Axis[] | null {
  const left = axesOf(from.value.shape, from.form.layout)
    .toReversed()
    .map((axis) => ({ ...axis }));
  const right = axesOf(to.value.shape, to.form.layout)
    .toReversed()
    .map((axis) => ({ ...axis }));
  const axes: Axis[] = [];
  let [a, b] = [left.shift(), right.shift()];
  while (a !== undefined && b !== undefined) {
    const count = Math.min(a.count, b.count);
    if (a.count % count !== 0 || b.count % count !== 0) return null;
    axes.push({ count, from: a.stride, to: b.stride });
    a = a.count === count ? left.shift() : { count: a.count / count, stride: a.stride * count };
    b = b.count === count ? right.shift() : { count: b.count / count, stride: b.stride * count };
  }
  return axes.toReversed();
}

/** Neighbouring axes that are one run on both sides become one. */
function joined(axes: readonly Axis[]): readonly Axis[] {
  const result: Axis[] = [];
  for (const axis of axes) {
    const last = result.at(-1);
    if (last !== undefined && last.from === axis.from * axis.count && last.to === axis.to * axis.count) {
      result[result.length - 1] = { count: last.count * axis.count, from: axis.from, to: axis.to };
    } else result.push(axis);
  }
  return result;
}

/** What the rules of copies are about: a value and how it lies. */
export type Lying = Pick<Place, 'value' | 'form'>;

/** True when a reshape can be written as one copy. */
export function canReshape(from: Lying, to: Lying): boolean {
  const axes = commonAxes(from, to);
  return axes !== null && joined(axes).length <= MOST_AXES;
}

/** True when an op that moves whole axes of `value` can be written as copies. */
export function canMove({ value }: Lying): boolean {
  return value.shape.length <= MOST_AXES;
}

/** One copy command: the given axes of every row, from one place to another. */
export function emitCopy(
  call: EncodeCall,
  from: Place,
  to: Place,
  axes: readonly Axis[],
  offset: { from: number; to: number },
): void {
  const few = joined(axes);
  assert(few.length <= MOST_AXES, 'a copy of at most three axes');
  // The axis that is a run on both sides goes innermost.
  const run = few.findIndex((axis) => axis.from === 1 && axis.to === 1);
  const ordered = run < 0 ? few : [...few.filter((_, i) => i !== run), ...few.slice(run, run + 1)];
  const all = [...Array.from({ length: MOST_AXES - ordered.length }, () => ({ count: 1, from: 0, to: 0 })), ...ordered];
  call.target.emit(
    'copy',
    ...rowsOf(to),
    from.address + offset.from * BYTES,
    to.address + offset.to * BYTES,
    from.size * BYTES,
    to.size * BYTES,
    ...all.flatMap(({ count, from: a, to: b }) => [count, a * BYTES, b * BYTES]),
  );
}

function clear(call: EncodeCall, place: Place): void {
  call.target.emit('clear', ...countOf(place), place.address);
}

export const reshape: Encoder = (call) => {
  const [from, to] = [input(call, 0), output(call)];
  if (hasGaps(to)) clear(call, to);
  emitCopy(call, from, to, present(commonAxes(from, to), 'axes'), { from: 0, to: 0 });
};

/** Axes of `part`, a piece of a value laid out as `whole`. */
function partAxes(part: Place, from: Layout, to: Layout): readonly Axis[] {
  return part.value.shape.map((count, axis) => ({ count, from: from.strides[axis] ?? 0, to: to.strides[axis] ?? 0 }));
}

export const concat: Encoder = (call) => {
  const axis = numberOf(call.attributes, 'axis');
  const y = output(call);
  if (hasGaps(y)) clear(call, y);
  let start = 0;
  for (const x of call.inputs) {
    const offset = { from: 0, to: start * (y.form.layout.strides[axis] ?? 0) };
    emitCopy(call, x, y, partAxes(x, x.form.layout, y.form.layout), offset);
    start += x.value.shape[axis] ?? 0;
  }
};

export const slice: Encoder = (call) => {
  const axis = numberOf(call.attributes, 'axis');
  const [x, y] = [input(call, 0), output(call)];
  if (hasGaps(y)) clear(call, y);
  const offset = { from: numberOf(call.attributes, 'from') * (x.form.layout.strides[axis] ?? 0), to: 0 };
  emitCopy(call, x, y, partAxes(y, x.form.layout, y.form.layout), offset);
};

export const pad: Encoder = (call) => {
  const axis = numberOf(call.attributes, 'axis');
  const [x, y] = [input(call, 0), output(call)];
  clear(call, y);
  const offset = { from: 0, to: numberOf(call.attributes, 'before') * (y.form.layout.strides[axis] ?? 0) };
  emitCopy(call, x, y, partAxes(x, x.form.layout, y.form.layout), offset);
};

/** rows*, ids of a row, strides and the table's size: the words of both embedding commands. */
function tableWords(ids: Place, table: Place, rows: Place): readonly number[] {
  assert(ids.value.shape.length <= 1, 'ids of a row lie side by side');
  return [...rowsOf(ids), ids.form.n, ids.size * BYTES, table.form.pitch * BYTES, rows.size * BYTES, table.form.outer];
}

export const embedding: Encoder = (call) => {
  const [ids, w, y] = [input(call, 0), input(call, 1), output(call)];
  call.target.remember({ node: call.node, vocabulary: w.form.outer, ids });
  call.target.emit('embed', ...tableWords(ids, w, y), ids.address, w.address, y.address);
};

export const embeddingGradient: Encoder = (call) => {
  const [ids, g, dw] = [input(call, 0), input(call, 1), output(call)];
  call.target.emit('embedGradient', ...tableWords(ids, dw, g), ids.address, g.address, dw.address);
};

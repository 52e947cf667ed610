/** Products row by row, other orders of axes, marks of position. */
import { assert } from '../../../lib/assert.ts';
import { flagOf, numbersOf } from '../../../ops/rules.ts';
import { BYTES, type EncodeCall, type Encoder, type Place } from './define.ts';
import { emitCopy } from './moves.ts';
import { countOf, hasGaps, input, output, padded, rowsOf } from './operands.ts';

/** Address of a stack of matrices, and the bytes from row to row of the batch, from matrix to matrix and from line to line. */
function stack({ address, size, value, form }: Place): readonly number[] {
  assert(form.kind === 'matrix', 'a stack of matrices lies row by row');
  const lines = value.shape.at(-2) ?? 1;
  return [address, size * BYTES, lines * form.pitch * BYTES, form.pitch * BYTES];
}

export const rowMatmul: Encoder = (call) => {
  const [a, b, y] = [input(call, 0), input(call, 1), output(call)];
  const [aT, bT] = [flagOf(call.attributes, 'transposeA'), flagOf(call.attributes, 'transposeB')];
  const [m = 1, n = 1] = y.value.shape.slice(-2);
  const k = a.value.shape.at(aT ? -2 : -1) ?? 1;
  const matrices = y.form.outer / m;
  const lengths = [matrices, m, padded(n), k, Number(aT), Number(bT), n];
  const places = [a, b, y].flatMap(stack);
  call.target.emit('rowGemm', ...rowsOf(y), ...lengths, ...places, call.target.zeros(padded(n)));
};

export const transpose: Encoder = (call) => {
  const [x, y] = [input(call, 0), output(call)];
  const order = numbersOf(call.attributes, 'order');
  if (hasGaps(y)) call.target.emit('clear', ...countOf(y), y.address);
  const axes = order.map((from, to) => ({
    count: y.value.shape[to] ?? 1,
    from: x.form.layout.strides[from] ?? 0,
    to: y.form.layout.strides[to] ?? 0,
  }));
  emitCopy(call, x, y, axes, { from: 0, to: 0 });
};

export const positionalEncoding: Encoder = (call: EncodeCall) => {
  const [x, y] = [input(call, 0), output(call)];
  const { outer, n, pitch } = x.form;
  assert(x.form.kind === 'matrix', 'positions are rows of a matrix');
  const table = call.target.room(outer * pitch + HEAD);
  call.target.emit('positions', ...rowsOf(x), outer, n, pitch, x.size * BYTES, table, x.address, y.address);
};

/** Floats before the table: whether it is computed. */
const HEAD = 16;

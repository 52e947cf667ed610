/**
 * ONNX of the recurrent ops. Ours take what the input contributes to the gates as their input, ONNX's multiply the input by a
 * weight first: that weight is the identity, with its rows in ONNX's order of gates.
 */
import type { OpContext, Translation } from './emitter.ts';

interface RecurrentOp {
  readonly type: string;
  /** ONNX's gates, as positions in PyTorch's order. */
  readonly gates: readonly number[];
  readonly attributes: Readonly<Record<string, number>>;
}

/** PyTorch i f g o, ONNX i o f c; PyTorch r z n, ONNX z r h. */
const LSTM: RecurrentOp = { type: 'LSTM', gates: [0, 3, 1, 2], attributes: {} };
const GRU: RecurrentOp = { type: 'GRU', gates: [1, 0, 2], attributes: { linear_before_reset: 1 } };
const RNN: RecurrentOp = { type: 'RNN', gates: [0], attributes: {} };

/** Blocks of `size` numbers in another order. */
function reorder(values: Float32Array, gates: readonly number[], size: number): Float32Array {
  const moved = new Float32Array(values.length);
  gates.forEach((from, to) => moved.set(values.subarray(from * size, (from + 1) * size), to * size));
  return moved;
}

function identity(size: number): Float32Array {
  const matrix = new Float32Array(size * size);
  for (let i = 0; i < size; i++) matrix[i * size + i] = 1;
  return matrix;
}

function translate({ type, gates, attributes }: RecurrentOp): Translation {
  return ({ emit, names, inputs, read }: OpContext) => {
    const units = inputs[1]?.shape[1] ?? 0;
    const rows = gates.length * units;
    const timeFirst = emit.node('Transpose', [names[0] ?? ''], { perm: [1, 0, 2] });
    const w = emit.floats([1, rows, rows], reorder(identity(rows), gates, units * rows));
    const r = emit.floats([1, rows, units], reorder(read(1), gates, units * units));
    const bias = new Float32Array(2 * rows);
    bias.set(reorder(read(2), gates, units), rows);
    const b = emit.floats([1, 2 * rows], bias);
    const hidden = emit.node(type, [timeFirst, w, r, b], { hidden_size: units, ...attributes });
    const oneDirection = emit.node('Squeeze', [hidden, emit.ints([1])]);
    return emit.node('Transpose', [oneDirection], { perm: [1, 0, 2] });
  };
}

export const recurrent: Readonly<Record<string, Translation>> = {
  simple_rnn: translate(RNN),
  lstm: translate(LSTM),
  gru: translate(GRU),
};

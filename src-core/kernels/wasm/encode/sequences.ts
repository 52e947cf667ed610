/** Recurrent layers: loops over time that go through all rows of the batch at every moment. */
import { BYTES, type EncodeCall, type Encoder, type Place } from './define.ts';
import type { Opcode } from '../opcodes.ts';
import { countOf, hasGaps, input, output, padded, rowsOf } from './operands.ts';

/** Address, bytes from row to row of the batch, bytes from moment to moment. */
function sequence({ address, size, form }: Place): readonly number[] {
  return [address, size * BYTES, form.pitch * BYTES];
}

function weight({ address, form }: Place): readonly number[] {
  return [address, form.pitch * BYTES];
}

/** Clears what a loop leaves untouched, then runs it. */
function emitLoop(call: EncodeCall, opcode: Opcode, hidden: Place, words: readonly number[]): void {
  for (const place of call.outputs) if (hasGaps(place)) call.target.emit('clear', ...countOf(place), place.address);
  const [time = 0, units = 0] = hidden.value.shape;
  call.target.emit(opcode, ...rowsOf(hidden), time, units, ...words);
}

const zeros = (call: EncodeCall, hidden: Place) => call.target.zeros(padded(hidden.form.n));

export const simpleRnn: Encoder = (call) => {
  const [x, w, b, h] = [input(call, 0), input(call, 1), input(call, 2), output(call)];
  emitLoop(call, 'simpleRnn', h, [...sequence(x), ...sequence(h), ...weight(w), b.address]);
};

export const simpleRnnGradient: Encoder = (call) => {
  const [h, w, g, d, carried] = [input(call, 0), input(call, 1), input(call, 2), output(call), output(call, 1)];
  const words = [...[h, g, d].flatMap(sequence), ...weight(w), carried.address, carried.size * BYTES, zeros(call, h)];
  emitLoop(call, 'simpleRnnGradient', h, words);
};

export const lstm: Encoder = (call) => {
  const [x, w, b] = [input(call, 0), input(call, 1), input(call, 2)];
  const [h, gates, cells] = [output(call), output(call, 1), output(call, 2)];
  emitLoop(call, 'lstm', h, [...[x, h, gates, cells].flatMap(sequence), ...weight(w), b.address]);
};

export const lstmGradient: Encoder = (call) => {
  const [gates, cells, w, g] = [input(call, 0), input(call, 1), input(call, 2), input(call, 3)];
  const [d, carried, cell] = [output(call), output(call, 1), output(call, 2)];
  const rest = [carried.address, carried.size * BYTES, cell.address, zeros(call, cells)];
  emitLoop(call, 'lstmGradient', cells, [...[gates, cells, g, d].flatMap(sequence), ...weight(w), ...rest]);
};

export const gru: Encoder = (call) => {
  const [x, w, b] = [input(call, 0), input(call, 1), input(call, 2)];
  const [h, gates, hidden] = [output(call), output(call, 1), output(call, 2)];
  const rest = [b.address, hidden.address, hidden.size * BYTES];
  emitLoop(call, 'gru', h, [...[x, h, gates].flatMap(sequence), ...weight(w), ...rest]);
};

export const gruGradient: Encoder = (call) => {
  const [gates, h, w, g] = [input(call, 0), input(call, 1), input(call, 2), input(call, 3)];
  const [fromInput, fromHidden, carried, direct] = [output(call), output(call, 1), output(call, 2), output(call, 3)];
  const rest = [carried.address, carried.size * BYTES, direct.address, zeros(call, h)];
  const sequences = [gates, h, g, fromInput, fromHidden].flatMap(sequence);
  emitLoop(call, 'gruGradient', h, [...sequences, ...weight(w), ...rest]);
};

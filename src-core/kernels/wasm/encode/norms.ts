/** Norms: per channel over the batch, or over blocks of a row. */
import { assert } from '../../../lib/assert.ts';
import { numberOf } from '../../../ops/rules.ts';
import { sizeOf } from '../../../tensor/shape.ts';
import { BYTES, float, type EncodeCall, type Encoder, type Place } from './define.ts';
import { channelRuns, input, output, padded, rowsOf } from './operands.ts';

/** rows*, n, ld: what all commands on channels start with; `vector` has one number per channel. */
function head(x: Place, vector: Place): readonly number[] {
  return [...channelRuns(x, vector), padded(x.form.n), x.form.pitch * BYTES];
}

const addresses = (...places: readonly Place[]) => places.map(({ address }) => address);

export const channelScale: Encoder = (call) => {
  const [x, w, y] = [input(call, 0), input(call, 1), output(call)];
  call.target.emit('channelScale', ...head(x, w), ...addresses(x, w, y));
};

export const channelDot: Encoder = (call) => {
  const [a, b, sum] = [input(call, 0), input(call, 1), output(call)];
  call.target.emit('channelDot', ...head(a, sum), ...addresses(a, b, sum));
};

const epsilonOf = ({ attributes }: EncodeCall) => float(numberOf(attributes, 'epsilon'));

export const normalizeChannels: Encoder = (call) => {
  const x = input(call, 0);
  const places = addresses(x, output(call), output(call, 1), output(call, 2));
  call.target.emit('normalizeChannels', ...head(x, output(call, 1)), epsilonOf(call), ...places);
};

export const normalizeChannelsGradient: Encoder = (call) => {
  const [y, variance, g, dx] = [input(call, 0), input(call, 1), input(call, 2), output(call)];
  const places = addresses(y, variance, g, dx);
  call.target.emit('normalizeChannelsGradient', ...head(y, variance), epsilonOf(call), ...places);
};

export const normalizeWith: Encoder = (call) => {
  const [x, mean, variance, y] = [input(call, 0), input(call, 1), input(call, 2), output(call)];
  call.target.emit('normalizeWith', ...head(x, mean), epsilonOf(call), ...addresses(x, mean, variance, y));
};

/** Values per channel: everything in x but its channels. */
export const runningUpdate: Encoder = (call) => {
  const [mean, x] = [input(call, 0), input(call, 4)];
  const [channels, perRow] = [sizeOf(mean.value.shape), sizeOf(x.value.shape) / sizeOf(mean.value.shape)];
  const count = x.value.batched ? [0, perRow] : [perRow, 0];
  const momentum = float(numberOf(call.attributes, 'momentum'));
  const places = addresses(...call.inputs.slice(0, 4));
  call.target.emit('runningUpdate', ...count, channels, momentum, ...places);
};

/** Where the blocks of a row lie (parts of its runs, several runs, or channels of all its pixels), and its runs. */
function blockWords(x: Place, inverse: Place, block: number): readonly number[] {
  const { kind, outer, n, pitch } = x.form;
  const runs = [inverse.size * BYTES, outer, n * BYTES, pitch * BYTES];
  if (kind === 'image') {
    const width = block / outer;
    assert(n % width === 0, 'blocks are whole channels');
    return [x.size * BYTES, 1, 0, n / width, width * BYTES, outer, width, pitch * BYTES, ...runs];
  }
  if (block > n) {
    const lines = block / n;
    assert(outer % lines === 0, 'blocks are whole runs');
    return [x.size * BYTES, 1, 0, outer / lines, lines * pitch * BYTES, lines, n, pitch * BYTES, ...runs];
  }
  assert(n % block === 0, 'blocks are parts of a run');
  return [x.size * BYTES, outer, pitch * BYTES, n / block, block * BYTES, 1, block, 0, ...runs];
}

export const normalizeBlocks: Encoder = (call) => {
  const [x, y, inverse] = [input(call, 0), output(call), output(call, 1)];
  const words = blockWords(x, inverse, numberOf(call.attributes, 'block'));
  call.target.emit('normalizeBlocks', ...rowsOf(x), ...words, epsilonOf(call), ...addresses(x, y, inverse));
};

export const normalizeBlocksGradient: Encoder = (call) => {
  const [y, inverse, g, dx] = [input(call, 0), input(call, 1), input(call, 2), output(call)];
  const words = blockWords(y, inverse, numberOf(call.attributes, 'block'));
  const places = addresses(y, inverse, g, dx);
  call.target.emit('normalizeBlocksGradient', ...rowsOf(y), ...words, float(0), ...places);
};

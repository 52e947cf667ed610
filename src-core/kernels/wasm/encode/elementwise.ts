/** Ops that treat all elements alike, and sums and biases along the runs of a form. */
import { assert, present } from '../../../lib/assert.ts';
import { streamKey } from '../../../lib/random.ts';
import { numberOf, textOf } from '../../../ops/rules.ts';
import { sizeOf } from '../../../tensor/shape.ts';
import { activationKinds, type Opcode } from '../opcodes.ts';
import { BYTES, float, type EncodeCall, type Encoder, type Place } from './define.ts';
import { isImageBatch } from '../form.ts';
import { imageActivate, imageSlope } from './images.ts';
import { channelRuns, countOf, input, output, padded, reach, rowsOf, runsOf } from './operands.ts';

const TWO_32 = 4294967296;

function alphaOf({ attributes }: EncodeCall): number {
  const { alpha } = attributes;
  return typeof alpha === 'number' ? alpha : 0;
}

function kindOf(id: string): number {
  const kind = (activationKinds as readonly string[]).indexOf(id);
  assert(kind >= 0, `activation ${id}`);
  return kind;
}

export const activation = (id: string): Encoder => {
  const kind = kindOf(id);
  return (call) => {
    const [x, y] = [input(call, 0), output(call)];
    if (isImageBatch(y.value.batched, y.form)) return imageActivate(call, kind, alphaOf(call));
    call.target.emit('activate', ...countOf(y), kind, float(alphaOf(call)), x.address, y.address);
  };
};

export const activationGradient = (id: string): Encoder => {
  const kind = kindOf(id);
  return (call) => {
    const [saved, g, dx] = [input(call, 0), input(call, 1), output(call)];
    if (isImageBatch(dx.value.batched, dx.form)) return imageSlope(call, kind, alphaOf(call), null);
    const words = [saved.address, g.address, dx.address];
    call.target.emit('activateGradient', ...countOf(dx), kind, float(alphaOf(call)), ...words);
  };
};

/** (saved, g) -> (dx, sum of dx over its runs). */
export const slopeAndSum: Encoder = (call) => {
  const [saved, g, dx, sum] = [input(call, 0), input(call, 1), output(call), output(call, 1)];
  const kind = kindOf(textOf(call.attributes, 'slope').replace('_gradient', ''));
  if (isImageBatch(dx.value.batched, dx.form)) return imageSlope(call, kind, alphaOf(call), sum);
  call.target.emit(
    'activateGradientSum',
    ...runsOf(dx),
    kind,
    float(alphaOf(call)),
    saved.address,
    g.address,
    dx.address,
    padded(dx.form.n),
    dx.form.pitch * BYTES,
    sum.address,
  );
};

/** y = a ∘ b ∘ c …, two at a time. */
export const chain =
  (opcode: Extract<Opcode, 'add' | 'multiply'>): Encoder =>
  (call) => {
    const y = output(call);
    let left = input(call, 0).address;
    for (const right of call.inputs.slice(1)) {
      call.target.emit(opcode, ...countOf(y), left, right.address, y.address);
      left = y.address;
    }
    if (call.inputs.length === 1) call.target.emit('scale', ...countOf(y), float(1), left, y.address);
  };

export const scale: Encoder = (call) => {
  const [x, y] = [input(call, 0), output(call)];
  call.target.emit('scale', ...countOf(y), float(numberOf(call.attributes, 'factor')), x.address, y.address);
};

export const fill: Encoder = (call) => {
  const y = output(call);
  const value = numberOf(call.attributes, 'value');
  assert(value === 0 || y.value.shape.length === 0, 'only zeros fill padding');
  call.target.emit('fill', ...countOf(y), float(value), y.address);
};

export const addBias: Encoder = (call) => {
  const [x, bias, y] = [input(call, 0), input(call, 1), output(call)];
  const { pitch } = x.form;
  const words = [biasWidth(bias, pitch), pitch * BYTES, x.address, bias.address, y.address];
  call.target.emit('addBias', ...channelRuns(x, bias), ...words);
};

export const channelSpread: Encoder = (call) => {
  const [b, y] = [input(call, 1), output(call)];
  const { pitch } = y.form;
  call.target.emit('spread', ...channelRuns(y, b), biasWidth(b, pitch), pitch * BYTES, b.address, y.address);
};

export const channelSum: Encoder = (call) => {
  const [x, sum] = [input(call, 0), output(call)];
  const { pitch } = x.form;
  const words = [biasWidth(sum, pitch), pitch * BYTES, x.address, sum.address];
  call.target.emit('columnSum', ...channelRuns(x, sum), ...words);
};

/** Columns to go through: as many as both the vector and the run have. */
function biasWidth(vector: Place, pitch: number): number {
  return Math.min(vector.size, pitch);
}

/** Where element (run, place in run) of a row stands in logical order. */
function logicalSteps({ form, value }: Place): readonly [size: number, outer: number, inner: number] {
  const size = sizeOf(value.shape);
  if (form.kind === 'image') return [form.outer * form.n, 1, form.outer];
  return [size, form.n, 1];
}

function noiseWords(x: Place): readonly number[] {
  const { outer, n, pitch } = x.form;
  return [...rowsOf(x), outer, n, pitch * BYTES, x.size * BYTES, ...logicalSteps(x)];
}

export const dropout: Encoder = (call) => {
  const [x, y, mask] = [input(call, 0), output(call), output(call, 1)];
  const rate = numberOf(call.attributes, 'rate');
  const threshold = Math.ceil(rate * TWO_32); // bits/2^32 < rate just when bits < this
  const key = streamKey(call.target.seed, 'dropout', call.node);
  call.target.emit(
    'dropout',
    ...noiseWords(x),
    threshold >>> 0,
    Math.floor(threshold / TWO_32),
    float(1 / (1 - rate)),
    ...key,
    x.address,
    y.address,
    mask.address,
  );
};

export const gaussianNoise: Encoder = (call) => {
  const [x, y] = [input(call, 0), output(call)];
  const key = streamKey(call.target.seed, 'noise', call.node);
  const stddev = float(numberOf(call.attributes, 'stddev'));
  call.target.emit('gaussianNoise', ...noiseWords(x), stddev, ...key, x.address, y.address);
};

export const softmax: Encoder = (call) => {
  const [x, y] = [input(call, 0), output(call)];
  call.target.emit('softmax', ...runsOf(x), x.form.n, x.form.pitch * BYTES, x.address, y.address);
};

export const softmaxGradient: Encoder = (call) => {
  const [y, g, dx] = [input(call, 0), input(call, 1), output(call)];
  const words = [y.form.n, y.form.pitch * BYTES, y.address, g.address, dx.address];
  call.target.emit('softmaxGradient', ...runsOf(y), ...words);
};

export const penaltyGradient: Encoder = (call) => {
  const [g, w, y] = [input(call, 0), input(call, 1), output(call)];
  const strengths = [float(numberOf(call.attributes, 'l1')), float(numberOf(call.attributes, 'l2'))];
  call.target.emit('penaltyGradient', y.size, ...strengths, g.address, w.address, y.address);
};

export const clipByValue: Encoder = (call) => {
  const [g, y] = [input(call, 0), output(call)];
  call.target.emit('clipByValue', y.size, float(numberOf(call.attributes, 'limit')), g.address, y.address);
};

export const clipByNorm: Encoder = (call) => {
  const [g, norm, y] = [input(call, 0), input(call, 1), output(call)];
  const limit = float(numberOf(call.attributes, 'limit'));
  call.target.emit('clipByNorm', y.size, limit, g.address, norm.address, y.address);
};

/** Address and length of all inputs; neighbours in memory become one. */
function ranges({ inputs }: EncodeCall): readonly number[] {
  const words: number[] = [];
  for (const place of inputs) {
    const { address } = place;
    const length = reach(place);
    const [lastAddress, lastLength] = words.slice(-2);
    if (lastAddress !== undefined && lastLength !== undefined && lastAddress + lastLength * BYTES === address) {
      words[words.length - 1] = lastLength + length;
    } else words.push(address, length);
  }
  return [words.length / 2, ...words];
}

/** `adds`: on top of what others have noted in the same place. */
export const checkFinite: Encoder = (call) => {
  if (call.attributes['adds'] !== true) call.target.emit('clear', 1, 0, output(call).address);
  call.target.emit('finite', output(call).address, ...ranges(call));
};
export const globalNorm: Encoder = (call) => call.target.emit('norm', output(call).address, ...ranges(call));
export const penalty: Encoder = (call) => {
  const strengths = [float(numberOf(call.attributes, 'l1')), float(numberOf(call.attributes, 'l2'))];
  call.target.emit('penalty', present(output(call), 'penalty').address, ...strengths, ...ranges(call));
};

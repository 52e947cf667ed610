/** Weights files: digits, hashes, vectors, limits; what is written is read back bit for bit, what was changed is refused. */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadData } from '../../../src-core/datasets/load.ts';
import type { TrainedNetwork } from '../../../src-core/formats/define.ts';
import { exportRun } from '../../../src-core/formats/export-run.ts';
import { float32Text } from '../../../src-core/formats/float32-text.ts';
import { openInitialWeights, openWeights } from '../../../src-core/formats/open-weights.ts';
import { readWeights } from '../../../src-core/formats/weights-read.ts';
import { writeWeights } from '../../../src-core/formats/weights-write.ts';
import { twoSpirals } from '../../../src-core/templates/two-spirals.ts';
import { createTrainer } from '../../../src-core/trainer/trainer.ts';
import { messageOf } from '../../helpers/message-of.ts';

const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const plain = { allowNonFinite: false };
const bits = (value: number) => new DataView(Float32Array.of(value).buffer).getUint32(0);
const anyFloat32 = fc.integer({ min: 0, max: 2 ** 32 - 1 }).map((word) => {
  const view = new DataView(new ArrayBuffer(4));
  view.setUint32(0, word);
  return view.getFloat32(0);
});

describe('the text of a float32', () => {
  test.each([
    [0.1, '0.1'],
    [1 / 3, '0.33333334'],
    [16777216, '16777216'],
    [-0, '-0'],
    [0, '0'],
    [1e-45, '1e-45'],
    [3.4028234663852886e38, '3.4028235e+38'],
    [NaN, '"NaN"'],
    [-Infinity, '"-Infinity"'],
    [5e-324, '0'],
  ])('%d is %s', (value, text) => {
    expect(float32Text(Math.fround(value))).toBe(text);
  });

  test('gives the same bits back', () => {
    fc.assert(
      fc.property(
        anyFloat32,
        (value) => bits(Number(JSON.parse(float32Text(value)))) === bits(value) || Number.isNaN(value),
      ),
      { numRuns: 5000 },
    );
  });

  test('has no shorter neighbour that would give them back too', () => {
    const digits = (text: string) =>
      text
        .replace(/e.*/i, '')
        .replace(/[-.]/g, '')
        .replace(/^0+|0+$/g, '').length;
    const shorterFits = (value: number, count: number) => {
      const [mantissa = '', exponent = '0'] = value.toExponential(count - 1).split('e');
      const unit = 10 ** -(count - 1);
      return [-1, 0, 1].some((step) => Math.fround(Number(`${Number(mantissa) + step * unit}e${exponent}`)) === value);
    };
    const sample = fc.oneof(
      anyFloat32,
      fc.integer({ min: -126, max: 127 }).map((power) => 2 ** power),
    );
    fc.assert(
      fc.property(sample, (value) => {
        fc.pre(Number.isFinite(value) && value !== 0);
        const count = digits(float32Text(value));
        expect(count === 1 || !shorterFits(value, count - 1)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('a weights file', () => {
  let network: TrainedNetwork;
  let text: string;
  beforeAll(async () => {
    const { document } = twoSpirals;
    const data = await loadData(document.data, () => Promise.reject(new Error('no file')));
    const trainer = createTrainer({ document, data, backend: 'fast' });
    while (trainer.epoch < 2) trainer.advance(100);
    network = exportRun(document, trainer.checkpoint());
    text = decode(writeWeights(network, plain));
  });
  const changed = (change: (file: ReturnType<typeof parse>) => void) => {
    const file = parse(text);
    change(file);
    return JSON.stringify(file);
  };
  interface File {
    [key: string]: unknown;
    graph: { nodes: { id: string; params: Record<string, unknown> }[] };
    tensors: Record<string, { shape: number[]; dtype: string; data: number[]; sha256: string }>;
    vectors: { inputs: number[][]; outputs: number[][]; tolerance: number };
  }
  const parse = (from: string): File => JSON.parse(from) as File;
  const tensor = (file: File, key: string) => {
    const found = file.tensors[key];
    if (found === undefined) throw new Error(key);
    return found;
  };
  const rehash = (file: File) => {
    const all = createHash('sha256');
    for (const key of Object.keys(file.tensors).sort()) {
      const bytes = Buffer.from(Float32Array.from(tensor(file, key).data).buffer);
      tensor(file, key).sha256 = createHash('sha256').update(bytes).digest('hex');
      all.update(bytes);
    }
    file['sha256'] = all.digest('hex');
  };

  test('has the keys of the format, at least eight vectors, and what a run ended with', () => {
    const file = parse(text);
    expect(Object.keys(file)).toEqual([
      'format',
      'version',
      'graph',
      'data',
      'training',
      'tensors',
      'vectors',
      'sha256',
    ]);
    expect(Object.keys(file.tensors)).toEqual([
      'h1.bias',
      'h1.weight',
      'h2.bias',
      'h2.weight',
      'out.bias',
      'out.weight',
    ]);
    expect(file.vectors.inputs.length).toBeGreaterThanOrEqual(8);
    expect(file['training']).toMatchObject({ epoch: 2, step: 16, loss: 'binary_cross_entropy' });
    expect(file['data']).toMatchObject({
      task: 'binary',
      columns: ['x1', 'x2'],
      classes: ['0', '1'],
      standardization: null,
    });
  });

  test('carries the hashes that Node computes over little-endian float32', () => {
    const file = parse(text);
    const before = structuredClone(file);
    rehash(file);
    expect(file).toEqual(before);
  });

  test('is read back bit for bit and written again byte for byte', () => {
    const opened = openWeights(text);
    expect(opened.network.tensors).toEqual(network.tensors);
    expect(decode(writeWeights(opened.network, plain))).toBe(text);
  });

  test('keeps −0', () => {
    const zero = { ...network, tensors: new Map([['h1.bias', { shape: [1], data: Float32Array.of(-0) }]]) };
    const read = readWeights(writeWeights(zero, plain)).tensors.get('h1.bias')?.data[0];
    expect(Object.is(read, -0)).toBe(true);
  });

  test('refuses non-finite weights unless they are wanted, then spells them', () => {
    const data = Float32Array.of(NaN, Infinity, -Infinity);
    const bad = { ...network, tensors: new Map([['h1.bias', { shape: [3], data }]]) };
    expect(messageOf(() => writeWeights(bad, plain))).toBe(
      'weights: tensor h1.bias holds numbers that are not finite; export anyway only if you mean to',
    );
    expect(readWeights(writeWeights(bad, { allowNonFinite: true })).tensors.get('h1.bias')?.data).toEqual(data);
  });

  test('with a changed number is refused, naming the tensor', () => {
    const file = changed((f) => (tensor(f, 'h2.bias').data[3] = 0.5));
    expect(messageOf(() => openWeights(file))).toMatch(
      /^weights file: tensor h2\.bias: its data give the SHA-256 [0-9a-f]{64}, the file says/,
    );
  });

  test('with a tensor renamed or left out is refused by the hash of all', () => {
    const file = changed((f) => delete f.tensors['h2.bias']);
    expect(messageOf(() => openWeights(file))).toMatch(/^weights file: the tensors together give the SHA-256/);
  });

  test('with sound hashes and other weights is refused by its vectors', () => {
    const file = changed((f) => {
      tensor(f, 'out.bias').data[0] = 3;
      rehash(f);
    });
    expect(messageOf(() => openWeights(file))).toMatch(
      /^weights file: test vector 1, output 1: expected 0\.\d+, the network gives 0\.\d+; graph and weights do not belong together$/,
    );
  });

  test.each([
    [
      'another graph',
      (f: File) => f.graph.nodes.filter(({ id }) => id === 'h1').forEach(({ params }) => (params['units'] = 8)),
      'weights: tensor h1.bias: expected shape [8], got [16]',
    ],
    ['another format', (f: File) => (f['format'] = 'x'), 'weights file: format: expected "netloom-weights", got "x"'],
    [
      'a newer version',
      (f: File) => (f['version'] = 2),
      'weights file: version: expected at most 1, got 2: the file was made by a newer version of Netloom; update to open it',
    ],
    [
      'a wrong shape',
      (f: File) => (tensor(f, 'h1.bias').shape = [4, 5]),
      'weights file: tensor h1.bias: data: expected 20 numbers for the shape [4, 5], got 16',
    ],
    [
      'an overflowing shape',
      (f: File) => (tensor(f, 'h1.bias').shape = [65536, 65536, 65536, 65536]),
      'weights file: tensor h1.bias: shape: expected at most 250000000 numbers, got [65536,65536,65536,65536]',
    ],
    [
      'an axis that is no number',
      (f: File) => (tensor(f, 'h1.bias').shape = [1.5]),
      'weights file: tensor h1.bias: shape: expected a list of at most 16 whole numbers from 1 to 250000000, got [1.5]',
    ],
    [
      'nested data',
      (f: File) => (tensor(f, 'h1.bias').data = [[1]] as never),
      'weights file: tensor h1.bias: data: expected 16 numbers for the shape [16], got 1',
    ],
    [
      'another dtype',
      (f: File) => (tensor(f, 'h1.bias').dtype = 'float16'),
      'weights file: tensor h1.bias: dtype: expected "float32", got "float16"',
    ],
    [
      'no vectors',
      (f: File) => (f.vectors = { inputs: [], outputs: [], tolerance: 0 }),
      'weights file: expected at least one test vector, got none; export it again',
    ],
    [
      'a foreign key',
      (f: File) => (f.tensors = { '../x': tensor(f, 'h1.bias') }),
      'weights file: tensors: expected keys like "h1.weight", got "../x"',
    ],
  ])('with %s is refused', (_, change, message) => {
    expect(messageOf(() => openWeights(changed(change)))).toBe(message);
  });

  test('with a key that reaches for prototypes is refused', () => {
    const file = text.replace('"h1.bias"', '"__proto__"');
    expect(messageOf(() => openWeights(file))).toMatch(/__proto__/);
    expect(({} as Record<string, unknown>)['shape']).toBeUndefined();
  });

  test('of tensors alone is taken as initial weights, its hashes optional', () => {
    const bare = JSON.stringify({
      format: 'netloom-weights',
      version: 1,
      tensors: { 'h1.bias': { shape: [2], data: [1, -2] } },
    });
    expect(openInitialWeights(bare)).toEqual({
      values: new Map([['h1.bias', Float32Array.of(1, -2)]]),
      shapes: new Map([['h1.bias', [2]]]),
    });
    expect(messageOf(() => openWeights(bare))).toBe(
      'weights file: it holds tensors only; use it with a project: netloom train P --weights-in W',
    );
  });

  test('holds no number that float32 would make an infinity of, unless it is spelled as one', () => {
    const of = (value: unknown): string => {
      const tensors = { 'h1.bias': { shape: [2], data: [1, value] } };
      return JSON.stringify({ format: 'netloom-weights', version: 1, tensors });
    };
    expect(messageOf(() => openInitialWeights(of(-1e39)))).toBe(
      'weights file: tensor h1.bias: data[1]: expected a number within float32, got -1e+39',
    );
    expect(openInitialWeights(of('-Infinity')).values.get('h1.bias')).toEqual(Float32Array.of(1, -Infinity));
    expect(openInitialWeights(of(3.4028234663852886e38)).values.get('h1.bias')?.[1]).toBe(3.4028234663852886e38);
  });
});

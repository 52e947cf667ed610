/** Absurd sizes: every one is refused with the layer's name, before anything of that size is allocated. */
import { expect, test } from 'vitest';
import { analyze, type AnalyzeOptions } from '../../../src-core/analysis/analyze.ts';
import type { GraphNode, ProjectDocument } from '../../../src-core/graph/model.ts';
import type { Json, JsonObject } from '../../../src-core/lib/json.ts';
import { twoSpirals } from '../../../src-core/templates/two-spirals.ts';
import { changed, type Change } from '../../helpers/change-json.ts';

const base = twoSpirals.document;
const UNITS = 'expected a whole number from 1 to 65536';
/** Of processor time; array memory is what a layer of that size would be made of. */
const MOST_MS = 100;
const MOST_BYTES = 2 ** 20;

/** input → the nodes → dense(1, sigmoid) → output. */
function networkOf(shape: Json, ...middle: (readonly [type: string, params: JsonObject])[]): ProjectDocument {
  const nodes: GraphNode[] = [
    { id: 'in', type: 'input', params: { shape } },
    ...middle.map(([type, params], i) => ({ id: `n${i + 1}`, type, params })),
    { id: 'out', type: 'dense', params: { units: 1, activation: 'sigmoid' } },
    { id: 'y', type: 'output', params: {} },
  ];
  const edges = nodes.slice(1).map(({ id }, i) => ({ from: nodes[i]?.id ?? '', to: id }));
  return { ...base, graph: { nodes, edges } };
}

const withChanges = (...changes: Change[]) => changed(base, changes) as ProjectDocument;
const dense = (units: Json) => networkOf([2], ['dense', { units }]);
const conv = (kernel: Json, more: JsonObject = {}) =>
  networkOf([1, 8, 8], ['conv2d', { filters: 2, kernel_size: kernel, ...more }], ['flatten', {}]);

/** Each with what one of its errors begins with. */
const absurd: readonly [what: string, document: ProjectDocument, error: string, options?: AnalyzeOptions][] = [
  ['no units', dense(0), `n1.units: ${UNITS}, got 0`],
  ['minus zero units', dense(-0), `n1.units: ${UNITS}, got -0`],
  ['negative units', dense(-1), `n1.units: ${UNITS}, got -1`],
  ['half a unit', dense(1.5), `n1.units: ${UNITS}, got 1.5`],
  ['NaN units', dense(NaN), `n1.units: ${UNITS}, got NaN`],
  ['infinitely many units', dense(Infinity), `n1.units: ${UNITS}, got Infinity`],
  ['a billion units', dense(1e9), `n1.units: ${UNITS}, got 1000000000`],
  ['2^31 units', dense(2 ** 31), `n1.units: ${UNITS}, got 2147483648`],
  ['2^53 units', dense(2 ** 53), `n1.units: ${UNITS}, got 9007199254740992`],
  ['units as text', dense('12'), `n1.units: ${UNITS}, got "12"`],
  ['units as a list', dense([12]), `n1.units: ${UNITS}, got [12]`],
  ['units that are true', dense(true), `n1.units: ${UNITS}, got true`],
  ['one unit too many', dense(65_537), `n1.units: ${UNITS}, got 65537`],
  ['an empty input shape', networkOf([]), 'in.shape: expected a list of 1 to 4 whole numbers'],
  ['an input of five axes', networkOf([1, 1, 1, 1, 2]), 'in.shape: expected a list of 1 to 4 whole numbers'],
  ['an input axis of 0', networkOf([0]), 'in.shape[0]: expected a whole number from 1 to 65536, got 0'],
  ['an input axis of 2^31', networkOf([2 ** 31]), 'in.shape[0]: expected a whole number from 1 to 65536'],
  ['an input as text', networkOf('2'), 'in.shape: expected a list'],
  [
    'an input beyond safe numbers',
    networkOf([65_536, 65_536, 65_536, 65_536]),
    'data: expected 18446744073709552000 values',
  ],
  [
    'an image beyond memory',
    networkOf([4, 65_536, 65_536], ['global_avg_pool2d', {}]),
    'in: expected training to fit in',
  ],
  [
    'a flattened image beyond parameters',
    networkOf([64, 4096, 4096], ['flatten', {}]),
    'out: expected at most 250000000 parameters',
  ],
  ['a kernel beyond the image', conv([9, 9]), 'n1: '],
  ['a kernel of nothing', conv([0, 3]), 'n1.kernel_size[0]: expected a whole number'],
  ['a kernel of one number', conv(3), 'n1.kernel_size: expected a list of 2 whole numbers'],
  ['a kernel of three numbers', conv([3, 3, 3]), 'n1.kernel_size: expected a list of 2 whole numbers'],
  ['a stride of nothing', conv([3, 3], { stride: [0, 1] }), 'n1.stride[0]: expected a whole number'],
  ['2^40 filters', conv([3, 3], { filters: 2 ** 40 }), 'n1.filters: expected a whole number'],
  ['a padding of its own', conv([3, 3], { padding: 'full' }), 'n1.padding: expected one of'],
  [
    'a reshape to another size',
    networkOf([2], ['reshape', { shape: [3] }]),
    'n1: reshape: expected an input of 3 numbers',
  ],
  ['a reshape beyond numbers', networkOf([2], ['reshape', { shape: [65_536, 65_536, 65_536, 65_536] }]), 'n1: '],
  [
    'an embedding of 4·10^9 numbers',
    networkOf([2], ['embedding', { vocabulary: 65_536, dims: 65_536 }], ['flatten', {}]),
    'n1: expected at most 250000000 parameters',
  ],
  ['a drop of everything', networkOf([2], ['dropout', { rate: 1 }]), 'n1.rate: expected a number in [0, 1), got 1'],
  [
    'two wide layers',
    networkOf([2], ['dense', { units: 65_536 }], ['dense', { units: 65_536 }]),
    'n2: expected at most 250000000 parameters',
  ],
  ['a batch of nothing', withChanges(['training.batch_size', 0]), 'training.batch_size: expected a whole number'],
  ['a batch of half a row', withChanges(['training.batch_size', 0.5]), 'training.batch_size: expected a whole number'],
  ['a batch of 10^8 rows', withChanges(['training.batch_size', 1e8]), 'training.batch_size: expected a whole number'],
  ['2^53 epochs', withChanges(['training.epochs', 2 ** 53]), 'training.epochs: expected a whole number'],
  ['10^9 samples', withChanges(['data.samples', 1e9]), 'data.samples: expected a whole number'],
  [
    'a wide batch beyond memory',
    changed(networkOf([2], ['dense', { units: 65_536 }]), [
      ['data.samples', 1e7],
      ['training.batch_size', 'full'],
    ]) as ProjectDocument,
    'n1: expected training to fit in 4.00 GB, got an estimate of',
  ],
  [
    'a sound network on a tiny machine',
    base,
    'h2: expected training to fit in 0.00000931 GB, got an estimate of',
    { memoryBytes: 20_000 },
  ],
];

test.each(absurd)('%s is refused at once', (_, document, error, options) => {
  const bytesBefore = process.memoryUsage().arrayBuffers;
  const start = process.cpuUsage();
  const errors = analyze(document, undefined, options).problems.filter(({ severity }) => severity === 'error');
  const ms = process.cpuUsage(start).user / 1_000;
  const bytes = process.memoryUsage().arrayBuffers - bytesBefore;
  expect(errors.map(({ message }) => message.slice(0, error.length))).toContain(error);
  expect([ms < MOST_MS, bytes < MOST_BYTES]).toEqual([true, true]);
});

test('the estimate of a plain network is what can be counted by hand', () => {
  // 337 parameters × (value, gradient, two slots of adam), 2 + 16 + 16 + 1 + 1 values × 32 rows × (value, gradient),
  // float32; 250 training rows of two inputs and a target, float64.
  expect(analyze(base).memoryBytes).toBe(4 * (337 * 4 + 36 * 32 * 2) + 8 * 3 * 250);
});

test('ten thousand layers are analyzed in one go', () => {
  const deep = networkOf([2], ...Array.from({ length: 9_997 }, () => ['dense', { units: 2 }] as const));
  expect([analyze(deep).problems, analyze(deep).order.length]).toEqual([[], 10_000]);
});

test('where a smaller batch fits, the largest power of two is offered; where none does, nothing is', () => {
  const wide = changed(networkOf([2], ['dense', { units: 65_536 }]), [
    ['data.samples', 1e7],
    ['training.batch_size', 'full'],
  ]) as ProjectDocument;
  const memoryProblem = (document: ProjectDocument, options?: AnalyzeOptions) =>
    analyze(document, undefined, options).problems.find(({ code }) => code === 'memory.too_large');
  const mended = memoryProblem(wide)?.fix?.apply(wide);
  const rows = Number(mended?.training.batch_size);
  const twice = changed(wide, [['training.batch_size', 2 * rows]]) as ProjectDocument;
  expect([Math.log2(rows) % 1, mended && memoryProblem(mended), memoryProblem(twice)?.code]).toEqual([
    0,
    undefined,
    'memory.too_large',
  ]);
  expect(memoryProblem(base, { memoryBytes: 20_000 })?.fix).toBeUndefined();
});

/** Small inputs for every op that has a gradient rule: what the sweeps feed. */
import type { Attributes } from '../../src-core/ops/define.ts';
import type { OpId } from '../../src-core/ops/registry.ts';

/**
 * How the numbers of an input are drawn.
 * - probability: in (0.05, 0.95), away from the clip; - off_zero: at least 0.2 from 0, away from kinks
 * - distinct: multiples of 0.1 in random order, so that no two are closer than a difference's step
 * - tenth: in (0, 0.1); - id: 0 … 4
 */
export type Draw = 'normal' | 'probability' | 'bit' | 'off_zero' | 'positive' | 'id' | 'distinct' | 'one_hot' | 'tenth';

export interface SampleInput {
  readonly shape: readonly number[];
  readonly batched: boolean;
  readonly draw: Draw;
}

export interface OpSample {
  readonly inputs: readonly SampleInput[];
  readonly attributes: Attributes;
}

const rows = (shape: readonly number[], draw: Draw = 'normal'): SampleInput => ({ shape, batched: true, draw });
const fixed = (shape: readonly number[], draw: Draw = 'normal'): SampleInput => ({ shape, batched: false, draw });
const of = (inputs: readonly SampleInput[], attributes: Attributes = {}): OpSample => ({ inputs, attributes });
const unary = (draw: Draw = 'normal', attributes: Attributes = {}) => [
  of([rows([3], draw)], attributes),
  of([rows([2, 3], draw)], attributes),
  of([fixed([4], draw)], attributes),
];
const loss = (output: Draw, target: Draw, attributes: Attributes = {}) => [
  of([rows([3], output), rows([3], target)], attributes),
  of([rows([2, 4], output), rows([2, 4], target)], attributes),
  of([rows([1], output), rows([1], target)], attributes),
];
const window = (kernel: readonly number[], stride: readonly number[], padding: string) => ({ kernel, stride, padding });
const windows = [
  window([3, 3], [1, 1], 'valid'),
  window([3, 3], [1, 1], 'same'),
  window([2, 3], [2, 1], 'same'),
  window([1, 1], [1, 1], 'valid'),
  window([3, 2], [2, 2], 'valid'),
  window([2, 2], [3, 3], 'valid'),
];
const channels = (draw: Draw = 'normal') => [
  of([rows([4], draw), fixed([4])], { axis: 'last' }),
  of([rows([2, 3], draw), fixed([3])], { axis: 'last' }),
  of([rows([2, 3, 4], draw), fixed([2])], { axis: 'first' }),
];
const pools = (draw: Draw) => windows.map((attributes) => of([rows([2, 5, 4], draw)], attributes));

export const opSamples: Partial<Record<OpId, readonly OpSample[]>> = {
  absolute_error: loss('off_zero', 'tenth'),
  add: [of([rows([3]), rows([3])]), of([rows([2, 2]), rows([2, 2]), rows([2, 2])]), of([fixed([3]), fixed([3])])],
  add_bias: channels(),
  avg_pool2d: pools('normal'),
  binary_cross_entropy: loss('probability', 'bit'),
  channel_sum: channels().map(({ inputs, attributes }) => of(inputs.slice(0, 1), attributes)),
  channel_scale: channels(),
  concat: [
    of([rows([2]), rows([3]), rows([1])], { axis: 0 }),
    of([rows([2, 3, 2]), rows([1, 3, 2])], { axis: 0 }),
    of([rows([2, 3, 2]), rows([2, 3, 4])], { axis: 2 }),
  ],
  conv2d: windows.map((attributes) => of([rows([2, 5, 4]), fixed([3, 2, ...attributes.kernel])], attributes)),
  conv2d_input_gradient: [
    of([rows([3, 2, 2]), fixed([3, 2, 2, 3])], { ...window([2, 3], [2, 1], 'valid'), input: [2, 4, 4] }),
    of([rows([3, 3, 4]), fixed([3, 2, 2, 3])], { ...window([2, 3], [2, 1], 'same'), input: [2, 5, 4] }),
  ],
  cross_entropy: loss('probability', 'one_hot'),
  dropout: unary('normal', { rate: 0.4 }),
  elu: unary('off_zero', { alpha: 0.7 }),
  embedding: [of([rows([3], 'id'), fixed([5, 2])]), of([rows([1], 'id'), fixed([5, 4])])],
  gaussian_noise: unary('normal', { stddev: 0.3 }),
  gelu: unary(),
  gru: [of([rows([4, 6]), fixed([6, 2]), fixed([6])]), of([rows([1, 9]), fixed([9, 3]), fixed([9])])],
  hinge_error: loss('tenth', 'bit'),
  huber_error: [...loss('normal', 'bit', { delta: 0.8 }), ...loss('normal', 'bit', { delta: 3 })],
  leaky_relu: unary('off_zero', { alpha: 0.1 }),
  lstm: [of([rows([4, 8]), fixed([8, 2]), fixed([8])]), of([rows([1, 12]), fixed([12, 3]), fixed([12])])],
  matmul: [
    of([rows([4]), fixed([4, 3])]),
    of([rows([4]), fixed([3, 4])], { transposeB: true }),
    of([rows([2, 4]), fixed([3, 4])], { transposeB: true }),
    of([rows([2, 4]), rows([2, 3])], { transposeA: true }),
    of([rows([9]), fixed([7, 9])], { transposeB: true }),
    of([rows([1]), fixed([1, 1])], { transposeB: true }),
    of([fixed([3, 4]), fixed([4, 2])]),
  ],
  max_pool2d: pools('distinct'),
  multiply: [of([rows([3]), rows([3])]), of([rows([2, 2]), rows([2, 2]), rows([2, 2])])],
  normalize_blocks: [
    of([rows([6])], { block: 6, epsilon: 1e-5 }),
    of([rows([2, 4])], { block: 4, epsilon: 1e-2 }),
    of([rows([4, 2, 3])], { block: 12, epsilon: 1e-5 }),
  ],
  normalize_channels: [
    of([rows([4])], { axis: 'last', epsilon: 1e-5 }),
    of([rows([3, 2])], { axis: 'last', epsilon: 1e-2 }),
    of([rows([2, 3, 2])], { axis: 'first', epsilon: 1e-5 }),
  ],
  pad: [of([rows([2, 3])], { axis: 0, before: 1, length: 4 }), of([rows([2, 3])], { axis: 1, before: 0, length: 5 })],
  positional_encoding: [of([rows([3, 4])]), of([rows([2, 3])])],
  relu: unary('off_zero'),
  reshape: [of([rows([2, 3])], { shape: [6] }), of([rows([6])], { shape: [3, 1, 2] })],
  row_matmul: [
    of([rows([2, 3, 4]), rows([2, 4, 5])]),
    of([rows([3, 4]), rows([5, 4])], { transposeB: true }),
    of([rows([4, 3]), rows([4, 5])], { transposeA: true }),
    of([rows([4, 3]), rows([5, 4])], { transposeA: true, transposeB: true }),
  ],
  scale: unary('normal', { factor: -1.5 }),
  sigmoid: unary(),
  sigmoid_cross_entropy: loss('normal', 'bit'),
  silu: unary(),
  simple_rnn: [of([rows([4, 2]), fixed([2, 2]), fixed([2])]), of([rows([1, 3]), fixed([3, 3]), fixed([3])])],
  slice: [of([rows([4, 3])], { axis: 0, from: 1, length: 2 }), of([rows([2, 5])], { axis: 1, from: 2, length: 3 })],
  softmax: unary(),
  softmax_cross_entropy: loss('normal', 'one_hot'),
  softplus: unary(),
  squared_error: loss('normal', 'bit'),
  tanh: unary(),
  times_rows: [of([fixed([])])],
  transpose: [of([rows([2, 3, 4])], { order: [2, 0, 1] }), of([rows([3, 2])], { order: [1, 0] })],
  weighted_mean: [of([rows([]), rows([], 'positive')])],
};

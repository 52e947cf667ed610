/** What the planner of layouts knows of every op that has a kernel here: which operands go together, and how they must lie. */
import type { ProgramOp } from '../program.ts';

/** image: channels last. last: the last axis in one run. plain: row-major and nothing else. */
export type Demand = 'image' | 'last' | 'plain';

export interface Trait {
  /** Operands that share one layout: indices of inputs, and of outputs after them. */
  readonly alike: (op: ProgramOp) => readonly number[];
  /** How single operands must lie. */
  readonly demands?: (op: ProgramOp) => readonly (readonly [operand: number, demand: Demand])[];
  /** True: works in any physical order of the elements, so a flattened image may stay channels-last. */
  readonly anyOrder?: boolean;
}

const all = ({ inputs, outputs }: ProgramOp) => [...inputs.keys(), ...outputs.map((_, i) => inputs.length + i)];
const none = () => [];
const firstOutput = ({ inputs }: ProgramOp) => inputs.length;

const elementwise: Trait = { alike: all, anyOrder: true };
const alone: Trait = { alike: none };
/** Output, target, the loss of the row. */
const rowLoss: Trait = { alike: () => [0, 1] };
/** Output, target, the gradient of the row, the gradient of the output. */
const rowLossGradient: Trait = { alike: () => [0, 1, 3] };
const lastRowLoss: Trait = {
  ...rowLoss,
  demands: () => [
    [0, 'last'],
    [1, 'last'],
  ],
};
const lastRowLossGradient: Trait = { ...rowLossGradient, demands: lastRowLoss.demands ?? none };
const lastAxis: Trait = { alike: all, demands: () => [[0, 'last']] };

const alongAxis = ({ attributes }: ProgramOp): Demand => (attributes['axis'] === 'first' ? 'image' : 'last');
/** Ops along the channel axis; `alike` names the operands shaped like the first. */
const channels = (alike: (op: ProgramOp) => readonly number[]): Trait => ({
  alike,
  demands: (op) => [[0, alongAxis(op)]],
});

const image: Demand = 'image';

/** A loop over time: its weight (input `weight`) lies as it is named, sequences run by run. */
const loop = (weight: number, operands: number): Trait => ({
  alike: none,
  demands: () => Array.from({ length: operands }, (_, i) => [i, i === weight ? 'plain' : 'last'] as const),
});

/** By op id; an op that is missing here has no kernel, and a network with it runs on the TypeScript backend. */
export const traits: Readonly<Record<string, Trait | undefined>> = {
  absolute_error: rowLoss,
  absolute_error_gradient: rowLossGradient,
  adagrad_update: elementwise,
  adam_update: elementwise,
  add: elementwise,
  add_bias: channels((op) => [0, firstOutput(op)]),
  avg_pool2d: {
    alike: none,
    demands: () => [
      [0, image],
      [1, image],
    ],
  },
  avg_pool2d_gradient: {
    alike: none,
    demands: () => [
      [0, image],
      [1, image],
    ],
  },
  binary_cross_entropy: rowLoss,
  binary_cross_entropy_gradient: rowLossGradient,
  channel_dot: channels(() => [0, 1]),
  channel_scale: channels((op) => [0, firstOutput(op)]),
  channel_spread: channels((op) => [0, firstOutput(op)]),
  channel_sum: channels(none),
  check_finite: { alike: none, anyOrder: true },
  clip_by_norm: { alike: (op) => [0, firstOutput(op)], anyOrder: true },
  clip_by_value: elementwise,
  concat: alone,
  conv2d: {
    alike: none,
    demands: () => [
      [0, image],
      [2, image],
    ],
  },
  conv2d_input_gradient: {
    alike: none,
    demands: () => [
      [0, image],
      [2, image],
    ],
  },
  conv2d_weight_gradient: {
    alike: none,
    demands: () => [
      [0, image],
      [1, image],
    ],
  },
  cross_entropy: lastRowLoss,
  cross_entropy_gradient: lastRowLossGradient,
  delta_bar_delta_update: elementwise,
  dropout: elementwise,
  elu: elementwise,
  elu_gradient: elementwise,
  embedding: {
    alike: none,
    demands: () => [
      [0, 'last'],
      [1, 'plain'],
      [2, 'last'],
    ],
  },
  embedding_gradient: {
    alike: none,
    demands: () => [
      [0, 'last'],
      [1, 'last'],
      [2, 'plain'],
    ],
  },
  fill: { alike: none, anyOrder: true },
  gaussian_noise: elementwise,
  gelu: elementwise,
  gelu_gradient: elementwise,
  global_norm: { alike: none, anyOrder: true },
  gru: loop(1, 4),
  gru_gradient: loop(2, 5),
  hinge_error: rowLoss,
  hinge_error_gradient: rowLossGradient,
  huber_error: rowLoss,
  huber_error_gradient: rowLossGradient,
  leaky_relu: elementwise,
  leaky_relu_gradient: elementwise,
  lstm: loop(1, 4),
  lstm_gradient: loop(2, 5),
  matmul: {
    alike: none,
    demands: ({ attributes }) => [
      [0, 'last'],
      ...(attributes['transposeA'] === true ? [[1, 'last'] as const] : []),
      [2, 'last'],
    ],
  },
  max_pool2d: {
    alike: none,
    demands: () => [
      [0, image],
      [1, image],
    ],
  },
  max_pool2d_gradient: {
    alike: () => [0, 2],
    demands: () => [
      [0, image],
      [1, image],
    ],
  },
  multiply: elementwise,
  normalize_blocks: { alike: (op) => [0, firstOutput(op)] },
  normalize_blocks_gradient: { alike: (op) => [0, 2, firstOutput(op)] },
  normalize_channels: channels((op) => [0, firstOutput(op)]),
  normalize_channels_gradient: channels((op) => [0, 2, firstOutput(op)]),
  normalize_with: channels((op) => [0, firstOutput(op)]),
  pad: alone,
  penalty: { alike: none, anyOrder: true },
  penalty_gradient: elementwise,
  positional_encoding: { alike: all, demands: () => [[0, 'last']] },
  relu: elementwise,
  relu_gradient: elementwise,
  reshape: alone,
  rmsprop_update: elementwise,
  row_matmul: {
    alike: none,
    demands: () => [
      [0, 'last'],
      [1, 'last'],
      [2, 'last'],
    ],
  },
  running_update: alone,
  scale: elementwise,
  sgd_update: elementwise,
  sigmoid: elementwise,
  sigmoid_cross_entropy: rowLoss,
  sigmoid_cross_entropy_gradient: rowLossGradient,
  sigmoid_gradient: elementwise,
  silu: elementwise,
  silu_gradient: elementwise,
  simple_rnn: loop(1, 4),
  simple_rnn_gradient: loop(1, 4),
  slice: alone,
  softmax: lastAxis,
  softmax_cross_entropy: lastRowLoss,
  softmax_cross_entropy_gradient: lastRowLossGradient,
  softmax_gradient: lastAxis,
  softplus: elementwise,
  softplus_gradient: elementwise,
  squared_error: rowLoss,
  squared_error_gradient: rowLossGradient,
  tanh: elementwise,
  tanh_gradient: elementwise,
  times_rows: alone,
  transpose: alone,
  weighted_mean: alone,
  weighted_mean_gradient: alone,
};

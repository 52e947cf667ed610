/** The encoder of every op that has a kernel, by op id. */
import { fusedIds } from '../fuse.ts';
import { activationKinds, lossKinds } from '../opcodes.ts';
import * as attention from './attention.ts';
import type { Encoder } from './define.ts';
import * as elementwise from './elementwise.ts';
import * as images from './images.ts';
import * as losses from './losses.ts';
import * as moves from './moves.ts';
import * as norms from './norms.ts';
import * as products from './products.ts';
import * as sequences from './sequences.ts';
import * as updates from './updates.ts';

const functions = activationKinds.filter((kind) => kind !== 'linear');

export const encoders: Readonly<Record<string, Encoder | undefined>> = {
  ...Object.fromEntries(functions.map((id) => [id, elementwise.activation(id)])),
  ...Object.fromEntries(functions.map((id) => [`${id}_gradient`, elementwise.activationGradient(id)])),
  ...Object.fromEntries(lossKinds.map((id) => [id, losses.rowLoss(id)])),
  ...Object.fromEntries(lossKinds.map((id) => [`${id}_gradient`, losses.rowLossGradient(id)])),
  ...Object.fromEntries(Object.keys(updates.stepWords).map((id) => [id, updates.step(id)])),
  [fusedIds.batchLoss]: losses.batchLoss,
  [fusedIds.conv]: images.fusedConv,
  [fusedIds.convGradients]: images.fusedConvGradients,
  [fusedIds.dense]: products.fusedDense,
  [fusedIds.descent]: products.descent,
  [fusedIds.poolSlope]: images.fusedPoolSlope,
  [fusedIds.slopeAndSum]: elementwise.slopeAndSum,
  add: elementwise.chain('add'),
  add_bias: elementwise.addBias,
  avg_pool2d: images.avgPool2d,
  avg_pool2d_gradient: images.avgPool2dGradient,
  channel_dot: norms.channelDot,
  channel_scale: norms.channelScale,
  channel_spread: elementwise.channelSpread,
  channel_sum: elementwise.channelSum,
  check_finite: elementwise.checkFinite,
  clip_by_norm: elementwise.clipByNorm,
  clip_by_value: elementwise.clipByValue,
  concat: moves.concat,
  conv2d: images.conv2d,
  conv2d_input_gradient: images.conv2dInputGradient,
  conv2d_weight_gradient: images.conv2dWeightGradient,
  dropout: elementwise.dropout,
  embedding: moves.embedding,
  embedding_gradient: moves.embeddingGradient,
  fill: elementwise.fill,
  gaussian_noise: elementwise.gaussianNoise,
  global_norm: elementwise.globalNorm,
  gru: sequences.gru,
  gru_gradient: sequences.gruGradient,
  lstm: sequences.lstm,
  lstm_gradient: sequences.lstmGradient,
  matmul: products.matmul,
  max_pool2d: images.maxPool2d,
  max_pool2d_gradient: images.maxPool2dGradient,
  multiply: elementwise.chain('multiply'),
  normalize_blocks: norms.normalizeBlocks,
  normalize_blocks_gradient: norms.normalizeBlocksGradient,
  normalize_channels: norms.normalizeChannels,
  normalize_channels_gradient: norms.normalizeChannelsGradient,
  normalize_with: norms.normalizeWith,
  pad: moves.pad,
  penalty: elementwise.penalty,
  penalty_gradient: elementwise.penaltyGradient,
  positional_encoding: attention.positionalEncoding,
  reshape: moves.reshape,
  row_matmul: attention.rowMatmul,
  running_update: norms.runningUpdate,
  scale: elementwise.scale,
  simple_rnn: sequences.simpleRnn,
  simple_rnn_gradient: sequences.simpleRnnGradient,
  slice: moves.slice,
  softmax: elementwise.softmax,
  softmax_gradient: elementwise.softmaxGradient,
  times_rows: losses.timesRows,
  transpose: attention.transpose,
  weighted_mean: losses.weightedMean,
  weighted_mean_gradient: losses.weightedMeanGradient,
};

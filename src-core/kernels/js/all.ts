/** Every kernel of the reference: plain loops that follow the formulas. */
export {
  elu,
  eluGradient,
  gelu,
  geluGradient,
  leakyRelu,
  leakyReluGradient,
  relu,
  reluGradient,
  sigmoid,
  sigmoidGradient,
  silu,
  siluGradient,
  softmax,
  softmaxGradient,
  softplus,
  softplusGradient,
  tanh,
  tanhGradient,
} from './activations.ts';
export { add, fill, multiply, reshape, scale } from './arithmetic.ts';
export { positionalEncoding, rowMatmul, transpose } from './attention-parts.ts';
export { addBias, channelSpread, channelSum } from './bias.ts';
export {
  channelDot,
  channelScale,
  normalizeChannels,
  normalizeChannelsGradient,
  normalizeWith,
  runningUpdate,
} from './channels.ts';
export { conv2d, conv2dInputGradient, conv2dWeightGradient } from './conv2d.ts';
export { embedding, embeddingGradient } from './embedding.ts';
export { clipByNorm, clipByValue, penaltyGradient } from './gradients.ts';
export {
  absoluteError,
  absoluteErrorGradient,
  binaryCrossEntropy,
  binaryCrossEntropyGradient,
  crossEntropy,
  crossEntropyGradient,
  hingeError,
  hingeErrorGradient,
  huberError,
  huberErrorGradient,
  sigmoidCrossEntropy,
  sigmoidCrossEntropyGradient,
  softmaxCrossEntropy,
  softmaxCrossEntropyGradient,
  squaredError,
  squaredErrorGradient,
} from './losses.ts';
export { matmul } from './matmul.ts';
export { dropout, gaussianNoise } from './noise.ts';
export { normalizeBlocks, normalizeBlocksGradient } from './normalize.ts';
export { concat, pad, slice } from './parts.ts';
export { avgPool2d, avgPool2dGradient, maxPool2d, maxPool2dGradient } from './pools.ts';
export { checkFinite, globalNorm, penalty, timesRows, weightedMean, weightedMeanGradient } from './reductions.ts';
export { gru, gruGradient, lstm, lstmGradient, simpleRnn, simpleRnnGradient } from './sequences.ts';
export { adagradUpdate, adamUpdate, deltaBarDeltaUpdate, rmspropUpdate, sgdUpdate } from './updates.ts';

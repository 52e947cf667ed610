/** Every operation: the closed set that backends compute. */
export { absoluteError, absoluteErrorGradient } from './absolute-error.ts';
export { addBias, channelSpread, channelSum } from './add-bias.ts';
export { add } from './add.ts';
export { positionalEncoding, rowMatmul, transpose } from './attention-parts.ts';
export { avgPool2d, avgPool2dGradient } from './avg-pool2d.ts';
export { binaryCrossEntropy, binaryCrossEntropyGradient } from './binary-cross-entropy.ts';
export { checkFinite } from './check-finite.ts';
export { clipByNorm, clipByValue, globalNorm } from './clip.ts';
export { concat, pad, slice } from './concat.ts';
export { conv2d, conv2dInputGradient, conv2dWeightGradient } from './conv2d.ts';
export { crossEntropy, crossEntropyGradient } from './cross-entropy.ts';
export { dropout } from './dropout.ts';
export { elu, eluGradient } from './elu.ts';
export { embedding, embeddingGradient } from './embedding.ts';
export { fill } from './fill.ts';
export { gaussianNoise } from './gaussian-noise.ts';
export { gelu, geluGradient } from './gelu.ts';
export { hingeError, hingeErrorGradient } from './hinge-error.ts';
export { huberError, huberErrorGradient } from './huber-error.ts';
export { leakyRelu, leakyReluGradient } from './leaky-relu.ts';
export { matmul } from './matmul.ts';
export { maxPool2d, maxPool2dGradient } from './max-pool2d.ts';
export { multiply } from './multiply.ts';
export {
  channelDot,
  channelScale,
  normalizeBlocks,
  normalizeBlocksGradient,
  normalizeChannels,
  normalizeChannelsGradient,
  normalizeWith,
  runningUpdate,
} from './normalize.ts';
export { penalty, penaltyGradient } from './penalty.ts';
export { relu, reluGradient } from './relu.ts';
export { reshape } from './reshape.ts';
export { scale } from './scale.ts';
export { gru, gruGradient, lstm, lstmGradient, simpleRnn, simpleRnnGradient } from './sequences.ts';
export { sigmoidCrossEntropy, sigmoidCrossEntropyGradient } from './sigmoid-cross-entropy.ts';
export { sigmoid, sigmoidGradient } from './sigmoid.ts';
export { silu, siluGradient } from './silu.ts';
export { softmaxCrossEntropy, softmaxCrossEntropyGradient } from './softmax-cross-entropy.ts';
export { softmax, softmaxGradient } from './softmax.ts';
export { softplus, softplusGradient } from './softplus.ts';
export { squaredError, squaredErrorGradient } from './squared-error.ts';
export { tanh, tanhGradient } from './tanh.ts';
export { adagradUpdate, adamUpdate, deltaBarDeltaUpdate, rmspropUpdate, sgdUpdate } from './updates.ts';
export { timesRows, weightedMean, weightedMeanGradient } from './weighted-mean.ts';

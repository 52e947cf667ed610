/** Kernels of the fast backend that differ from the reference's. */
export { relu, reluGradient, sigmoid, sigmoidGradient, tanh, tanhGradient } from './activations.ts';
export { addBias, channelSum } from './bias.ts';
export { conv2d, conv2dInputGradient, conv2dWeightGradient } from './conv2d.ts';
export { matmul } from './matmul.ts';

/** Every operation: the closed set that backends compute. */
export { addBias, channelSpread, channelSum } from './add-bias.ts';
export { elu, eluGradient } from './elu.ts';
export { gelu, geluGradient } from './gelu.ts';
export { leakyRelu, leakyReluGradient } from './leaky-relu.ts';
export { matmul } from './matmul.ts';
export { relu, reluGradient } from './relu.ts';
export { sigmoid, sigmoidGradient } from './sigmoid.ts';
export { silu, siluGradient } from './silu.ts';
export { softmax, softmaxGradient } from './softmax.ts';
export { softplus, softplusGradient } from './softplus.ts';
export { tanh, tanhGradient } from './tanh.ts';

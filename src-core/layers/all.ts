/** Every layer: what a person can place on the canvas. */
export { activation } from './activation.ts';
export { add } from './add.ts';
export { avgPool2d } from './avg-pool2d.ts';
export { concat } from './concat.ts';
export { conv2d } from './conv2d.ts';
export { dense } from './dense.ts';
export { dropout } from './dropout.ts';
export { embedding } from './embedding.ts';
export { flatten } from './flatten.ts';
export { gaussianNoise } from './gaussian-noise.ts';
export { globalAvgPool2d } from './global-avg-pool2d.ts';
export { input } from './input.ts';
export { layerNorm } from './layer-norm.ts';
export { maxPool2d } from './max-pool2d.ts';
export { multiply } from './multiply.ts';
export { output } from './output.ts';
export { reshape } from './reshape.ts';

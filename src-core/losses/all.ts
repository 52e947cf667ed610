/** Every loss. */
export { binaryCrossEntropy } from './binary-cross-entropy.ts';
export { crossEntropy } from './cross-entropy.ts';
export { hinge } from './hinge.ts';
export { huber } from './huber.ts';
export { meanAbsoluteError } from './mean-absolute-error.ts';
export { meanSquaredError } from './mean-squared-error.ts';

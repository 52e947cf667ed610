/** Every plot of the dock, in the order of the tabs. */
export { lossCurve } from './loss-curve.ts';
export { boundary } from './boundary.ts';
export { metrics } from './metrics.ts';
export { confusion } from './confusion.ts';
export { predict } from './predict.ts';
export { gradients } from './gradients.ts';
export { weights } from './weights.ts';
export { activations } from './activations.ts';
export { fit } from './fit.ts';
export { compare } from './compare.ts';
export { learningRate } from './learning-rate.ts';

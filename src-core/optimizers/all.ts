/** Every optimizer. */
export { adagrad } from './adagrad.ts';
export { adam } from './adam.ts';
export { adamw } from './adamw.ts';
export { deltaBarDelta } from './delta-bar-delta.ts';
export { rmsprop } from './rmsprop.ts';
export { sgd } from './sgd.ts';

/** Every schedule. */
export { constant } from './constant.ts';
export { cosine } from './cosine.ts';
export { exponential } from './exponential.ts';
export { step } from './step.ts';
export { warmup } from './warmup.ts';

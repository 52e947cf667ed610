/** Every layer: what a person can place on the canvas. */
export { activation } from './activation.ts';
export { dense } from './dense.ts';
export { input } from './input.ts';
export { output } from './output.ts';

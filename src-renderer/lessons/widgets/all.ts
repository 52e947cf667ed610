/** Every widget, one sorted line each; a pane of a lesson names it. */
export { chain } from './chain.ts';
export { curve } from './curve.ts';
export { graph } from './graph.ts';

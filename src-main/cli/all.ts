/** Every command, one sorted line each. */
export { audit } from './audit.ts';
export { bench } from './bench.ts';
export { check } from './check.ts';
export { evaluate } from './evaluate.ts';
export { exportCommand } from './export.ts';
export { gradients } from './gradients.ts';
export { graph } from './graph.ts';
export { predict } from './predict.ts';
export { runs } from './runs.ts';
export { serve } from './serve.ts';
export { templates } from './templates.ts';
export { train } from './train.ts';

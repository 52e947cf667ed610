/** Every generator, one sorted line each: the export's snake_case name is the `name` in project files. */
export { blobs } from './generators/blobs.ts';
export { circle } from './generators/circle.ts';
export { gauss } from './generators/gauss.ts';
export { linear } from './generators/linear.ts';
export { moons } from './generators/moons.ts';
export { parity } from './generators/parity.ts';
export { plane } from './generators/plane.ts';
export { rings } from './generators/rings.ts';
export { sine } from './generators/sine.ts';
export { spiral } from './generators/spiral.ts';
export { xor } from './generators/xor.ts';

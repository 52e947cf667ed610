/** Every kind of data, one sorted line each: the export's name is the `kind` in project files. */
export { builtin } from './builtin.ts';
export { csv } from './csv.ts';
export { formula } from './formula.ts';
export { generator } from './generator.ts';
export { idx } from './idx.ts';
export { images } from './images.ts';
export { inline } from './inline.ts';

/** Every kind of data, one sorted line each: the export's name is the `kind` in project files. */
export { csv } from './csv.ts';
export { generator } from './generator.ts';
export { inline } from './inline.ts';

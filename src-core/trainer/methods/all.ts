/** Every training method, one sorted line each: the export's snake_case name is the `method` in project files. */
export { gradient } from './gradient.ts';

/** Every template, one sorted line each: the export's kebab-case name is its name on the command line. */
export { twoSpirals } from './two-spirals.ts';

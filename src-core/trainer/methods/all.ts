/** Every training method, one sorted line each: the export's snake_case name is the `method` in project files. */
export { gradient } from './gradient.ts';
export { hillClimbing } from './hill-climbing.ts';
export { numericalGradient } from './numerical-gradient.ts';
export { perceptron } from './perceptron.ts';

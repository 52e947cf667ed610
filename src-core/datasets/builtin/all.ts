/** Every data set that ships with the app, one sorted line each: the export's snake_case is its name in project files. */
export { breastCancer } from './breast-cancer.ts';
export { digits } from './digits.ts';
export { iris } from './iris.ts';
export { wine } from './wine.ts';

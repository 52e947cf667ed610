/** Every service the window can call. */
export { appService } from './app.ts';
export { dataService } from './data.ts';
export { runsService } from './runs.ts';
export { trainingService } from './training.ts';

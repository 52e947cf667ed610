/** Every service the window can call. */
export { appService } from './app.ts';
export { dataService } from './data.ts';
export { runsService } from './runs.ts';
export { tabsService } from './tabs.ts';
export { trainingService } from './training.ts';

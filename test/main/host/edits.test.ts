/** Every call of the window's services is either one that changes something, and then only the page that edits may make it, or one that looks. */
import { expect, test } from 'vitest';
import { appService } from '../../../src-core/contract/app.ts';
import { dataService } from '../../../src-core/contract/data.ts';
import type { ServiceSpec } from '../../../src-core/contract/define.ts';
import { runsService } from '../../../src-core/contract/runs.ts';
import { tabsService } from '../../../src-core/contract/tabs.ts';
import { trainingService } from '../../../src-core/contract/training.ts';

/** Calls that leave document, runs and training as they are. A new call belongs here or in its service's `edits`. */
const LOOKS: Readonly<Record<string, readonly string[]>> = {
  app: [
    'info',
    'recover',
    'recent',
    'openRecent',
    'openFile',
    'saveFile',
    'beginFile',
    'addToFile',
    'finishFile',
    'dropFile',
  ],
  // Files are added beside the ones there are; nothing that another page shows becomes another.
  data: ['upload', 'uploadFolder', 'dropUpload', 'inspectCsv', 'preview', 'cancel', 'files'],
  runs: [
    'list',
    'get',
    'history',
    'curve',
    'exportKinds',
    'exportWeights',
    'exportPart',
    'predict',
    'predictFile',
    'predictionPart',
    'scoreTest',
    'look',
    'inside',
    'count',
  ],
  training: ['watchBoundary', 'watchInsights', 'watchNetwork', 'current'],
};
const services: readonly ServiceSpec[] = [appService, dataService, runsService, trainingService];

test.each(services)('the service $name says of every call whether it changes something', (service) => {
  const said = [...(service.edits ?? []), ...(LOOKS[service.name] ?? [])];
  expect(said.toSorted()).toEqual(Object.keys(service.calls).toSorted());
});

test('a page that watches may take over', () => {
  const { edits = [] }: ServiceSpec = tabsService;
  expect(edits).toEqual([]);
});

/** How many threads a run may take is a setting of the document, and no part of what the run is. */
import { expect, onTestFinished, test } from 'vitest';
import { loadData } from '../../../src-core/datasets/load.ts';
import type { ProjectDocument } from '../../../src-core/graph/model.ts';
import { cnnDigits } from '../../../src-core/templates/cnn-digits.ts';
import { configHash } from '../../../src-core/trainer/hashes.ts';
import { createTrainer } from '../../../src-core/trainer/trainer.ts';
import { readyThreads } from '../../helpers/ready-threads.ts';

const withThreads = (threads: number | null | undefined): ProjectDocument => {
  const { document } = cnnDigits;
  return threads === undefined ? document : { ...document, training: { ...document.training, threads } };
};

test.each<[number | null | undefined, number]>([
  [undefined, 2],
  [null, 2],
  [5, 2],
  [2, 1],
  [1, 0],
])('with threads %s, %d are started beside the first of three', async (threads, expected) => {
  const document = withThreads(threads);
  const data = await loadData(document.data, () => Promise.reject(new Error('no file')));
  const { starter, allReady } = readyThreads(3);
  const trainer = createTrainer({ document, data, backend: 'fast', threads: starter });
  onTestFinished(() => trainer.dispose());
  trainer.advance(1);
  expect(await allReady()).toBe(expected);
});

test('a run may go on with another number of them', () => {
  expect(configHash(withThreads(4))).toBe(configHash(withThreads(undefined)));
});

/** MNIST's files told apart by their names. */
import { expect, test } from 'vitest';
import { idxFileOf } from '../../../src-renderer/data/idx-files.ts';

test.each([
  ['train-images-idx3-ubyte.gz', 'images'],
  ['train-labels.idx1-ubyte', 'labels'],
  ['t10k-images-idx3-ubyte', 'testImages'],
  ['t10k-labels-idx1-ubyte.gz', 'testLabels'],
  ['emnist-digits-test-labels-idx1-ubyte.gz', 'testLabels'],
  ['latest-digits', 'images'],
])('%s holds %s', (name, which) => {
  expect(idxFileOf(name)).toBe(which);
});

/** What is said by itself begins like a sentence; names of the code stay as they are written. */
import { expect, test } from 'vitest';
import { sentence } from '../../../src-renderer/ui/format.ts';

test.each([
  ['training stopped at step 2', 'Training stopped at step 2'],
  ['training.loss: expected a known loss', 'training.loss: expected a known loss'],
  ['batch_size is larger than the data', 'batch_size is larger than the data'],
  ['h1: expected an input', 'h1: expected an input'],
  ['', ''],
])('“%s” is shown as “%s”', (text, shown) => {
  expect(sentence(text)).toBe(shown);
});

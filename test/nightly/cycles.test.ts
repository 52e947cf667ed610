/** A thousand runs in one host: nothing is left behind, and memory does not grow. */
import { expect, test } from 'vitest';
import { startHost } from '../main/services/helpers.ts';
import { countLeft, startAndStop } from '../fault/cycles.ts';
import { CYCLES } from '../fault/limits.ts';

const MAX_GROWTH = 4 * 1024 * 1024;

test('a thousand runs leave no file, process, listener or memory', { timeout: 3_600_000 }, async () => {
  const host = startHost();
  const half = CYCLES.nightly / 2;
  for (let cycle = 0; cycle < half; cycle++) await startAndStop(host);
  const before = countLeft(host);
  const memory = process.memoryUsage().rss;
  for (let cycle = 0; cycle < half; cycle++) await startAndStop(host);
  expect(countLeft(host)).toEqual({ ...before, files: expect.toSatisfy((n: number) => n <= before.files + 2) });
  expect(process.memoryUsage().rss - memory).toBeLessThan(MAX_GROWTH);
});

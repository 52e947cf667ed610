/** Many runs in one host leave nothing behind. */
import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { startHost } from '../main/services/helpers.ts';
import { countLeft, startAndStop } from './cycles.ts';
import { CYCLES } from './limits.ts';

test.skipIf(!existsSync('/proc/self/fd'))(
  'starting and stopping runs leaves no file, process or listener open',
  { timeout: 120_000 },
  async () => {
    const host = startHost();
    for (let cycle = 0; cycle < 5; cycle++) await startAndStop(host);
    const before = countLeft(host);
    for (let cycle = 0; cycle < CYCLES.suite; cycle++) await startAndStop(host);
    const after = countLeft(host);
    expect(after).toEqual({ ...before, files: expect.toSatisfy((files: number) => files <= before.files + 2) });
  },
);

/** Three thousand disks as power cuts may leave them. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { canTrace } from '../fault/kill-migration.ts';
import { POWER } from '../fault/limits.ts';
import { cutPower, record } from '../fault/power-cut.ts';
import { tempFolder } from '../main/store/helpers.ts';

test.skipIf(!canTrace).each(['direct', 'thread'] as const)(
  `after any of three thousand power cuts everything acknowledged is there, written %s${canTrace ? '' : ' (needs strace)'}`,
  async (how) => {
    const folder = join(tempFolder(), 'home');
    mkdirSync(folder);
    expect(await cutPower(record(folder, how), { folder, images: POWER.nightly })).toEqual([]);
  },
);

/** The real Electron, where there is one: the app starts, its page is connected, and it ends. Elsewhere it is skipped, with the reason. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron } from '@playwright/test';
import { expect, it } from 'vitest';
import { electronPath, whyNoWindow } from '../../src-main/electron-binary.mjs';
import { projectRoot } from '../helpers/run-script.ts';

const env: NodeJS.ProcessEnv = { ...process.env };
delete env['CI']; // set by the test command, and no reason against a window
const why = electronPath().why || whyNoWindow({ env });

it.skipIf(why !== '')(
  `the real app starts, is connected and ends${why && ` (not tested: ${why})`}`,
  { timeout: 60_000 },
  async () => {
    const home = mkdtempSync(join(tmpdir(), 'netloom-real-'));
    // Without executablePath: Playwright then holds back `ready` until it is attached.
    const app = await _electron.launch({
      args: [projectRoot, `--user-data-dir=${join(home, 'window')}`],
      chromiumSandbox: process.platform !== 'linux',
      env: Object.fromEntries(
        Object.entries({ ...env, NETLOOM_HOME: home }).flatMap(([name, value]) =>
          value === undefined ? [] : [[name, value]],
        ),
      ),
    });
    const page = await app.firstWindow();
    await page.getByRole('button', { name: 'Train' }).first().waitFor();
    expect(await page.evaluate('[location.origin, typeof require, typeof netloom.connect]')).toStrictEqual([
      'app://bundle',
      'undefined',
      'function',
    ]);
    await app.close();
  },
);

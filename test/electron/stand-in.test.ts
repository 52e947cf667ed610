/** Page, preload, shell, services, store and engine, all as built, with only Electron itself stood in for: what Electron would ship trains. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { expect, it, vi } from 'vitest';
import { spawnFork } from '../../src-main/engine/spawn-fork.ts';
import { makeOpenApp } from '../../src-main/host/app.ts';
import { startShell } from '../../src-main/host/electron/shell.ts';
import { fakeElectron } from '../helpers/fake-electron.ts';
import { projectRoot } from '../helpers/run-script.ts';
import { rememberBugListeners } from '../helpers/shell.ts';
import { openStandIn } from '../helpers/stand-in-page.ts';
import { findChromium } from '../runner/chromium.mjs';

const { path: executablePath, problem } = findChromium();

it.skipIf(executablePath === null)(
  `the window trains over its port${problem && ` (not tested: ${problem})`}`,
  { timeout: 90_000 },
  async () => {
    const outFolder = join(projectRoot, 'out');
    const dataFolder = mkdtempSync(join(tmpdir(), 'netloom-stand-in-'));
    const forgetBugListeners = rememberBugListeners();
    const fake = fakeElectron();
    const log = (line: string): void => console.error(line);
    const spawn = spawnFork({ entry: join(outFolder, 'main', 'engine.js'), log });
    const writerEntry = join(outFolder, 'main', 'store-writer.js');
    const openApp = makeOpenApp({ dataFolder, version: '0.0.0-test', spawn, writerEntry, log });
    startShell(fake.electron, { outFolder, dataFolder, openApp, log });
    fake.setReady();
    await vi.waitFor(() => expect(fake.windows).toHaveLength(1));

    const browser = await chromium.launch({
      executablePath: executablePath ?? '',
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
    });
    const complaints: string[] = [];
    try {
      const page = await browser.newPage();
      page.on('console', (message) => {
        if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
      });
      page.on('pageerror', (error) => complaints.push(String(error)));
      await openStandIn(page, fake);
      await page.getByRole('button', { name: 'Train', exact: true }).first().click();
      await page
        .getByText(/epoch [1-9]\d*\/300/)
        .first()
        .waitFor({ timeout: 30_000 });
    } finally {
      await browser.close();
    }
    fake.app.quit();
    await vi.waitFor(() => expect(fake.app.exitCode).toBe(0), 10_000);
    forgetBugListeners();
    expect(complaints).toStrictEqual([]);
  },
);

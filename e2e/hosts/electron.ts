/** The real Electron shell, where there is one. */
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { _electron, expect, type ElectronApplication } from '@playwright/test';
import { electronPath, whyNoWindow } from '../../src-main/electron-binary.mjs';
import type { TakeFile } from '../pages/window.ts';
import type { RunningApp } from './define.ts';

const root = join(import.meta.dirname, '..', '..');
const ENGINE = 'netloom-engine';

/** Why Electron cannot be had here, or ''. Looks for its program; loading the package would download it. */
export function whyNoElectron(): string {
  return electronPath().why || whyNoWindow({ env: { ...process.env, CI: undefined } });
}

/** The save dialog answers by itself: with a folder of the test. */
async function takeFilesFrom(app: ElectronApplication, folder: string): Promise<TakeFile> {
  mkdirSync(folder);
  await app.evaluate(({ dialog }, place) => {
    dialog.showSaveDialog = (...args: unknown[]) => {
      const { defaultPath = '' } = args.at(-1) as { defaultPath?: string };
      const name = defaultPath.split(/[/\\]/).at(-1) ?? '';
      return Promise.resolve({ canceled: false, filePath: `${place}/${name}` });
    };
  }, folder);
  return async (press) => {
    const before = new Set(readdirSync(folder));
    const made = () => readdirSync(folder).filter((name) => !before.has(name) && !name.endsWith('.netloom-tmp'));
    await press();
    await expect.poll(made).toHaveLength(1);
    const [name = ''] = made();
    const bytes = readFileSync(join(folder, name));
    return { name, text: bytes.toString('utf8'), bytes };
  };
}

export async function openElectron(home: string): Promise<RunningApp> {
  const env = Object.entries({ ...process.env, NETLOOM_HOME: home }).filter(([name]) => name !== 'CI');
  const app = await _electron.launch({
    args: [root, `--user-data-dir=${join(home, 'window')}`],
    chromiumSandbox: process.platform !== 'linux',
    env: Object.fromEntries(env.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))),
  });
  const page = await app.firstWindow();
  const folder = join(home, 'saved');
  return {
    page,
    takeFile: await takeFilesFrom(app, existsSync(folder) ? `${folder}-again` : folder),
    giveProject: async (file, press) => {
      await app.evaluate(({ dialog }, path) => {
        dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [path] });
      }, file);
      await press();
    },
    reopen: async () => {
      await page.reload();
    },
    openAnother: null,
    killEngine: () =>
      app.evaluate(({ app: shell }, name) => {
        const engine = shell.getAppMetrics().find((process) => process.name === name);
        if (engine !== undefined) process.kill(engine.pid, 'SIGKILL');
      }, ENGINE),
    kill: async () => {
      const gone = app.waitForEvent('close');
      app.process().kill('SIGKILL');
      await gone;
    },
    close: () => app.close(),
  };
}

/** Opens the app as a person would find it: a fresh data folder, one of the two hosts, and a page that must stay free of errors. */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, test as base, expect, type Page } from '@playwright/test';
import { electronPath, whyNoWindow } from '../src-main/electron-binary.mjs';
import { NetloomWindow } from './pages/window.ts';

export { expect };
export type HostKind = 'browser' | 'electron';

export const projectRoot = join(import.meta.dirname, '..');

interface OpenHost {
  readonly page: Page;
  close(): Promise<void>;
}

export interface AppUnderTest {
  readonly window: NetloomWindow;
  readonly page: Page;
  /** The NETLOOM_HOME of this test. */
  readonly home: string;
  /** Address to open a further window at; the Electron shell has none. */
  readonly address: string;
  /** Process of the browser host; 0 with Electron. */
  readonly hostPid: number;
}

interface Options {
  readonly host: HostKind;
  /** Console lines that this spec brings about on purpose. */
  readonly expectedConsole: RegExp | null;
}

/** The address that the browser host prints, with its token. */
async function addressOf(host: ChildProcess): Promise<string> {
  let printed = '';
  return new Promise((resolve, reject) => {
    const read = (data: Buffer) => {
      printed += data.toString();
      const address = /http:\/\/\S+/.exec(printed)?.[0];
      if (address !== undefined) resolve(address);
    };
    host.stdout?.on('data', read);
    host.stderr?.on('data', read);
    host.once('exit', (code) => reject(new Error(`the host ended with ${code}: ${printed}`)));
  });
}

async function stop(host: ChildProcess): Promise<void> {
  if (host.exitCode !== null) return;
  const gone = new Promise((resolve) => host.once('exit', resolve));
  host.kill('SIGTERM');
  await gone;
}

export function startBrowserHost(home: string): ChildProcess {
  return spawn(process.execPath, [join(projectRoot, 'out', 'main', 'serve.js')], {
    env: { ...process.env, NETLOOM_HOME: home },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** Runs the command line on the data folder of a test and gives what it prints to standard output. */
export function runCli(home: string, ...args: string[]): string {
  return execFileSync(process.execPath, [join(projectRoot, 'out', 'main', 'cli.js'), ...args], {
    encoding: 'utf8',
    env: { ...process.env, NETLOOM_HOME: home },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

async function openElectron(home: string): Promise<OpenHost> {
  const env = { ...process.env, NETLOOM_HOME: home } as Record<string, string>;
  const app = await _electron.launch({
    args: [projectRoot, `--user-data-dir=${join(home, 'window')}`],
    chromiumSandbox: process.platform !== 'linux',
    env,
  });
  return { page: await app.firstWindow(), close: () => app.close() };
}

/** Everything the page complains of: console errors and warnings, uncaught errors, policy violations. */
function watchConsole(page: Page): string[] {
  const lines: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) lines.push(`${message.type()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => lines.push(`uncaught: ${error.message}`));
  return lines;
}

export const test = base.extend<{ app: AppUnderTest } & Options>({
  host: ['browser', { option: true }],
  expectedConsole: [null, { option: true }],
  app: async ({ host, expectedConsole, page: tab }, use) => {
    const home = mkdtempSync(join(tmpdir(), 'netloom-e2e-'));
    if (host === 'electron') {
      const why = electronPath().why || whyNoWindow({ env: { ...process.env, CI: undefined } });
      base.skip(why !== '', `needs Electron's own binary: ${why}`);
    }
    const server = host === 'browser' ? startBrowserHost(home) : null;
    const address = server === null ? '' : await addressOf(server);
    const shell = server === null ? await openElectron(home) : null;
    const page = shell?.page ?? tab;
    const complaints = watchConsole(page);
    if (server !== null) await page.goto(address);
    const window = new NetloomWindow(page);
    await window.isReady();
    await use({ window, page, home, address: address.replace(/\?.*$/, ''), hostPid: server?.pid ?? 0 });
    await shell?.close();
    if (server !== null) {
      await page.close();
      await stop(server);
    }
    rmSync(home, { recursive: true, force: true });
    expect(complaints.filter((line) => !(expectedConsole?.test(line) ?? false))).toEqual([]);
  },
});

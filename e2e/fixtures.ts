/** Opens the app as a person would find it: a fresh data folder, one of the two hosts, and a page that must stay free of errors. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, expect, type Page } from '@playwright/test';
import { openBrowserHost } from './hosts/browser.ts';
import type { HostKind, RunningApp } from './hosts/define.ts';
import { openElectron, whyNoElectron } from './hosts/electron.ts';
import { NetloomWindow } from './pages/window.ts';

export { expect };
export type { HostKind };

export const projectRoot = join(import.meta.dirname, '..');

export interface AppUnderTest {
  readonly window: NetloomWindow;
  readonly page: Page;
  /** The NETLOOM_HOME of this test. */
  readonly home: string;
  /** The page goes away and comes back: nothing else ends. */
  reopen(): Promise<void>;
  /** Ends the process that trains, as kill -9 does. */
  killEngine(): Promise<void>;
  /** Ends the app as kill -9 does and starts it again on the same data folder; answers with its window. */
  killAndStartAgain(): Promise<NetloomWindow>;
}

interface Options {
  readonly host: HostKind;
  /** Console lines that this spec brings about on purpose. */
  readonly expectedConsole: RegExp | null;
}

interface Fixtures extends Options {
  readonly app: AppUnderTest;
  /** Opens a further tab on the same host. */
  readonly secondTab: () => Promise<NetloomWindow>;
  /** Everything that pages complained of. */
  readonly complaints: string[];
  readonly running: { now: RunningApp };
  readonly home: string;
}

/** Runs the command line on the data folder of a test and gives what it prints to standard output. */
export function runCli(home: string, ...args: string[]): string {
  return execFileSync(process.execPath, [join(projectRoot, 'out', 'main', 'cli.js'), ...args], {
    encoding: 'utf8',
    env: { ...process.env, NETLOOM_HOME: home },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** Console errors and warnings, uncaught errors, policy violations. */
function watchConsole(page: Page, lines: string[]): void {
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) lines.push(`${message.type()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => lines.push(`uncaught: ${error.message}`));
}

async function readyWindow({ page, takeFile, giveProject }: RunningApp): Promise<NetloomWindow> {
  const window = new NetloomWindow(page, takeFile, giveProject);
  await window.isReady();
  return window;
}

export const test = base.extend<Fixtures>({
  host: ['browser', { option: true }],
  expectedConsole: [null, { option: true }],
  complaints: async ({ expectedConsole }, use) => {
    const lines: string[] = [];
    await use(lines);
    expect(lines.filter((line) => !(expectedConsole?.test(line) ?? false))).toEqual([]);
  },
  // Playwright reads from the first argument which fixtures are wanted; this one needs none.
  // eslint-disable-next-line no-empty-pattern
  home: async ({}, use) => {
    const home = mkdtempSync(join(tmpdir(), 'netloom-e2e-'));
    await use(home);
    rmSync(home, { recursive: true, force: true });
  },
  running: async ({ host, home, complaints, page }, use) => {
    const why = host === 'electron' ? whyNoElectron() : '';
    base.skip(why !== '', `needs Electron's own program: ${why}`);
    if (host === 'browser') watchConsole(page, complaints);
    const running = { now: host === 'electron' ? await openElectron(home) : await openBrowserHost(home, page) };
    if (host === 'electron') watchConsole(running.now.page, complaints);
    await use(running);
    await running.now.close();
  },
  app: async ({ running, home, host, complaints, page }, use) => {
    const { now } = running;
    await use({
      window: await readyWindow(now),
      page: now.page,
      home,
      reopen: () => running.now.reopen(),
      killEngine: () => running.now.killEngine(),
      killAndStartAgain: async () => {
        await running.now.kill();
        running.now = host === 'electron' ? await openElectron(home) : await openBrowserHost(home, page);
        if (host === 'electron') watchConsole(running.now.page, complaints);
        return readyWindow(running.now);
      },
    });
  },
  secondTab: async ({ running, complaints }, use) => {
    const { openAnother } = running.now;
    base.skip(openAnother === null, 'Electron has one window');
    const pages: Page[] = [];
    await use(async () => {
      const another = await openAnother?.();
      if (another === undefined) throw new Error('this host has one window');
      pages.push(another);
      watchConsole(another, complaints);
      const window = new NetloomWindow(another, running.now.takeFile);
      await window.isConnected();
      return window;
    });
    for (const page of pages) await page.close();
  },
});

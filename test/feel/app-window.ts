/** The built app on a data folder of its own, in Chromium, with what the page tells of its frames and long tasks. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, CDPSession, Page } from '@playwright/test';
import { NetloomWindow } from '../../e2e/pages/window.ts';

const root = join(import.meta.dirname, '..', '..');

export interface AppWindow {
  readonly page: Page;
  readonly window: NetloomWindow;
  readonly cdp: CDPSession;
  readonly host: ChildProcess;
  /** From the start of the host to its address, then from the first request to a Train button that can be pressed. */
  readonly startMs: { readonly host: number; readonly page: number };
}

export interface Seen {
  /** Lengths of the tasks over 50 ms since `watch`. */
  readonly longTasks: readonly number[];
  /** Animation frames a second. */
  readonly framesPerSecond: number;
}

/** Runs in the page before anything else. Written for the page: no types of the app, no closures. */
function observe(): void {
  const seen = { tasks: [] as number[], frames: 0, since: 0, usable: 0 };
  Object.assign(globalThis, { feel: seen });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) seen.tasks.push(entry.duration);
  }).observe({ type: 'longtask' });
  const tick = (): void => {
    seen.frames++;
    const train = document.querySelector('[aria-label="Training"] button');
    if (seen.usable === 0 && train instanceof HTMLButtonElement && !train.disabled) seen.usable = performance.now();
    requestAnimationFrame(tick);
  };
  requestAnimationFrame(tick);
}

declare global {
  var feel: { tasks: number[]; frames: number; since: number; usable: number };
}

/** What the page sees of itself while `act` goes on. */
export async function watch(page: Page, act: () => Promise<void>): Promise<Seen> {
  await page.evaluate(() => Object.assign(globalThis.feel, { tasks: [], frames: 0, since: performance.now() }));
  await act();
  return page.evaluate(() => ({
    longTasks: globalThis.feel.tasks,
    framesPerSecond: (globalThis.feel.frames * 1000) / (performance.now() - globalThis.feel.since),
  }));
}

/**
 * From the press of a button to the first frame after an element shows up: its role or label, part of its text or label.
 * Timed in the page, so that what drives the browser is not in it.
 */
export async function pressToSight(
  page: Page,
  press: () => Promise<void>,
  sight: { readonly selector: string; readonly text: string },
): Promise<number> {
  const waiting = page.evaluate(
    ({ selector, text }) =>
      new Promise<number>((resolve) => {
        const isThere = (): boolean =>
          [...document.querySelectorAll(selector)].some((element) =>
            `${element.getAttribute('aria-label') ?? ''} ${element.textContent ?? ''}`.includes(text),
          );
        const waitFrom = (pressed: number): void => {
          const observer = new MutationObserver(() => {
            if (!isThere()) return;
            observer.disconnect();
            // The frame that shows it is painted before the next one begins.
            requestAnimationFrame(() => resolve(performance.now() - pressed));
          });
          observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
        };
        addEventListener('click', (event) => waitFrom(event.timeStamp), { capture: true, once: true });
      }),
    sight,
  );
  await press();
  return waiting;
}

async function addressOf(host: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let printed = '';
    const read = (data: Buffer): void => {
      printed += data.toString();
      const found = /http:\/\/\S+/.exec(printed)?.[0];
      if (found !== undefined) resolve(found);
    };
    host.stdout?.on('data', read);
    host.once('exit', (code) => reject(new Error(`the host ended with ${code}: ${printed}`)));
  });
}

export const newHome = (): string => mkdtempSync(join(tmpdir(), 'netloom-feel-'));

/** Opens the app, lets `use` do what it likes with it, and ends it. The folder is thrown away. */
export async function withApp<T>(browser: Browser, home: string, use: (app: AppWindow) => Promise<T>): Promise<T> {
  const started = performance.now();
  const host = spawn(process.execPath, [join(root, 'out', 'main', 'serve.js')], {
    env: { ...process.env, NETLOOM_HOME: home },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  try {
    const address = await addressOf(host);
    const hostMs = performance.now() - started;
    await page.addInitScript(observe);
    await page.goto(address);
    const window = new NetloomWindow(page);
    await window.isReady();
    const pageMs = await page.evaluate(() => globalThis.feel.usable);
    const cdp = await page.context().newCDPSession(page);
    return await use({ page, window, cdp, host, startMs: { host: hostMs, page: pageMs } });
  } finally {
    await page.close();
    const gone = host.exitCode === null ? once(host, 'exit') : Promise.resolve();
    host.kill('SIGTERM');
    await gone;
    rmSync(home, { recursive: true, force: true });
  }
}

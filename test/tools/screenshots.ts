/**
 * Takes the pictures: those of the README into public/screenshots, and with --all every view in both themes, at several
 * sizes and at 200 %, into test-results/views, to be looked at. Run after a build: npm run screenshots [-- --all [walk …]]
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from '@playwright/test';
import { NetloomWindow } from '../../e2e/pages/window.ts';
import { ensureChromium } from '../runner/chromium.mjs';
import * as states from './tour-states.ts';
import { data, graphs, kindsOfTask, lessons, lostEngine, mainViews, runs, surfaces, type Tour } from './tour.ts';

const root = join(import.meta.dirname, '..', '..');
const BROWSER_FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-sync'];
const SCHEMES = ['light', 'dark'] as const;
type Scheme = (typeof SCHEMES)[number];

interface Look {
  readonly scheme: Scheme;
  readonly viewport: { readonly width: number; readonly height: number };
  /** As a browser's zoom does: 2 for 200 %. */
  readonly zoom?: number;
}

async function addressOf(host: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    host.stdout?.on('data', (data: Buffer) => {
      const found = /http:\/\/\S+/.exec(data.toString())?.[0];
      if (found !== undefined) resolve(found);
    });
  });
}

type Walk = (tour: Tour) => Promise<void>;

/** Walks through an app that nobody has used before; `keep` is called in each view. */
async function walk(
  browser: Browser,
  asked: Look,
  keep: (view: string, page: Page) => Promise<void>,
  walks: readonly Walk[],
) {
  const home = mkdtempSync(join(tmpdir(), 'netloom-screens-'));
  const host = spawn(process.execPath, [join(root, 'out', 'main', 'serve.js')], {
    env: { ...process.env, NETLOOM_HOME: home },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const { scheme, viewport, zoom = 1 } = asked;
  const size = { width: viewport.width / zoom, height: viewport.height / zoom };
  // What is on its way from one colour to the next would be taken for a fault.
  const look = { viewport: size, deviceScaleFactor: zoom, colorScheme: scheme, reducedMotion: 'reduce' } as const;
  const context = await browser.newContext(look);
  const page = await context.newPage();
  await page.goto(await addressOf(host));
  const window = new NetloomWindow(page);
  await window.isReady();
  for (const one of walks) {
    await one({ window, page, home, hostPid: host.pid ?? 0, keep: (view, other = page) => keep(view, other) }).catch(
      (error: unknown) => {
        console.error(`${scheme} ${viewport.width}: ${one.name} ended early: ${String(error).split('\n')[0] ?? ''}`);
        process.exitCode = 1;
      },
    );
  }
  await context.close();
  if (host.exitCode === null && host.signalCode === null) {
    const gone = new Promise((resolve) => host.once('exit', resolve));
    host.kill('SIGTERM');
    await gone;
  }
  rmSync(home, { recursive: true, force: true });
}

const ALL_WALKS: readonly Walk[] = [mainViews, surfaces, runs, data, kindsOfTask, graphs, lessons, lostEngine];
/** In an app of their own, the last of them without a host. */
const STATES: readonly Walk[] = [
  states.gestures,
  states.inside,
  states.dialogs,
  states.dataInUse,
  states.annotations,
  states.otherGraphs,
  states.messages,
  states.divergence,
  states.elsewhere,
];
/** The sizes at which everything must be usable; what changes little with the size is taken once. */
const LOOKS: readonly { readonly look: Omit<Look, 'scheme'>; readonly walks: readonly Walk[] }[] = [
  { look: { viewport: { width: 1440, height: 900 } }, walks: ALL_WALKS },
  { look: { viewport: { width: 1440, height: 900 } }, walks: STATES },
  { look: { viewport: { width: 1024, height: 640 } }, walks: [mainViews, runs, graphs, lessons] },
  { look: { viewport: { width: 1024, height: 640 } }, walks: STATES },
  { look: { viewport: { width: 2560, height: 1440 } }, walks: [mainViews] },
  { look: { viewport: { width: 1440, height: 900 }, zoom: 2 }, walks: [mainViews, surfaces, lessons] },
];

/** @param only names of walks; none for all of them */
async function takeAll(browser: Browser, only: readonly string[]): Promise<void> {
  const folder = join(root, 'test-results', 'views');
  mkdirSync(folder, { recursive: true });
  for (const scheme of SCHEMES) {
    for (const { look, walks } of LOOKS) {
      const chosen = only.length === 0 ? walks : walks.filter(({ name: walk }) => only.includes(walk));
      if (chosen.length === 0) continue;
      const name = `${scheme}-${look.viewport.width}${look.zoom === undefined ? '' : `-zoom${look.zoom}`}`;
      const keep = async (view: string, page: Page): Promise<void> => {
        await page.screenshot({ path: join(folder, `${name}-${view}.png`) });
      };
      await walk(browser, { ...look, scheme }, keep, chosen);
    }
  }
  console.log(`pictures in ${folder}`);
}

const README_VIEWS: readonly { readonly view: string; readonly scheme: Scheme; readonly file: string }[] = [
  { view: 'trained', scheme: 'light', file: 'window-light.png' },
  { view: 'layer-selected', scheme: 'dark', file: 'window-dark.png' },
  { view: 'lesson-graph', scheme: 'light', file: 'lesson.png' },
];

async function takeForReadme(browser: Browser): Promise<void> {
  const folder = join(root, 'public', 'screenshots');
  mkdirSync(folder, { recursive: true });
  for (const scheme of SCHEMES) {
    const keep = async (view: string, page: Page): Promise<void> => {
      const wanted = README_VIEWS.find((picture) => picture.view === view && picture.scheme === scheme);
      if (wanted) await page.screenshot({ path: join(folder, wanted.file) });
    };
    await walk(browser, { scheme, viewport: { width: 1440, height: 900 } }, keep, [mainViews, lessons]);
  }
  console.log(`pictures in ${folder}`);
}

const { path, problem } = ensureChromium(process.env);
if (path === null) throw new Error(problem);
const browser = await chromium.launch({ executablePath: path, args: BROWSER_FLAGS });
try {
  const [mode, ...only] = process.argv.slice(2);
  await (mode === '--all' ? takeAll(browser, only) : takeForReadme(browser));
} finally {
  await browser.close();
}

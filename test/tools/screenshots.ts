/**
 * Takes the pictures: those of the README into public/screenshots, and with --all every view in both themes and three sizes
 * into test-results/views, to be looked at. Run after a build: npm run screenshots [-- --all]
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from '@playwright/test';
import { NetloomWindow } from '../../e2e/pages/window.ts';
import { ensureChromium } from '../runner/chromium.mjs';

const root = join(import.meta.dirname, '..', '..');
const BROWSER_FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-sync'];
const SIZES = [
  { width: 1024, height: 640 },
  { width: 1440, height: 900 },
  { width: 2560, height: 1440 },
] as const;
const SCHEMES = ['light', 'dark'] as const;
type Scheme = (typeof SCHEMES)[number];

interface Look {
  readonly scheme: Scheme;
  readonly viewport: { readonly width: number; readonly height: number };
}

async function addressOf(host: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    host.stdout?.on('data', (data: Buffer) => {
      const found = /http:\/\/\S+/.exec(data.toString())?.[0];
      if (found !== undefined) resolve(found);
    });
  });
}

/** A tour of an app that nobody has used before; `keep` is called in each view. */
async function tourOf(browser: Browser, look: Look, keep: (view: string, page: Page) => Promise<void>): Promise<void> {
  const home = mkdtempSync(join(tmpdir(), 'netloom-screens-'));
  const host = spawn(process.execPath, [join(root, 'out', 'main', 'serve.js')], {
    env: { ...process.env, NETLOOM_HOME: home },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const page = await browser.newPage({ viewport: look.viewport, colorScheme: look.scheme });
  await page.goto(await addressOf(host));
  await visit(page, (view) => keep(view, page));
  await page.close();
  const gone = new Promise((resolve) => host.once('exit', resolve));
  host.kill('SIGTERM');
  await gone;
  rmSync(home, { recursive: true, force: true });
}

async function visit(page: Page, keep: (view: string) => Promise<void>): Promise<void> {
  const window = new NetloomWindow(page);
  await window.isReady();
  await keep('start');
  await window.trainToTheEnd();
  await keep('trained');
  await window.select('h1');
  await keep('layer-selected');
  for (const panel of ['Data', 'Runs', 'Layers'] as const) {
    await window.showPanel(panel);
    await keep(`${panel.toLowerCase()}-panel`);
  }
  const plots = await page.getByRole('complementary', { name: 'Plots' }).getByRole('tab').allTextContents();
  for (const plot of plots) {
    await window.showPlot(plot);
    await keep(`plot-${plot.toLowerCase()}`);
  }
  await window.button('Command palette').click();
  await keep('command-palette');
  await page.keyboard.press('Escape');
}

async function takeAll(browser: Browser): Promise<void> {
  const folder = join(root, 'test-results', 'views');
  mkdirSync(folder, { recursive: true });
  for (const scheme of SCHEMES) {
    for (const viewport of SIZES) {
      await tourOf(browser, { scheme, viewport }, async (view, page) => {
        await page.screenshot({ path: join(folder, `${scheme}-${viewport.width}-${view}.png`) });
      });
    }
  }
  console.log(`pictures in ${folder}`);
}

const README_VIEWS: readonly { readonly view: string; readonly scheme: Scheme; readonly file: string }[] = [
  { view: 'trained', scheme: 'light', file: 'window-light.png' },
  { view: 'layer-selected', scheme: 'dark', file: 'window-dark.png' },
  { view: 'data-panel', scheme: 'light', file: 'data.png' },
];

async function takeForReadme(browser: Browser): Promise<void> {
  const folder = join(root, 'public', 'screenshots');
  mkdirSync(folder, { recursive: true });
  for (const scheme of SCHEMES) {
    await tourOf(browser, { scheme, viewport: { width: 1440, height: 900 } }, async (view, page) => {
      const wanted = README_VIEWS.find((picture) => picture.view === view && picture.scheme === scheme);
      if (wanted) await page.screenshot({ path: join(folder, wanted.file) });
    });
  }
  console.log(`pictures in ${folder}`);
}

const { path, problem } = ensureChromium(process.env);
if (path === null) throw new Error(problem);
const browser = await chromium.launch({ executablePath: path, args: BROWSER_FLAGS });
try {
  await (process.argv.includes('--all') ? takeAll(browser) : takeForReadme(browser));
} finally {
  await browser.close();
}

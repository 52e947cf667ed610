/**
 * Pause and Stop as a person sees them in Chromium: from the press to the frame that shows it. One JSON line for each network. Wants the
 * built app (npm run build); prints figures and asserts nothing:
 *   node test/bench/turns-page.ts [small|dense|cnn|rows …] [--times 4]
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium, type Browser } from '@playwright/test';
import { newHome, pressToSight, withApp } from '../feel/app-window.ts';
import { ensureChromium } from '../runner/chromium.mjs';
import { nets, type NetName } from './turn-nets.ts';

const DEFAULT_TIMES = 4;
/** Training before a press, so that looks and saved states are under way. */
const TRAIN_MS = 1500;
const REGION = '[aria-label="Training state"]';
/** "Paused after 12 epochs", "Training stopped after …", and not "Training, 10 percent". */
const AT_REST = ' after ';

const { positionals, values } = parseArgs({ allowPositionals: true, options: { times: { type: 'string' } } });
const times = Number(values.times ?? DEFAULT_TIMES);
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const round = (value: number) => Math.round(value * 10) / 10;

async function measure(browser: Browser, name: NetName): Promise<void> {
  const home = newHome();
  const file = join(home, `${name}.netloom.json`);
  writeFileSync(file, JSON.stringify({ ...nets[name].document, name }));
  await withApp(browser, home, async ({ page, window }) => {
    await window.openProject(file);
    const pauses: number[] = [];
    const stops: number[] = [];
    for (let i = 0; i < times; i++) {
      await window.button('Train').click();
      await window.button('Pause').waitFor();
      await sleep(TRAIN_MS);
      const pause = () => window.button('Pause').click();
      pauses.push(await pressToSight(page, pause, { selector: REGION, text: AT_REST }));
      await window.button('Train').click();
      await window.button('Pause').waitFor();
      await sleep(TRAIN_MS);
      await window.button('More ways to run').click();
      const stop = () => page.getByRole('menuitem', { name: 'Stop' }).click();
      stops.push(await pressToSight(page, stop, { selector: REGION, text: AT_REST }));
      await page.locator(REGION).filter({ hasText: 'stopped' }).waitFor();
    }
    console.log(JSON.stringify({ net: name, pause_ms: pauses.map(round), stop_ms: stops.map(round) }));
  });
}

const { path, problem } = ensureChromium(process.env);
if (path === null) throw new Error(problem);
const browser = await chromium.launch({ executablePath: path, args: ['--no-sandbox', '--disable-gpu'] });
try {
  const known = Object.keys(nets) as NetName[];
  for (const name of positionals.length === 0 ? known : known.filter((one) => positionals.includes(one))) {
    await measure(browser, name);
  }
} finally {
  await browser.close();
}

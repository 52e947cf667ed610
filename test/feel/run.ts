/**
 * Measures how the built app feels (design.md, "Feel") in Chromium and prints one line a row:
 *   npm run feel [-- first_point stop canvas boundary long_curve many_runs arrange wide_csv cycles] [--gpu] [--json FILE]
 * With --gpu Chromium may use a graphics card; without one its stand-in (SwiftShader) is slower than drawing without.
 * No test: figures depend on the machine, and are only worth something while nothing else runs on it.
 */
import { writeFileSync } from 'node:fs';
import { chromium, type Browser } from '@playwright/test';
import { ensureChromium } from '../runner/chromium.mjs';
import { cycles } from './cycles.ts';
import type { FeelRow } from './define.ts';
import { arrange, wideCsv } from './large.ts';
import { describeMachine, untilQuiet } from './machine.ts';
import { boundary, canvas, firstPoint, longCurve, manyStored, stopping } from './rows.ts';

const MEASURES: Readonly<Record<string, (browser: Browser) => Promise<FeelRow[]>>> = {
  first_point: firstPoint,
  stop: stopping,
  canvas,
  boundary,
  long_curve: longCurve,
  many_runs: manyStored,
  arrange,
  wide_csv: wideCsv,
  cycles,
};

const BROWSER_FLAGS = ['--no-sandbox', '--disable-background-networking', '--disable-sync'];

const args = process.argv.slice(2).filter((arg) => arg !== '--gpu');
const hasGpu = process.argv.includes('--gpu');
const at = args.indexOf('--json');
const json = at < 0 ? null : args.splice(at, 2)[1];
const unknown = args.find((name) => !(name in MEASURES));
if (unknown !== undefined) throw new Error(`unknown measure ${unknown}; there are ${Object.keys(MEASURES).join(', ')}`);
const names = args.length > 0 ? args : Object.keys(MEASURES);

const { path, problem } = ensureChromium(process.env);
if (path === null) throw new Error(problem);
const browser = await chromium.launch({
  executablePath: path,
  args: hasGpu ? BROWSER_FLAGS : [...BROWSER_FLAGS, '--disable-gpu'],
});
const machine = await describeMachine(browser);
const rows: FeelRow[] = [];
try {
  console.log(Object.values(machine).join(' · '));
  for (const name of names) {
    const idle = await untilQuiet();
    console.log(`${name}: the processors were ${(idle * 100).toFixed(0)} % idle before`);
    for (const row of (await MEASURES[name]?.(browser)) ?? []) {
      rows.push(row);
      const verdict = row.isHeld === null ? '    ' : row.isHeld ? 'held  ' : 'MISSED';
      console.log(`${verdict} ${row.moment.padEnd(56)} ${row.bar.padEnd(24)} ${row.figure}`);
    }
  }
} finally {
  await browser.close();
}
if (json) writeFileSync(json, `${JSON.stringify({ ...machine, rows }, null, 2)}\n`);
process.exitCode = rows.every(({ isHeld }) => isHeld !== false) ? 0 : 1;

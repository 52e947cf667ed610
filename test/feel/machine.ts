/** What is measured on, and whether anything else runs on it. */
import { readFileSync } from 'node:fs';
import { cpus, platform, release, type } from 'node:os';
import type { Browser } from '@playwright/test';

const SAMPLE_MS = 500;
const QUIET = 0.85;
const PATIENCE_MS = 60_000;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Idle and all time of the processors since the start, in ticks. */
function ticks(): { idle: number; all: number } {
  const all = cpus().map(({ times }) => times);
  const idle = all.reduce((sum, times) => sum + times.idle, 0);
  return { idle, all: all.reduce((sum, { user, nice, sys, irq }) => sum + user + nice + sys + irq, idle) };
}

/** Waits until the processors have little else to do, or patience ends; answers with the idle share of that moment. */
export async function untilQuiet(): Promise<number> {
  const end = performance.now() + PATIENCE_MS;
  for (;;) {
    const before = ticks();
    await pause(SAMPLE_MS);
    const after = ticks();
    const share = (after.idle - before.idle) / (after.all - before.all);
    if (share >= QUIET || performance.now() > end) return share;
  }
}

/** What draws: a graphics card, or a program that stands in for one. */
async function rendererOf(browser: Browser): Promise<string> {
  const page = await browser.newPage();
  const name = await page.evaluate(() => {
    const gl = document.createElement('canvas').getContext('webgl');
    const info = gl?.getExtension('WEBGL_debug_renderer_info');
    return gl && info ? String(gl.getParameter(info.UNMASKED_RENDERER_WEBGL)) : 'software, no WebGL';
  });
  await page.close();
  return name;
}

export async function describeMachine(browser: Browser): Promise<Readonly<Record<string, string>>> {
  return {
    date: new Date().toISOString().slice(0, 10),
    processor: `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}`,
    system: `${type()} ${release()}`,
    browser: `Chromium ${browser.version()}`,
    renderer: await rendererOf(browser),
  };
}

/** Resident memory of a process in megabytes; NaN where the system does not tell. */
export function residentMegabytes(pid: number): number {
  if (platform() !== 'linux') return NaN;
  const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kilobytes) / 1024;
}

/** The children of a process, of which the engine is one. */
export function childrenOf(pid: number): number[] {
  if (platform() !== 'linux') return [];
  const text = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
  return text === '' ? [] : text.split(' ').map(Number);
}

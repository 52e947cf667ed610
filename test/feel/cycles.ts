/** Train and reset again and again: nothing may grow in page, host or engine. */
import type { Browser, CDPSession } from '@playwright/test';
import { newHome, withApp, type AppWindow } from './app-window.ts';
import type { FeelRow } from './define.ts';
import { childrenOf, residentMegabytes } from './machine.ts';

/**
 * By then the list of runs is as long as it gets, and the engine has found its size: the memory of a run that is over is given
 * back when the collector next looks, which is after 60 to 100 MB of it (118 MB at first, 213 after 260 cycles, 220 after 440).
 */
const WARM_UP = 300;
const CYCLES = 100;

interface Left {
  readonly listeners: number;
  readonly nodes: number;
  readonly heapMegabytes: number;
  readonly hostMegabytes: number;
  readonly engineMegabytes: number;
}

async function metricsOf(cdp: CDPSession): Promise<ReadonlyMap<string, number>> {
  const { metrics } = await cdp.send('Performance.getMetrics');
  return new Map(metrics.map(({ name, value }) => [name, value]));
}

async function left({ cdp, host }: AppWindow): Promise<Left> {
  for (let i = 0; i < 3; i++) await cdp.send('HeapProfiler.collectGarbage');
  const metrics = await metricsOf(cdp);
  const pid = host.pid ?? 0;
  const [engine = 0] = childrenOf(pid);
  return {
    listeners: metrics.get('JSEventListeners') ?? NaN,
    nodes: metrics.get('Nodes') ?? NaN,
    heapMegabytes: (metrics.get('JSHeapUsedSize') ?? NaN) / 2 ** 20,
    hostMegabytes: residentMegabytes(pid),
    engineMegabytes: engine === 0 ? NaN : residentMegabytes(engine),
  };
}

async function cycle({ page, window }: AppWindow): Promise<void> {
  await window.button('Train').click();
  await page.getByRole('img', { name: /^Loss curve, epoch/ }).waitFor();
  await window.button('Reset').click();
  await page.getByText('No loss yet').waitFor();
  await window.isReady();
}

export async function cycles(browser: Browser): Promise<FeelRow[]> {
  return withApp(browser, newHome(), async (app) => {
    await app.cdp.send('Performance.enable');
    for (let i = 0; i < WARM_UP; i++) await cycle(app);
    const before = await left(app);
    for (let i = 0; i < CYCLES; i++) await cycle(app);
    const after = await left(app);
    const rowOf = (what: keyof Left, allowed: number, unit: string): FeelRow => ({
      moment: `100 × train and reset: ${WORDS[what]}`,
      bar: `grown by at most ${allowed}${unit}`,
      figure: `${before[what].toFixed(unit === '' ? 0 : 1)} → ${after[what].toFixed(unit === '' ? 0 : 1)}${unit}`,
      isHeld: Number.isNaN(after[what]) ? null : after[what] - before[what] <= allowed,
    });
    return [
      rowOf('listeners', 5, ''),
      rowOf('nodes', 50, ''),
      rowOf('heapMegabytes', 2, ' MB'),
      rowOf('hostMegabytes', 20, ' MB'),
      rowOf('engineMegabytes', 20, ' MB'),
    ];
  });
}

const WORDS: Readonly<Record<keyof Left, string>> = {
  listeners: 'listeners of the page',
  nodes: 'DOM nodes',
  heapMegabytes: 'heap of the page',
  hostMegabytes: 'memory of the host',
  engineMegabytes: 'memory of the engine',
};

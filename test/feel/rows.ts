/** The rows of the table of feel, one function each: it opens the app and uses it as a person would. */
import type { Browser, Page } from '@playwright/test';
import { newHome, pressToSight, watch, withApp } from './app-window.ts';
import { median, milliseconds, type FeelRow } from './define.ts';
import { largeProject, longProject, longRun, manyRuns, wideProject } from './seeded.ts';

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Train pressed → first point on the curve: the first run of a window, then later ones. */
export async function firstPoint(browser: Browser): Promise<FeelRow[]> {
  return withApp(browser, newHome(), async ({ page, window }) => {
    const sight = { selector: '[role="img"]', text: 'Loss curve, epoch' };
    const times: number[] = [];
    for (let i = 0; i < 6; i++) {
      times.push(await pressToSight(page, () => window.button('Train').click(), sight));
      await window.button('Reset').click();
      await window.isReady();
    }
    const [first = NaN, ...later] = times;
    const bar = '≤ 200 ms';
    return [
      { moment: 'Train → first point, first run of a window', bar, figure: milliseconds(first), isHeld: first <= 200 },
      row('Train → first point, later runs (median of 5)', later, 200),
    ];
  });
}

function row(moment: string, times: readonly number[], barMs: number): FeelRow {
  const worst = Math.max(...times);
  const figure = `${milliseconds(median(times))}, worst ${milliseconds(worst)}`;
  return { moment, bar: `≤ ${barMs} ms`, figure, isHeld: worst <= barMs };
}

/** Stop pressed → the window says so. */
export async function stopping(browser: Browser): Promise<FeelRow[]> {
  const home = newHome();
  const file = longProject(home);
  return withApp(browser, home, async ({ page, window }) => {
    await window.openProject(file);
    const times: Record<'stop' | 'pause', number[]> = { stop: [], pause: [] };
    const region = '[aria-label="Training state"]';
    for (let i = 0; i < 4; i++) {
      await window.button('Train').click();
      await page.getByRole('img', { name: /^Loss curve, epoch/ }).waitFor();
      times.pause.push(
        await pressToSight(page, () => window.button('Pause').click(), { selector: region, text: 'Paused' }),
      );
      await window.button('Train').click();
      await window.button('Pause').waitFor();
      await window.button('More ways to run').click();
      const item = page.getByRole('menuitem', { name: 'Stop' });
      times.stop.push(await pressToSight(page, () => item.click(), { selector: region, text: 'stopped' }));
      await window.isReady();
    }
    return [row('Stop', times.stop, 100), row('Pause', times.pause, 100)];
  });
}

/** Pan, zoom and drag on a canvas of 300 nodes. */
export async function canvas(browser: Browser): Promise<FeelRow[]> {
  const home = newHome();
  const file = largeProject(home, 300);
  return withApp(browser, home, async ({ page, window }) => {
    await window.openProject(file);
    await page.getByText('300 nodes').or(window.nodes().first()).first().waitFor();
    const box = await window.canvas().boundingBox();
    if (box === null) throw new Error('no canvas');
    const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    await page.mouse.move(middle.x, middle.y);
    await pause(1000);
    const zoom = (): Promise<void> => wheel(page, [-240, -240, -240, 240, 240, 240, -240, -240]);
    const move = async (from: { x: number; y: number }): Promise<void> => {
      await page.mouse.move(from.x, from.y);
      await page.mouse.down();
      for (let i = 0; i < 60; i++) {
        await page.mouse.move(from.x + 120 * Math.sin(i / 8), from.y + 80 * Math.sin(i / 5));
        await pause(16);
      }
      await page.mouse.up();
    };
    const corner = { x: box.x + 12, y: box.y + box.height - 140 };
    const rows = [canvasRow('zoom', await watch(page, zoom))];
    rows.push(canvasRow('pan', await watch(page, () => move(corner))));
    const card = await window.node('h150').boundingBox();
    if (card === null) throw new Error('no card');
    const handle = { x: card.x + card.width / 2, y: card.y + card.height / 2 };
    rows.push(canvasRow('drag of a node', await watch(page, () => move(handle))));
    return rows;
  });
}

function canvasRow(what: string, { longTasks, framesPerSecond }: Awaited<ReturnType<typeof watch>>): FeelRow {
  const longest = Math.max(0, ...longTasks);
  return {
    moment: `canvas of 300 nodes: ${what}`,
    bar: 'no task over 50 ms',
    figure: `${longTasks.length} long tasks${longest > 0 ? `, longest ${milliseconds(longest)}` : ''}; ${framesPerSecond.toFixed(0)} frames/s`,
    isHeld: longTasks.length === 0,
  };
}

async function wheel(page: Page, turns: readonly number[]): Promise<void> {
  for (const turn of turns) {
    for (let part = 0; part < 6; part++) {
      await page.mouse.wheel(0, turn / 6);
      await pause(16);
    }
  }
}

/** How often the boundary is drawn while a network trains, and what that costs the training. */
export async function boundary(browser: Browser): Promise<FeelRow[]> {
  const home = newHome();
  const file = wideProject(home);
  return withApp(browser, home, async ({ page, window }) => {
    await page.evaluate(countPictures);
    await window.openProject(file);
    await window.button('Train').click();
    await page.getByRole('img', { name: /^Loss curve, epoch/ }).waitFor();
    const second = page.getByRole('combobox', { name: 'Second plot' });
    const rates: Record<'boundary' | 'metrics', number[]> = { boundary: [], metrics: [] };
    const redraws: number[] = [];
    for (const plot of ['metrics', 'boundary', 'metrics', 'boundary', 'metrics', 'boundary'] as const) {
      await second.selectOption(plot);
      await pause(800);
      const [epoch, pictures, start] = [await window.epoch(), await picturesOf(page), performance.now()];
      await pause(3000);
      const seconds = (performance.now() - start) / 1000;
      rates[plot].push(((await window.epoch()) - epoch) / seconds);
      if (plot === 'boundary') redraws.push(((await picturesOf(page)) - pictures) / seconds);
    }
    const slower = 1 - median(rates.boundary) / median(rates.metrics);
    const drawn = median(redraws);
    return [
      {
        moment: 'boundary 100×100 redraw while training',
        bar: '≥ 30 a second',
        figure: `${drawn.toFixed(0)} a second`,
        isHeld: drawn >= 30,
      },
      {
        moment: 'training slowed by the boundary',
        bar: '≤ 10 %',
        figure: `${(slower * 100).toFixed(1)} % (${median(rates.boundary).toFixed(0)} against ${median(rates.metrics).toFixed(0)} epochs/s)`,
        isHeld: slower <= 0.1,
      },
    ];
  });
}

/** Runs in the page: every new shading of the boundary is put into a picture of 100×100 pixels. */
function countPictures(): void {
  const put = CanvasRenderingContext2D.prototype.putImageData;
  Object.assign(globalThis, { pictures: 0 });
  CanvasRenderingContext2D.prototype.putImageData = function (this: CanvasRenderingContext2D, image, ...place) {
    if (image.width === 100 && image.height === 100) globalThis.pictures++;
    return (put as (...args: unknown[]) => void).call(this, image, ...place);
  } as typeof put;
}
declare global {
  var pictures: number;
}
const picturesOf = (page: Page): Promise<number> => page.evaluate(() => globalThis.pictures);

/** A stored run of a million epochs: opened, and looked at closer. */
export async function longCurve(browser: Browser): Promise<FeelRow[]> {
  const EPOCHS = 1_000_000;
  const home = newHome();
  longRun(home, EPOCHS);
  return withApp(browser, home, async ({ page, window }) => {
    await window.showPanel('Runs');
    await page.getByRole('list', { name: 'Stored runs' }).getByRole('button').first().click();
    await pause(3000);
    const shown = { selector: '[role="img"]', text: 'Loss curve, epoch 1000000' };
    const opened = await pressToSight(page, () => window.button('Show in plots').click(), shown);
    const chart = page.getByRole('img', { name: /^Loss curve, epoch/ });
    const box = await chart.boundingBox();
    if (box === null) throw new Error('no curve');
    await page.mouse.move(box.x + box.width * 0.6, box.y + box.height / 2);
    const zoom = await watch(page, () => wheel(page, [-600, -600, -600, 600, 600, -600, -600]));
    const longest = Math.max(0, ...zoom.longTasks);
    return [
      {
        moment: 'curve of 1,000,000 epochs: Show in plots → drawn',
        bar: '≤ 100 ms',
        figure: milliseconds(opened),
        isHeld: opened <= 100,
      },
      {
        moment: 'curve of 1,000,000 epochs: zoom by the wheel',
        bar: 'no task over 50 ms',
        figure: `${zoom.longTasks.length} long tasks${longest > 0 ? `, longest ${milliseconds(longest)}` : ''}; ${zoom.framesPerSecond.toFixed(0)} frames/s`,
        isHeld: zoom.longTasks.length === 0,
      },
    ];
  });
}

/** From nothing to a Train button that can be pressed, with many runs in the store. */
export async function manyStored(browser: Browser): Promise<FeelRow[]> {
  const COUNT = 10_000;
  const home = newHome();
  manyRuns(home, COUNT);
  return withApp(browser, home, ({ startMs: { host, page } }) =>
    Promise.resolve([
      {
        moment: 'open on 10,000 stored runs → usable',
        bar: '≤ 1000 ms',
        figure: `${milliseconds(host + page)} (host ${milliseconds(host)}, page ${milliseconds(page)})`,
        isHeld: host + page <= 1000,
      },
    ]),
  );
}

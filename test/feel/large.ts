/** Moments with much in the window: a large graph arranged, a large file brought in, trained on, asked, saved. */
import { createWriteStream, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, type Browser } from '@playwright/test';
import { newHome, watch, withApp, type Seen } from './app-window.ts';
import { milliseconds, type FeelRow } from './define.ts';
import { largeProject } from './seeded.ts';

const TASK_MS = 50;
const settle = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Every layer of a large graph gets another place, and its old one again. */
export async function arrange(browser: Browser): Promise<FeelRow[]> {
  const home = newHome();
  const file = largeProject(home, 300);
  return withApp(browser, home, async ({ page, window }) => {
    await window.openProject(file);
    await window.nodes().first().waitFor();
    await settle(2000);
    const press = (keys: string) => async (): Promise<void> => {
      await page.keyboard.press(keys);
      await settle(1500);
    };
    const seen: Record<'arrange' | 'undo', Seen[]> = { arrange: [], undo: [] };
    for (let i = 0; i < 3; i++) {
      seen.arrange.push(await watch(page, press('Control+Shift+l')));
      seen.undo.push(await watch(page, press('Control+z')));
    }
    return [taskRow('300 nodes: Arrange layers', seen.arrange), taskRow('300 nodes: undo of it', seen.undo)];
  });
}

const ROWS = 100_000;
const COLUMNS = 50;

/** A file of many rows and columns, from the dialog to a saved project with a trained network. */
export async function wideCsv(browser: Browser): Promise<FeelRow[]> {
  const home = newHome();
  const file = join(home, 'wide.csv');
  await writeRows(file);
  const asked = join(home, 'asked.csv');
  writeFileSync(asked, [head(COLUMNS - 1), ...Array.from({ length: 1000 }, (_, i) => inputs(i))].join('\n'));
  return withApp(browser, home, async ({ page, window }) => {
    const row = async (what: string, act: () => Promise<void>): Promise<FeelRow> =>
      taskRow(`CSV of ${ROWS} × ${COLUMNS}: ${what}`, [await watch(page, act)]);
    const long = { timeout: 120_000 };
    const rows = [
      await row('brought in and read', async () => {
        await window.bringInCsv(file);
        await expect(window.button('Use these data')).toBeEnabled(long);
      }),
      await row('used, network fitted', async () => {
        await window.button('Use these data').click();
        await window.button('Fit network to data').click(long);
        await expect(page.getByText('No problems')).toBeVisible(long);
        await settle(1000);
      }),
      await row('trained for three seconds', async () => {
        await window.button('Train').click();
        await window.button('Pause').waitFor(long);
        await settle(3000);
        await window.button('Pause').click();
        await window.isReady();
      }),
      await row('an answer to a row', async () => {
        await window.showPlot('Predict');
        await page.getByRole('textbox', { name: 'c1', exact: true }).fill('0.25');
        await settle(1500);
      }),
      await row('answers to 1,000 rows', async () => {
        await page.getByRole('tabpanel', { name: 'Predict' }).getByRole('button', { name: 'CSV of many' }).click();
        const chooser = page.waitForEvent('filechooser');
        await window.button('Choose CSV file').click();
        await (await chooser).setFiles(asked);
        await expect(window.button('Save predictions')).toBeVisible(long);
        await settle(500);
      }),
      await row('saved as a file', async () => {
        const download = page.waitForEvent('download');
        await page.keyboard.press('Control+s');
        await (await download).path();
      }),
    ];
    return rows;
  });
}

/** Numbers that are the same every time; the last column is a class of the first two. */
function inputs(row: number): string {
  const value = (column: number): string => Math.sin(row * 1.7 + column * column * 0.3).toFixed(5);
  return Array.from({ length: COLUMNS - 1 }, (_, column) => value(column)).join(',');
}

const head = (count: number): string => Array.from({ length: count }, (_, i) => `c${i + 1}`).join(',');

async function writeRows(file: string): Promise<void> {
  const stream = createWriteStream(file);
  stream.write(`${head(COLUMNS - 1)},class\n`);
  for (let row = 0; row < ROWS; row++) {
    const cells = inputs(row);
    const [first, second] = cells.split(',', 2).map(Number);
    if (!stream.write(`${cells},${(first ?? 0) * (second ?? 0) > 0 ? 'yes' : 'no'}\n`)) await once(stream, 'drain');
  }
  stream.end();
  await once(stream, 'finish');
}

function taskRow(moment: string, seen: readonly Seen[]): FeelRow {
  const tasks = seen.flatMap(({ longTasks }) => longTasks);
  const longest = Math.max(0, ...tasks);
  const figure = `${tasks.length} long tasks${longest > 0 ? `, longest ${milliseconds(longest)}` : ''}`;
  return { moment, bar: `no task over ${TASK_MS} ms`, figure, isHeld: longest <= TASK_MS };
}

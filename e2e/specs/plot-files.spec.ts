/** Every plot is taken home as a picture, a drawing and numbers, and says as a table what the numbers say. */
import { expect, test } from '../fixtures.ts';
import type { Page } from '@playwright/test';
import type { NetloomWindow, TakenFile } from '../pages/window.ts';

/** Bitmaps are twice as fine as the drawing they are made of. */
const FINENESS = 2;

const dock = (page: Page) => page.getByRole('complementary', { name: 'Plots' });

async function plotNames(page: Page): Promise<string[]> {
  const names = await dock(page).getByRole('tab').allTextContents();
  return names.map((name) => name.trim());
}

async function take(window: NetloomWindow, kind: 'PNG' | 'SVG' | 'CSV'): Promise<TakenFile> {
  await dock(window.page).getByRole('button', { name: 'Save plot' }).first().click();
  const press = (): Promise<void> => window.page.getByRole('menuitem', { name: `Save as ${kind}` }).click();
  return window.textOfDownload(press);
}

/** What the browser finds in a drawing: its size, its words, and how many shapes it draws. */
const readSvg = (page: Page, text: string) =>
  page.evaluate((source) => {
    const document = new DOMParser().parseFromString(source, 'image/svg+xml');
    const root = document.documentElement;
    return {
      root: root.nodeName,
      isBroken: document.querySelector('parsererror') !== null,
      width: Number(root.getAttribute('width')),
      height: Number(root.getAttribute('height')),
      words: document.querySelectorAll('text').length,
      shapes: document.querySelectorAll('path, polyline, line, rect, circle, image').length,
    };
  }, text);

/** Size of a picture, and whether anything is drawn on its ground. */
const readPng = (page: Page, bytes: Uint8Array) =>
  page.evaluate(
    async (values) => {
      const image = await createImageBitmap(new Blob([new Uint8Array(values)], { type: 'image/png' }));
      const context = new OffscreenCanvas(image.width, image.height).getContext('2d');
      context?.drawImage(image, 0, 0);
      const pixels = context?.getImageData(0, 0, image.width, image.height).data ?? [];
      const colors = new Set<number>();
      for (let i = 0; i < pixels.length; i += 4) {
        colors.add(((pixels[i] ?? 0) << 16) | ((pixels[i + 1] ?? 0) << 8) | (pixels[i + 2] ?? 0));
      }
      return { width: image.width, height: image.height, colors: colors.size };
    },
    [...bytes],
  );

const lines = (csv: string): string[][] =>
  csv
    .replace(/\r\n$/, '')
    .split('\r\n')
    .map((line) => line.split(','));

/** The table view of the first plot, as text. */
async function tableView(page: Page): Promise<{ header: string[]; rows: string[][] }> {
  const toggle = dock(page).getByRole('button', { name: 'Show as table' }).first();
  await toggle.click();
  const table = dock(page).getByRole('tabpanel').getByRole('table').first();
  await expect(table).toBeVisible();
  const seen = await table.evaluate((element) => {
    const texts = (parent: Element) => [...parent.children].map((cell) => cell.textContent.trim());
    const [header, ...rows] = [...element.querySelectorAll('tr')].map(texts);
    return { header: header ?? [], rows };
  });
  await toggle.click();
  return seen;
}

/** Tables have six digits where files have all; a missing value is a dash there, and nothing here. */
function saysTheSame(cell: string, field: string): boolean {
  if (cell === field || (cell === '–' && field === '')) return true;
  const [shown, kept] = [Number(cell.replaceAll('−', '-')), Number(field)];
  return field !== '' && Math.abs(shown - kept) <= 1e-5 * Math.abs(kept);
}

async function checkPlot(window: NetloomWindow, name: string): Promise<void> {
  const { page } = window;
  await window.showPlot(name);
  await test.step(`${name}: numbers`, async () => {
    const { header, rows } = await tableView(page);
    const file = await take(window, 'CSV');
    const [first = [], ...rest] = lines(file.text);
    expect(file.name).toMatch(/\.csv$/);
    expect(first).toEqual(header);
    expect(rows.length).toBeGreaterThan(0);
    const shown = rest.slice(-rows.length); // the table has the newest rows of a long one
    const different = rows.filter((row, i) => !row.every((cell, j) => saysTheSame(cell, shown[i]?.[j] ?? '?')));
    expect(different, 'rows that the file has otherwise').toEqual([]);
  });
  if (name === 'Predict') {
    await dock(page).getByRole('button', { name: 'Save plot' }).first().click();
    await expect(page.getByRole('menuitem')).toHaveText(['Save as CSV']);
    await page.keyboard.press('Escape');
    return;
  }
  await test.step(`${name}: drawing and picture`, async () => {
    const svg = await readSvg(page, (await take(window, 'SVG')).text);
    expect(svg).toMatchObject({ root: 'svg', isBroken: false });
    expect(svg.words).toBeGreaterThan(1);
    expect(svg.shapes).toBeGreaterThan(1);
    const file = await take(window, 'PNG');
    expect(file.name).toMatch(/\.png$/);
    const png = await readPng(page, file.bytes);
    expect([png.width, png.height]).toEqual([svg.width * FINENESS, svg.height * FINENESS]);
    expect(png.colors).toBeGreaterThan(8);
  });
}

test('every plot of classes, as files and as a table', async ({ app }) => {
  test.slow(); // thirty files
  const { window, page } = app;
  await page.getByRole('tab', { name: 'Training', exact: true }).click();
  await window.fill('Epochs', '30');
  await window.trainToTheEnd();
  await window.fill('Epochs', '20');
  await window.trainToTheEnd();
  await window.showPanel('Runs');
  const boxes = page.getByRole('list', { name: 'Stored runs' }).getByRole('checkbox', { name: /^Compare/ });
  await expect(boxes).toHaveCount(2);
  for (const box of await boxes.all()) await box.check();
  await window.showPlot('Predict');
  await window.button('Keep answer').click();
  const names = await plotNames(page);
  expect(names.length).toBeGreaterThan(10);
  for (const name of names.filter((name) => name !== 'Fit')) await checkPlot(window, name);
});

test('plots of numbers to predict, as files and as a table', async ({ app }) => {
  const { window } = app;
  await window.chooseTemplate('Plane regression');
  await window.trainToTheEnd();
  for (const name of ['Boundary', 'Fit']) await checkPlot(window, name);
});

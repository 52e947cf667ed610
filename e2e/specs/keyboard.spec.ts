/** The main job without a mouse: XOR is built, trained and exported from the keyboard alone. */
import type { Locator, Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';

/** No way through the window is longer. */
const MOST_TABS = 120;

/** Presses Tab (or Shift+Tab) until the control has the focus, as a person without a mouse does. */
async function tabTo(page: Page, target: Locator, key = 'Tab'): Promise<void> {
  for (let presses = 0; presses < MOST_TABS; presses++) {
    if (await target.evaluate((element) => element === document.activeElement, undefined, { timeout: 3_000 })) return;
    await page.keyboard.press(key);
  }
  throw new Error(`${MOST_TABS} presses of ${key} do not reach ${target.toString()}`);
}

async function command(page: Page, words: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('combobox', { name: 'Search commands' })).toBeFocused();
  await page.keyboard.type(words);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toHaveCount(0);
}

async function type(page: Page, text: string): Promise<void> {
  await page.keyboard.press('Control+a');
  await page.keyboard.type(text);
  await page.keyboard.press('Enter');
}

test('XOR is built, trained and exported by keyboard', async ({ app }) => {
  const { window, page } = app;
  const inspector = page.getByRole('complementary', { name: 'Inspector' });

  await test.step('choose the data', async () => {
    await command(page, 'new empty');
    await expect(window.nodes()).toHaveCount(2);
    await command(page, 'data panel');
    const generator = page.getByRole('combobox', { name: 'Data set' });
    await tabTo(page, generator);
    await page.keyboard.type('xor');
    await expect(generator).toHaveValue('xor');
  });

  await test.step('append two dense layers and set them up', async () => {
    await command(page, 'layers panel');
    const search = page.getByRole('searchbox', { name: 'Search layers' });
    for (const [id, units, activation] of [
      ['dense_1', '8', 'Tanh'],
      ['dense_2', '1', 'Sigmoid'],
    ] as const) {
      await tabTo(page, search, 'Shift+Tab');
      await type(page, 'dense');
      await expect(window.node(id)).toHaveCount(1);
      await tabTo(page, window.node(id));
      await page.keyboard.press('Enter');
      await tabTo(page, inspector.getByRole('textbox', { name: 'Units' }));
      await type(page, units);
      await tabTo(page, inspector.getByRole('combobox', { name: 'Activation', exact: true }));
      await page.keyboard.type(activation);
      await expect(window.node(id)).toHaveAccessibleName(new RegExp(`${units} · ${activation}`, 'i'));
    }
  });

  await test.step('wire them', async () => {
    const [input, first, second] = ['in', 'dense_1', 'dense_2'].map((id) => window.node(id));
    if (!input || !first || !second) throw new Error('three cards');
    await tabTo(page, input, 'Shift+Tab');
    await page.keyboard.press('c');
    await tabTo(page, first);
    await page.keyboard.press('Enter');
    await expect(window.wire('in', 'dense_1')).toHaveCount(1);
    await expect(page.getByText('No problems')).toBeVisible();
  });

  await test.step('a layer moves with the arrows, and undo puts it back', async () => {
    const card = window.node('dense_1');
    await tabTo(page, card);
    const before = await window.placeOf('dense_1');
    await page.keyboard.press('ArrowDown');
    await expect.poll(async () => (await window.placeOf('dense_1')).y).toBeGreaterThan(before.y);
    await page.keyboard.press('Control+z');
    await expect.poll(async () => (await window.placeOf('dense_1')).y).toBe(before.y);
  });

  await test.step('train', async () => {
    await page.keyboard.press('Control+Enter');
    await expect(window.trainingState()).toContainText(/finished|stopped/i, { timeout: 60_000 });
  });

  await test.step('export the weights', async () => {
    const { name, text } = await window.textOfDownload(() => command(page, 'export weights'));
    expect(name).toBe('untitled-weights.json');
    expect(text).toContain('"dense_1.weight"');
  });
});

test('the command palette adds layers and shows plots too', async ({ app }) => {
  const { window, page } = app;
  await window.node('h1').click();
  await command(page, 'add dropout');
  await expect(window.wire('h1', 'dropout_1')).toHaveCount(1);
  await expect(window.wire('dropout_1', 'h2')).toHaveCount(1);
  await command(page, 'show confusion');
  await expect(page.getByRole('tab', { name: 'Confusion', selected: true })).toBeVisible();
  const scheme = () => page.evaluate(() => document.documentElement.dataset['theme']);
  const before = await scheme();
  await command(page, 'theme');
  await expect.poll(scheme).not.toBe(before);
});

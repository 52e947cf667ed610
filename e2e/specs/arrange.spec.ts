/** Finding, aligning, exchanging and carrying layers over to another window. */
import { expect, test } from '../fixtures.ts';

test('a layer is found by its name and its type can be changed without touching the wires', async ({ app }) => {
  const { window, page } = app;
  await page.keyboard.press('Control+f');
  await page.getByRole('combobox', { name: 'Search the canvas' }).fill('h2');
  await page.keyboard.press('Enter');
  await expect(window.node('h2')).toBeFocused();
  await window.choose('Type', 'Dropout');
  await expect(window.node('h2')).toHaveAccessibleName(/^Dropout h2/);
  await expect(window.wire('h1', 'h2')).toHaveCount(1);
  await expect(window.wire('h2', 'out')).toHaveCount(1);
  await window.button('Undo').click();
  await expect(window.node('h2')).toHaveAccessibleName(/^Dense h2, 16/);
});

test('all layers in line with the topmost, in one step back', async ({ app }) => {
  const { window, page } = app;
  await window.node('h1').focus();
  for (let i = 0; i < 6; i++) await page.keyboard.press('Shift+ArrowDown');
  const apart = (await window.placeOf('h1')).y - (await window.placeOf('h2')).y;
  expect(apart).toBeGreaterThan(20);
  await page.keyboard.press('Control+a');
  await page.getByRole('tab', { name: 'Layer' }).click();
  await window.button('Align top').click();
  await expect
    .poll(async () => Math.abs((await window.placeOf('h1')).y - (await window.placeOf('h2')).y))
    .toBeLessThan(1);
  await window.button('Undo').click();
  await expect.poll(async () => (await window.placeOf('h1')).y - (await window.placeOf('h2')).y).toBeGreaterThan(20);
});

test('copied layers can be pasted into another project', async ({ app }) => {
  const { window, page } = app;
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await window.node('h1').focus();
  await page.keyboard.press('Control+c');
  const text = await page.evaluate(() => navigator.clipboard.readText());
  expect(JSON.parse(text)).toMatchObject({ kind: 'netloom/layers', nodes: [{ id: 'h1', type: 'dense' }] });
  await window.chooseProjectCommand('New empty project');
  await expect(window.nodes()).toHaveCount(2);
  await page.keyboard.press('Control+v');
  await expect(window.node('h1')).toHaveAccessibleName(/^Dense h1, 16 · tanh/);
});

test('Arrange tidies the whole graph, or what is selected, in one step back', async ({ app }) => {
  const { window, page } = app;
  const level = async (a: string, b: string) => (await window.placeOf(a)).y - (await window.placeOf(b)).y;
  await window.node('h1').focus();
  for (let i = 0; i < 6; i++) await page.keyboard.press('Shift+ArrowDown');
  expect(await level('h1', 'h2')).toBeGreaterThan(20);
  await window.button('Arrange layers').click();
  await expect.poll(async () => Math.abs(await level('h1', 'h2'))).toBeLessThan(1);
  await window.button('Undo').click();
  await expect.poll(() => level('h1', 'h2')).toBeGreaterThan(20);

  await test.step('of a selection, only that moves', async () => {
    await window.node('out').focus();
    for (let i = 0; i < 6; i++) await page.keyboard.press('Shift+ArrowUp');
    await window.node('h1').click();
    await window.node('h2').click({ modifiers: ['Control'] });
    const before = await level('out', 'in');
    await page.keyboard.press('Control+Shift+l');
    await expect.poll(async () => Math.abs(await level('h1', 'h2'))).toBeLessThan(1);
    expect(await level('out', 'in')).toBeCloseTo(before, 0);
  });
});

test('several layers move together, and back together', async ({ app }) => {
  const { window, page } = app;
  await window.node('h1').click();
  await window.node('h2').click({ modifiers: ['Control'] });
  const [h1, h2, out] = [await window.placeOf('h1'), await window.placeOf('h2'), await window.placeOf('out')];
  await page.mouse.move(h1.x, h1.y);
  await page.mouse.down();
  await page.mouse.move(h1.x + 10, h1.y + 60, { steps: 5 });
  await page.mouse.move(h1.x + 10, h1.y + 120, { steps: 5 });
  await page.mouse.up();
  const moved = async (id: string, from: { y: number }) => Math.round((await window.placeOf(id)).y - from.y);
  await expect.poll(() => moved('h1', h1)).toBeGreaterThan(100);
  expect(await moved('h2', h2)).toBe(await moved('h1', h1));
  expect(await moved('out', out)).toBe(0);
  await window.button('Undo').click();
  await expect.poll(async () => [await moved('h1', h1), await moved('h2', h2)]).toEqual([0, 0]);
});

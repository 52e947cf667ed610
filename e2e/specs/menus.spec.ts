/** Context menus of the canvas, with the mouse and with the keyboard's menu key. */
import { expect, test } from '../fixtures.ts';

test('a right click on a layer offers what can be done with it, and does it', async ({ app }) => {
  const { window, page } = app;
  await window.node('h1').click({ button: 'right' });
  const menu = page.getByRole('menu', { name: 'Layer' });
  await expect(menu.getByRole('menuitem')).toContainText(['Layer settings', 'Insert a layer after…', 'Delete']);
  await menu.getByRole('menuitem', { name: 'Insert a layer before…' }).click();
  await page.getByRole('combobox', { name: 'Search layers' }).fill('drop');
  await page.keyboard.press('Enter');
  await expect(window.wire('in', 'dropout_1')).toHaveCount(1);
  await expect(window.wire('dropout_1', 'h1')).toHaveCount(1);

  await window.node('dropout_1').click({ button: 'right' });
  await menu.getByRole('menuitem', { name: 'Replace with another layer…' }).click();
  await page.getByRole('combobox', { name: 'Search layers' }).fill('dense');
  await page.keyboard.press('Enter');
  await expect(window.node('dropout_1')).toHaveAccessibleName(/^Dense dropout_1/);

  await window.node('dropout_1').click({ button: 'right' });
  await menu.getByRole('menuitem', { name: 'Delete' }).click();
  await expect(window.wire('in', 'h1')).toHaveCount(1);
  await expect(menu).toHaveCount(0);
});

test('a wire, several layers and the canvas have menus of their own', async ({ app }) => {
  const { window, page } = app;
  const wire = await window.wire('h1', 'h2').boundingBox();
  if (wire === null) throw new Error('no wire');
  await page.mouse.click(wire.x + wire.width / 2, wire.y + wire.height / 2, { button: 'right' });
  await page.getByRole('menu', { name: 'Wire' }).getByRole('menuitem', { name: 'Delete' }).click();
  await expect(window.wire('h1', 'h2')).toHaveCount(0);
  await window.button('Undo').click();

  await page.keyboard.press('Control+a');
  await window.node('h2').click({ button: 'right' });
  await expect(page.getByRole('menu', { name: 'Selected layers' })).toContainText('Align top');
  await page.keyboard.press('Escape');

  const canvas = await window.canvas().boundingBox();
  if (canvas === null) throw new Error('no canvas');
  const place = { x: canvas.x + canvas.width * 0.4, y: canvas.y + canvas.height * 0.25 };
  await page.mouse.click(place.x, place.y, { button: 'right' });
  await page.getByRole('menu', { name: 'Canvas' }).getByRole('menuitem', { name: 'Add a layer…' }).click();
  await page.keyboard.type('add');
  await page.keyboard.press('Enter');
  await expect.poll(async () => (await window.node('add_1').boundingBox())?.x).toBeCloseTo(place.x, 0);
  expect((await window.node('add_1').boundingBox())?.y).toBeCloseTo(place.y, 0);
});

test('by keyboard the menu opens on what has the focus, and gives it back', async ({ app }) => {
  const { window, page } = app;
  const menu = page.getByRole('menu', { name: 'Layer' });
  for (const key of ['Shift+F10', 'ContextMenu']) {
    await window.node('h2').focus();
    await page.keyboard.press(key);
    await expect(menu.getByRole('menuitem', { name: 'Layer settings' })).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(window.node('h2')).toBeFocused();
  }
  await page.keyboard.press('Shift+F10');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('textbox', { name: 'Name' })).toBeFocused();

  await test.step('it is seen even where the layer is not', async () => {
    await page.setViewportSize({ width: 640, height: 400 });
    await window.button('Zoom in').click();
    await window.button('Zoom in').click();
    await window.node('y').evaluate((card: HTMLElement) => card.focus({ preventScroll: true }));
    await page.keyboard.press('Shift+F10');
    await expect(menu.getByRole('menuitem', { name: 'Layer settings' })).toBeInViewport();
    await expect(window.button('Train')).toBeInViewport();
    await page.keyboard.press('Escape');
    await page.setViewportSize({ width: 1440, height: 900 });
    await window.button('Zoom to fit').click();
  });

  await test.step('a wire is drawn from the menu and ended with a click', async () => {
    await window.dragLayer('Add', { x: 0.5, y: 0.2 });
    await window.node('h1').focus();
    await page.keyboard.press('Shift+F10');
    await page.keyboard.type('draw');
    await page.keyboard.press('Enter');
    await window.node('add_1').click();
    await expect(window.wire('h1', 'add_1')).toHaveCount(1);
  });
});

test('what the menu copies reaches other windows', async ({ app }) => {
  const { window, page } = app;
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await window.node('h2').click({ button: 'right' });
  await page.getByRole('menu', { name: 'Layer' }).getByRole('menuitem', { name: 'Copy' }).click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain('"id":"h2"');
});

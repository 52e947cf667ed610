/** Editing the graph: a wire takes a layer in, deleting heals, undo and redo step through gestures. */
import { expect, test } from '../fixtures.ts';

test('a layer dropped on a wire is inserted, and undo takes it out again', async ({ app }) => {
  const { window, page } = app;
  await window.dragLayerOnto('Dense', window.wireLabel('h1', 'h2'));
  await expect(window.nodes()).toHaveCount(6);
  await expect(window.wire('h1', 'dense_1')).toHaveCount(1);
  await expect(window.wire('dense_1', 'h2')).toHaveCount(1);
  await expect(window.wire('h1', 'h2')).toHaveCount(0);
  await expect(page.getByText('No problems')).toBeVisible();

  await window.button('Undo').click();
  await expect(window.nodes()).toHaveCount(5);
  await expect(window.wire('h1', 'h2')).toHaveCount(1);

  await window.button('Redo').click();
  await expect(window.wire('dense_1', 'h2')).toHaveCount(1);
});

test('deleting a layer heals the wire', async ({ app }) => {
  const { window, page } = app;
  await window.node('h2').click();
  await page.keyboard.press('Delete');
  await expect(window.nodes()).toHaveCount(4);
  await expect(window.wire('h1', 'out')).toHaveCount(1);
  await expect(window.node('out')).toHaveAccessibleName(/output \[N, 1\]/);
});

test('a layer held over a card says where it would go, and goes there', async ({ app }) => {
  const { window, page } = app;
  const button = page
    .getByRole('complementary', { name: 'layers panel' })
    .getByRole('button', { name: 'Dropout', exact: true });
  const card = await window.node('h2').boundingBox();
  if (card === null) throw new Error('no card');
  const middle = card.y + card.height / 2;
  await button.hover();
  await page.mouse.down();
  await page.mouse.move(card.x + card.width * 0.8, middle, { steps: 6 });
  await expect(page.getByText('Insert Dropout after h2')).toBeVisible();
  await page.mouse.move(card.x + card.width * 0.2, middle, { steps: 4 });
  await expect(page.getByText('Insert Dropout before h2')).toBeVisible();
  await page.mouse.up();
  await expect(window.wire('h1', 'dropout_1')).toHaveCount(1);
  await expect(window.wire('dropout_1', 'h2')).toHaveCount(1);
  await expect(page.getByText(/^Insert Dropout/)).toHaveCount(0);
});

test('while a wire is pulled, cards that take it glow and the others say why not', async ({ app }) => {
  const { window, page } = app;
  await window.dragLayer('Add', { x: 0.5, y: 0.2 });
  const handle = await page.getByRole('button', { name: 'Output of h1', exact: true }).boundingBox();
  const refused = await window.node('h2').boundingBox();
  if (handle === null || refused === null) throw new Error('not on screen');
  await page.mouse.move(handle.x + handle.width / 2, handle.y + handle.height / 2);
  await page.mouse.down();
  await page.mouse.move(refused.x + 2, refused.y + refused.height / 2, { steps: 8 });
  await expect(page.getByText('h2 takes one input and has h1 already: delete that wire first.')).toBeVisible();
  const card = (id: string) => window.node(id).locator('.card');
  await expect(card('add_1')).toHaveClass(/takes-wire/);
  // Svelte Flow takes whatever has these classes for an end of wires.
  await expect(page.locator('.svelte-flow__node :is(.source, .target):not(.svelte-flow__handle)')).toHaveCount(0);
  await expect(card('add_1')).toHaveCSS('box-shadow', / 3px$/); // although its missing wires are an error
  await expect(card('h2')).toHaveClass(/takes-none/);
  await page.keyboard.press('Escape');
  await page.mouse.up();

  await test.step('by keyboard alike', async () => {
    await window.node('h1').focus();
    await page.keyboard.press('c');
    await expect(card('add_1')).toHaveClass(/takes-wire/);
    await window.node('add_1').focus();
    await page.keyboard.press('Enter');
    await expect(window.wire('h1', 'add_1')).toHaveCount(1);
    await expect(card('h2')).not.toHaveClass(/takes-none/);
  });
});

test('moving a layer is one step back', async ({ app }) => {
  const { window, page } = app;
  const before = await window.placeOf('h1');
  await page.mouse.move(before.x, before.y);
  await page.mouse.down();
  await page.mouse.move(before.x + 20, before.y + 60, { steps: 5 });
  await page.mouse.move(before.x + 40, before.y + 120, { steps: 5 });
  await page.mouse.up();
  await expect.poll(async () => Math.round((await window.placeOf('h1')).y - before.y)).toBeGreaterThan(100);
  await window.button('Undo').click();
  await expect.poll(async () => Math.round((await window.placeOf('h1')).y - before.y)).toBe(0);
  await expect(window.button('Undo')).toBeDisabled();
});

test('a wrong number is explained beside its field and changes nothing', async ({ app }) => {
  const { window, page } = app;
  await window.select('h1');
  await window.fill('Units', '0');
  await expect(page.getByRole('complementary', { name: 'Inspector' })).toContainText(/whole number from 1/);
  await expect(page.getByRole('textbox', { name: 'Units' })).toHaveAttribute('aria-invalid', 'true');
});

test('Escape gives a drag and a pulled wire up, as if they had never been', async ({ app }) => {
  const { window, page } = app;
  const before = await window.placeOf('h1');
  await page.mouse.move(before.x, before.y);
  await page.mouse.down();
  await page.mouse.move(before.x + 20, before.y + 120, { steps: 8 });
  expect((await window.placeOf('h1')).y).toBeGreaterThan(before.y + 60);
  await page.keyboard.press('Escape');
  await expect.poll(() => window.placeOf('h1')).toEqual(before);
  await page.mouse.move(before.x + 60, before.y + 160, { steps: 3 });
  await page.mouse.up();
  expect(await window.placeOf('h1')).toEqual(before);
  await expect(window.button('Undo')).toBeDisabled();

  await window.dragLayer('Add', { x: 0.5, y: 0.2 });
  const handle = await page.getByRole('button', { name: 'Output of h1', exact: true }).boundingBox();
  const input = await page.getByRole('button', { name: 'Input of add_1', exact: true }).boundingBox();
  if (handle === null || input === null) throw new Error('not on screen');
  await page.mouse.move(handle.x + handle.width / 2, handle.y + handle.height / 2);
  await page.mouse.down();
  await page.mouse.move(input.x + input.width / 2, input.y + input.height / 2, { steps: 8 });
  const hint = page.getByRole('paragraph').filter({ hasText: 'Connect h1 to add_1' });
  await expect(hint).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(hint).toHaveCount(0);
  await page.mouse.up();
  await expect(window.wire('h1', 'add_1')).toHaveCount(0);
});

test('layers chosen with a box show what can be done with them, and one of them can be pressed', async ({ app }) => {
  const { window, page } = app;
  const [first, last] = [await window.node('h1').boundingBox(), await window.node('h2').boundingBox()];
  if (first === null || last === null) throw new Error('no cards');
  await page.keyboard.down('Shift');
  await page.mouse.move(first.x - 10, first.y - 30);
  await page.mouse.down();
  await page.mouse.move(last.x + last.width + 5, last.y + last.height + 30, { steps: 8 });
  await page.mouse.up();
  await page.keyboard.up('Shift');
  await expect(page.getByText('2 layers selected')).toBeVisible();
  await window.node('h2').click();
  await expect(page.getByRole('textbox', { name: 'Name' })).toHaveValue('h2');
});

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

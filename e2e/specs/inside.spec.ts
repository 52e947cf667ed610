/** The inside of the network while it learns: pictures on cards, weights behind wires. */
import { expect, test } from '../fixtures.ts';

test('cards show what their units answer, wires show their weights', async ({ app }) => {
  const { window, page } = app;
  const maps = window.node('h1').getByRole('img', { name: 'Outputs of the first 8 of 16 units over the two inputs' });
  await expect(maps).toHaveCount(0);
  await window.button('Step').click();
  await expect(maps).toBeVisible();

  await test.step('the weights that a wire is multiplied with, cell by cell', async () => {
    await window.wire('in', 'h1').click();
    const inspector = page.getByRole('complementary', { name: 'Inspector' });
    await expect(inspector).toContainText('as they stand at step 1.');
    await window.button('Show weights in full').click();
    const dialog = page.getByRole('dialog', { name: 'Weights of h1, step 1' });
    await dialog.getByRole('application', { name: /^h1\.weight: 16 × 2 numbers/ }).focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowDown');
    await expect(dialog.getByRole('status')).toHaveText(/^h1 2 ← x2: -?\d/);
    await page.keyboard.press('Escape');
  });

  await test.step('one unit is looked at: its picture, large, and its strongest weights by name', async () => {
    await maps.hover({ position: { x: 2, y: 2 } });
    const unit = window.node('h1').getByRole('tooltip');
    await expect(unit).toContainText(/h1 unit 1.*x[12].*bias/);
    const drawn = unit.locator('canvas').evaluate((canvas: HTMLCanvasElement) => {
      const pixels = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
      return new Set(pixels).size;
    });
    expect(await drawn).toBeGreaterThan(8);
    await page.mouse.move(0, 0);
  });

  await test.step('all units are looked through: each has its picture and its weights, by pointer and by key', async () => {
    await window.button('+8: show all 16 units of h1').click();
    const sheet = page.getByRole('dialog', { name: 'Units of h1, step 1' });
    await expect(sheet.getByRole('radio', { name: /^Unit \d+$/ })).toHaveCount(16);
    await sheet.getByRole('radio', { name: 'Unit 16', exact: true }).hover();
    await expect(sheet).toContainText(/h1 unit 16.*x[12].*bias/);
    await sheet.getByRole('radio', { name: 'Unit 1', exact: true }).focus();
    await page.keyboard.press('ArrowRight');
    await page.mouse.move(0, 0);
    await expect(sheet).toContainText(/h1 unit 2.*x[12].*bias/);
    await page.keyboard.press('Escape');
    await expect(sheet).toHaveCount(0);
    await expect(page.getByRole('tab', { name: 'Layer' })).toHaveAttribute('aria-selected', 'true');
  });

  await test.step('they move with training, and pictures of an older network are not shown', async () => {
    const before = await maps.screenshot();
    await window.trainToTheEnd();
    await expect.poll(async () => (await maps.screenshot()).equals(before)).toBe(false);
    await window.select('h2');
    await window.fill('Units', '12');
    await expect(maps).toHaveCount(0);
  });
});

test('behind an open dialog nothing is edited, but the run can be driven', async ({ app }) => {
  const { window, page } = app;
  await window.button('Step').click();
  await window.select('h2');
  await window.button('+8: show all 16 units of h1').click();
  await expect(page.getByRole('dialog', { name: 'Units of h1, step 1' })).toBeVisible();
  await page.keyboard.press('Delete');
  await page.keyboard.press('Control+Enter'); // Train
  const sheet = page.getByRole('dialog', { name: /^Units of h1, step \d{2,}$/ });
  await expect(sheet).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(sheet).toHaveCount(0);
  await expect(window.node('h2')).toBeVisible();
});

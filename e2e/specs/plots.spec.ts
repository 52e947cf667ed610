/** The first minute and the plots: what moves by itself, what is remembered, what is never out of date unsaid. */
import { expect, test } from '../fixtures.ts';

test('Train makes the loss fall and the boundary bend, with nothing else pressed', async ({ app }) => {
  const { window, page } = app;
  const plots = page.getByRole('complementary', { name: 'Plots' });
  const boundary = plots.getByRole('img', { name: /boundary/i });
  await expect(boundary).toBeVisible();
  const before = await boundary.screenshot();
  await window.trainToTheEnd();
  await expect(plots.getByRole('img', { name: /^Loss curve, epoch 300/ })).toBeVisible();
  expect((await boundary.screenshot()).equals(before)).toBe(false);
});

test('a small window shows one plot, and the choice of two is remembered', async ({ app }) => {
  const { window, page } = app;
  const second = page.getByRole('combobox', { name: 'Second plot' });
  await second.selectOption({ label: 'Confusion' });
  await page.setViewportSize({ width: 1024, height: 640 });
  await expect(second).toBeHidden();
  await page.setViewportSize({ width: 1440, height: 900 });
  await expect(second).toHaveValue('confusion');
  await window.showPlot('Confusion');
  await expect(second).toHaveValue('lossCurve');
  await page.reload();
  await window.isConnected();
  await expect(second).toHaveValue('lossCurve');
  await window.button('Two plots').click();
  await expect(second).toBeHidden();
});

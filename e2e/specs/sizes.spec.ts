/** Windows from large to those of 200 % zoom: nothing is cut off at the side, and the network stays in sight. */
import { expect, test } from '../fixtures.ts';
import type { Page } from '@playwright/test';

/** Names of controls that reach beyond the right edge; rows that scroll by themselves hold more than they show. */
const cutOff = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll('button, select, input, [role=progressbar]')]
      .filter((control) => control.closest('[role=tablist], .svelte-flow__viewport') === null)
      .filter((control) => control.getBoundingClientRect().right > innerWidth + 1)
      .map((control) => control.getAttribute('aria-label') ?? control.textContent),
  );

for (const { width, height } of [
  { width: 1024, height: 640 },
  { width: 720, height: 450 }, // 1440×900 at 200 %
  { width: 512, height: 320 }, // 1024×640 at 200 %
]) {
  test(`a window of ${width}×${height} shows the network and every control`, async ({ app }) => {
    const { window, page } = app;
    await page.setViewportSize({ width, height });
    expect(await cutOff(page)).toEqual([]);
    await expect(window.button(/^Project /)).toContainText('Two spirals');
    await expect(window.button('Train')).toBeInViewport({ ratio: 1 });
    for (const id of ['in', 'h1', 'h2', 'out', 'y']) await expect(window.node(id)).toBeInViewport({ ratio: 1 });
    await window.showPlot('Metrics');
    const plot = page.getByText('No scores yet');
    await plot.scrollIntoViewIfNeeded();
    await expect(plot).toBeInViewport({ ratio: 1 });
  });
}

test('the camera follows the size of the canvas until somebody moves it', async ({ app }) => {
  const { window, page } = app;
  const zoom = () => window.node('in').evaluate((card) => card.getBoundingClientRect().width);
  const wide = await zoom();
  await page.setViewportSize({ width: 1024, height: 640 });
  await expect.poll(zoom).toBeLessThan(wide);
  await window.button('Zoom in').click();
  const moved = await zoom();
  await page.setViewportSize({ width: 1440, height: 900 });
  await expect(page.getByRole('combobox', { name: 'Second plot' })).toBeVisible();
  expect(await zoom()).toBeCloseTo(moved, 0);
});

test('what is selected can be looked at alone', async ({ app }) => {
  const { window, page } = app;
  await window.node('h2').click();
  await page.keyboard.press('Control+Alt+0');
  const whole = { ratio: 0.999 }; // places are fractions of a pixel
  await expect(window.node('in')).not.toBeInViewport(whole);
  await expect(window.node('h2')).toBeInViewport(whole);
});

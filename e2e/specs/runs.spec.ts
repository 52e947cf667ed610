/** The stored runs: found again by words and tags, held against the canvas, branched. */
import { expect, test } from '../fixtures.ts';

test('a run is tagged, found by its tag, and what is not found is not listed', async ({ app }) => {
  const { window, page } = app;
  await page.getByRole('tab', { name: 'Training', exact: true }).click();
  await window.fill('Epochs', '5');
  await window.trainToTheEnd();
  await window.fill('Epochs', '6');
  await window.trainToTheEnd();
  await window.showPanel('Runs');
  const list = page.getByRole('list', { name: 'Stored runs' });
  await expect(list.getByRole('checkbox')).toHaveCount(2);
  await list.getByText('5/5').click();
  await window.fill('Tags', 'short, kept');
  await expect(list.getByText('kept', { exact: true })).toBeVisible();
  await page.getByRole('searchbox', { name: 'Search runs' }).fill('kept');
  await expect(page.getByText('1 of 2 runs')).toBeVisible();
  await expect(list.getByText('6/6')).toHaveCount(0);
  await page.getByRole('searchbox', { name: 'Search runs' }).fill('');
  await window.choose('Order of runs', 'Longest');
  await expect(list.getByText(/^\d\/\d$/)).toHaveText(['6/6', '5/5']);
  await window.choose('Status of runs', 'Diverged');
  await expect(page.getByText('0 of 2 runs')).toBeVisible();
});

test('ticked runs are deleted together, and one press brings them back', async ({ app }) => {
  const { window, page } = app;
  await page.getByRole('tab', { name: 'Training', exact: true }).click();
  await window.fill('Epochs', '3');
  for (let i = 0; i < 3; i++) await window.trainToTheEnd();
  await window.showPanel('Runs');
  const boxes = page.getByRole('list', { name: 'Stored runs' }).getByRole('checkbox');
  await expect(boxes).toHaveCount(3);
  await boxes.nth(0).check();
  await boxes.nth(2).check();
  await window.button('Delete the ticked runs').click();
  await expect(boxes).toHaveCount(1);
  await page.getByRole('region', { name: 'Messages' }).getByRole('button', { name: 'Undo' }).click();
  await expect(boxes).toHaveCount(3);
});

test('the graphs of two runs are held against each other on the canvas', async ({ app }) => {
  const { window, page } = app;
  await page.getByRole('tab', { name: 'Training', exact: true }).click();
  await window.fill('Epochs', '3');
  await window.trainToTheEnd();
  await window.select('h1');
  await window.fill('Units', '5');
  await page.getByRole('tab', { name: 'Training', exact: true }).click();
  await window.trainToTheEnd();
  await window.showPanel('Runs');
  const list = page.getByRole('list', { name: 'Stored runs' });
  await expect(list.getByRole('checkbox')).toHaveCount(2);
  await list.getByRole('checkbox').nth(0).check(); // the newest: A
  await list.getByRole('checkbox').nth(1).check();
  await window.button('Compare graphs on the canvas').click();
  const bar = page.getByRole('region', { name: 'Difference of graphs' });
  await expect(bar).toContainText('Canvas beside the run “A Two spirals”: 1 changed');
  await expect(window.node('h1')).toContainText('units 16, was 5');
});

test('the canvas shows what tells it from a run, and a branch goes on from the best weights', async ({ app }) => {
  const { window, page } = app;
  await page.getByRole('tab', { name: 'Training', exact: true }).click();
  await window.fill('Epochs', '60');
  await window.trainToTheEnd();
  await window.showPanel('Runs');
  const list = page.getByRole('list', { name: 'Stored runs' });
  await list.getByText('60/60').click();
  await window.button('Difference on canvas').click();
  const bar = page.getByRole('region', { name: 'Difference of graphs' });
  await expect(bar).toContainText('the same graph');
  await window.select('h1');
  await window.fill('Units', '5');
  await expect(bar).toContainText('1 changed');
  await expect(window.node('h1')).toContainText('units 5, was 16');
  await bar.getByRole('button', { name: 'Close' }).click();
  await expect(window.node('h1')).not.toContainText('was 16');
  await window.button('Branch from this run').click();
  await page.getByRole('menuitem', { name: 'From the last weights' }).click();
  await expect(list.getByText('Branch of “Two spirals” at epoch 60')).toBeVisible();
  await expect(list.getByRole('checkbox')).toHaveCount(2);
});

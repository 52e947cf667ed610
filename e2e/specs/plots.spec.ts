/** The first minute and the plots: what moves by itself, what is remembered, what is never out of date unsaid. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, runCli, test } from '../fixtures.ts';

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

test('the second plot has something to show, whatever the data are', async ({ app }) => {
  const { window, page } = app;
  const second = page.getByRole('combobox', { name: 'Second plot' });
  await expect(second).toHaveValue('boundary');
  await second.selectOption({ label: 'Confusion' });
  await second.selectOption({ label: 'Boundary' }); // remembered from here on
  await window.chooseTemplate('CNN for digits');
  await expect(second).toHaveValue('metrics');
  await second.selectOption({ label: 'Boundary' }); // meant for these data
  await expect(second).toHaveValue('boundary');
  await second.selectOption({ label: 'Confusion' });
  await window.chooseTemplate('Plane regression');
  await expect(second).toHaveValue('boundary');
  await window.chooseTemplate('CNN for digits');
  await window.showPlot('Predict');
  await expect(second).toHaveValue('confusion');
});

test('a curve that came epoch by epoch looks as one that is drawn at once', async ({ app }) => {
  const { window, page } = app;
  await window.button(/^Pace/).click();
  await page.getByRole('menuitemcheckbox', { name: 'Pace: 5 epochs a second' }).click();
  await window.button('Train').click();
  await expect.poll(() => window.epoch()).toBeGreaterThan(4);
  await window.chooseRunCommand('Stop');
  await expect(window.trainingState()).toContainText(/stopped/i);
  const curve = page.getByRole('img', { name: /^Loss curve, epoch \d+/ });
  const grown = await curve.screenshot();
  await window.showPlot('Metrics');
  await window.showPlot('Loss');
  expect((await curve.screenshot()).equals(grown)).toBe(true);
});

test('an answer follows the row, the weights and the run, and says which weights gave it', async ({ app }) => {
  const { window, page } = app;
  await window.trainToTheEnd();
  await window.showPlot('Predict');
  const panel = page.getByRole('tabpanel', { name: 'Predict' });
  const answer = panel.getByRole('status', { name: 'Answer' });
  await expect(answer).toContainText('Current weights, of epoch 300');
  const first = await answer.textContent();
  await panel.getByRole('slider', { name: 'x1 (slider)' }).fill('4');
  await expect(answer).not.toHaveText(first ?? '');
  await expect(answer).toContainText('Current weights, of epoch 300');
  await panel.getByRole('combobox', { name: 'Weights to use' }).selectOption({ label: 'Best weights' });
  await expect(answer).toContainText(/Best weights, of epoch \d+/);
  await panel.getByRole('textbox', { name: 'x1', exact: true }).fill('four');
  await panel.getByRole('textbox', { name: 'x1', exact: true }).press('Tab');
  await expect(answer).toContainText('one of the values above is no number');
});

test('every row of a CSV file is answered, and the answers are taken home', async ({ app }) => {
  const { window, page, home } = app;
  const file = join(home, 'points.csv');
  const points = Array.from({ length: 250 }, (_, i) => [i / 50 - 2.5, (i % 7) - 3]);
  writeFileSync(file, ['x1,x2', ...points.map((point) => point.join(','))].join('\n'));
  await window.trainToTheEnd();
  await window.showPlot('Predict');
  const panel = page.getByRole('tabpanel', { name: 'Predict' });
  await panel.getByRole('button', { name: 'CSV of many' }).click();
  const waiting = page.waitForEvent('filechooser');
  await panel.getByRole('button', { name: 'Choose CSV file' }).click();
  await (await waiting).setFiles(file);
  await expect(panel.getByText('the first 200 of 250 rows')).toBeVisible();
  const { name, text } = await window.textOfDownload(() =>
    panel.getByRole('button', { name: 'Save predictions' }).click(),
  );
  expect(name).toBe('points-predictions.csv');
  const lines = text.trim().split('\r\n');
  expect(lines).toHaveLength(251);
  expect(lines[0]).toBe('x1,x2,output 1,class');
  const { text: weights } = await window.textOfDownload(() => window.button('Export weights').click());
  writeFileSync(join(home, 'weights.json'), weights);
  const printed = runCli(home, 'predict', join(home, 'weights.json'), '--data', file).trim().split('\n');
  expect(lines.slice(1).map((line) => line.split(',').slice(2).join(','))).toEqual(printed.slice(1));
});

test('a window that is opened again shows the run that has ended', async ({ app }) => {
  const { window, page } = app;
  await window.trainToTheEnd();
  const plots = page.getByRole('complementary', { name: 'Plots' });
  await page.reload();
  await window.isConnected();
  await expect(plots.getByRole('img', { name: /^Loss curve, epoch 300/ })).toBeVisible();
  await expect(plots.getByRole('img', { name: /boundary.*shaded with the output of the network/i })).toBeVisible();
  await window.showPlot('Confusion');
  await expect(page.getByRole('table', { name: /^Confusion matrix/ })).toBeVisible();
});

test('other inputs on the axes are shaded after the run has ended', async ({ app }) => {
  const { window, page, home } = app;
  const file = join(home, 'three.csv');
  const rows = Array.from({ length: 90 }, (_, i) => [i % 9, i % 7, i % 5, i % 9 < 4 ? 'low' : 'high'].join(','));
  writeFileSync(file, ['a,b,c,level', ...rows].join('\n'));
  await window.bringInCsv(file);
  await window.button('Use these data').click();
  await window.button('Fit network to data').click();
  await expect(page.getByText('No problems')).toBeVisible();
  await window.trainToTheEnd();
  const plots = page.getByRole('complementary', { name: 'Plots' });
  await plots.getByRole('combobox', { name: 'Input upwards' }).selectOption({ label: 'c' });
  await expect(plots.getByRole('img', { name: /over a and c, shaded with the output/i })).toBeVisible();
});

test('the inside of the network is shown while it learns, and after', async ({ app }) => {
  const { window, page } = app;
  const plots = page.getByRole('complementary', { name: 'Plots' });
  await page.getByRole('tab', { name: 'Training', exact: true }).click();
  await window.fill('Epochs', '1000000');
  await window.button('Train').click();
  await window.showPlot('Gradients');
  await expect(plots.getByRole('table', { name: /^Gradient norm by layer/ }).getByRole('row')).toHaveCount(3);
  await window.showPlot('Weights');
  await expect(plots.getByRole('img', { name: /^h1\.weight: 32 values/ })).toBeVisible();
  const step = plots.getByText(/^step \d+$/);
  const seen = await step.textContent();
  await expect(step).not.toHaveText(seen ?? '');
  await window.chooseRunCommand('Stop');
  await expect(window.trainingState()).toContainText(/stopped/i);
  await window.showPlot('Activations');
  await expect(plots.getByRole('img', { name: /^h2: \d+ values/ })).toBeVisible();
});

test('predictions of numbers stand against the truth', async ({ app }) => {
  const { window, page } = app;
  await window.chooseTemplate('Plane regression');
  await window.trainToTheEnd();
  await window.showPlot('Fit');
  await expect(page.getByRole('img', { name: /^Predictions against truth: R² 0\.9/ })).toBeVisible();
});

test('the curve can be looked at closer and whole again', async ({ app }) => {
  const { window, page } = app;
  const plots = page.getByRole('complementary', { name: 'Plots' });
  await window.trainToTheEnd();
  const curve = plots.getByRole('img', { name: /^Loss curve/ });
  await expect(curve).toBeVisible();
  await curve.hover();
  await page.mouse.wheel(0, -800);
  await expect(curve).toHaveAccessibleName(/Shown: epochs \d+ to \d+\./);
  await window.button('All epochs').click();
  await expect(curve).not.toHaveAccessibleName(/Shown/);
  const box = await curve.boundingBox();
  if (box === null) throw new Error('no curve');
  await page.mouse.move(box.x + box.width * 0.4, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.7, box.y + box.height / 2, { steps: 4 });
  await page.mouse.up();
  await expect(curve).toHaveAccessibleName(/Shown: epochs 1?\d\d to 2?\d\d\./);
  await window.button('All epochs').click();
  await page.mouse.move(box.x + box.width * 0.4, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.7, box.y + box.height / 2, { steps: 4 });
  await page.keyboard.press('Escape'); // gives the drag up
  await page.mouse.up();
  await expect(curve).not.toHaveAccessibleName(/Shown/);
  await page.mouse.wheel(0, -800);
  await expect(curve).toHaveAccessibleName(/Shown/);
  await window.button('Train').click();
  await expect(plots.getByRole('img', { name: /^Loss curve/ })).not.toHaveAccessibleName(/Shown/);
});

test('two runs are compared: their curves, and the one setting that differs', async ({ app }) => {
  const { window, page } = app;
  await page.getByRole('tab', { name: 'Training', exact: true }).click();
  await window.fill('Epochs', '40');
  await window.trainToTheEnd();
  await window.fill('Learning rate', '0.005');
  await window.trainToTheEnd();
  await window.showPanel('Runs');
  const boxes = page.getByRole('list', { name: 'Stored runs' }).getByRole('checkbox', { name: /^Compare Two spirals/ });
  await expect(boxes).toHaveCount(2);
  for (const box of await boxes.all()) await box.check();
  await window.button('Compare').click();
  const plots = page.getByRole('complementary', { name: 'Plots' });
  await expect(plots.getByRole('img', { name: 'Loss of 2 runs: A Two spirals, B Two spirals.' })).toBeVisible();
  const settings = plots.getByRole('region', { name: 'Settings of the runs' });
  await expect(settings.getByRole('row')).toHaveText([
    /Setting\s*A\s*B/,
    /Optimizer.*learning rate 0\.005.*learning rate 0\.02/,
  ]);
  await plots.getByRole('switch', { name: 'Differences only' }).click();
  await expect(settings.getByRole('row', { name: /^Seed 42 42/ })).toBeVisible();
});

test('a stored run is shown in the plots again, boundary and all', async ({ app }) => {
  const { window, page } = app;
  await page.getByRole('tab', { name: 'Training', exact: true }).click();
  await window.fill('Epochs', '30');
  await window.trainToTheEnd();
  await window.fill('Epochs', '10');
  await window.trainToTheEnd();
  await window.showPanel('Runs');
  await page.getByRole('list', { name: 'Stored runs' }).getByText('30/30').click();
  await window.button('Show in plots').click();
  const plots = page.getByRole('complementary', { name: 'Plots' });
  await expect(plots.getByRole('img', { name: /^Loss curve, epoch 30/ })).toBeVisible();
  await expect(plots.getByRole('img', { name: /boundary.*shaded with the output/i })).toBeVisible();
});

test('either plot can have the whole window, and Escape gives it back', async ({ app }) => {
  const { window, page } = app;
  const pictures = [
    ['Full size', page.getByRole('region', { name: 'Plots', exact: true })],
    ['Second plot in full size', page.getByRole('region', { name: /^Second plot/ })],
  ] as const;
  const screen = page.viewportSize();
  for (const [button, plot] of pictures) {
    const before = await plot.boundingBox();
    await window.button(button).click();
    await expect.poll(() => plot.boundingBox()).toEqual({ x: 0, y: 0, ...screen });
    await page.keyboard.press('Escape');
    await expect.poll(() => plot.boundingBox()).toEqual(before);
  }
});

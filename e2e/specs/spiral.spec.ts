/** The main job: weave a network from an empty canvas, watch it learn the spiral, take the weights home, use them. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, runCli, test } from '../fixtures.ts';

/** Points on and between the arms of the spiral. */
const POINTS = [
  [1.5, 0],
  [-1.5, 0.25],
  [0, 3],
  [-2, -2.5],
  [4, 1],
] as const;
/** The window shows six digits. */
const SHOWN_ERROR = 1e-6;

test.setTimeout(150_000);

test('a spiral network is woven, trained, exported and used', async ({ app }) => {
  const { window, page, home } = app;
  await test.step('weave 2-16-16-1 on an empty canvas', async () => {
    await window.chooseProjectCommand('New empty project');
    await expect(window.nodes()).toHaveCount(2);
    for (const [index, x] of [0.2, 0.5, 0.8].entries()) {
      await window.dragLayer('Dense', { x, y: 0.15 });
      await expect(window.nodes()).toHaveCount(3 + index);
    }
    await window.connect('in', 'dense_1');
    await window.connect('dense_1', 'dense_2');
    await window.connect('dense_2', 'dense_3');
    await window.connect('dense_3', 'y');
    for (const [id, units, activation] of [
      ['dense_1', '16', 'Tanh'],
      ['dense_2', '16', 'Tanh'],
      ['dense_3', '1', 'Sigmoid'],
    ] as const) {
      await window.select(id);
      await window.fill('Units', units);
      await window.choose('Activation', activation);
    }
    await expect(page.getByText('337 parameters')).toBeVisible();
    await expect(page.getByText('No problems')).toBeVisible();
  });

  const boundary = page.getByRole('complementary', { name: 'Plots' }).getByRole('img', { name: /boundary/i });
  await window.showPlot('Boundary');
  const before = await boundary.screenshot();

  await test.step('train it', async () => {
    await window.trainToTheEnd();
    await expect(window.trainingState()).toContainText('finished after 300 epochs');
  });

  await test.step('the boundary has bent', async () => {
    expect((await boundary.screenshot()).equals(before)).toBe(false);
  });

  await test.step('the loss fell and at least 95 % of the held-out points are right', async () => {
    await window.showPlot('Loss');
    await window.button('Save plot').click();
    const { text } = await window.textOfDownload(() => page.getByRole('menuitem', { name: 'Save as CSV' }).click());
    const losses = text
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => Number(line.split(',')[2]));
    expect(losses).toHaveLength(300);
    expect(losses.at(-1)).toBeLessThan((losses[0] ?? 0) / 10);
    await window.showPlot('Metrics');
    const accuracy = page
      .getByRole('row', { name: /^Accuracy/ })
      .getByRole('cell')
      .nth(1);
    expect(Number(await accuracy.textContent())).toBeGreaterThanOrEqual(0.95);
  });

  await test.step('the exported weights predict on the command line what the window predicts', async () => {
    const { name, text } = await window.textOfDownload(() => window.button('Export weights').click());
    expect(name).toBe('untitled-weights.json');
    await expect(page.getByRole('region', { name: 'Messages' })).toContainText(name);
    const answers = await window.predict(POINTS.map(([x1, x2]) => ({ x1, x2 })));
    const [file, rows] = [join(home, 'weights.json'), join(home, 'rows.csv')];
    writeFileSync(file, text);
    writeFileSync(rows, ['x1,x2', ...POINTS.map((point) => point.join(','))].join('\n'));
    const printed = runCli(home, 'predict', file, '--data', rows);
    const lines = printed
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.split(','));
    expect(lines).toHaveLength(POINTS.length);
    for (const [index, [, , output, label]] of answers.entries()) {
      const [value, predicted] = lines[index] ?? [];
      expect(predicted).toBe(label);
      expect(Math.abs(Number(value) - Number(output))).toBeLessThanOrEqual(SHOWN_ERROR);
    }
  });
});

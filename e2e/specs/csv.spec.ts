/** A small model of one's own data: a CSV file in, the network fitted to it, three classes learnt, the confusion seen. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '../fixtures.ts';

const SPECIES = ['setosa', 'versicolor', 'virginica'];

/** 150 flowers in three clouds, with a column that says nothing; the same every time. */
function flowers(): string {
  let state = 1;
  const offCentre = () => {
    state = (state * 48271) % 2147483647; // Park and Miller's generator
    return state / 2147483647 - 0.5;
  };
  const rows = Array.from({ length: 150 }, (_, i) => {
    const kind = i % SPECIES.length;
    const [sepal, petal] = [5 + kind + offCentre(), 1.5 + 2 * kind + offCentre()];
    return [sepal.toFixed(2), petal.toFixed(2), `n${i}`, SPECIES[kind]].join(',');
  });
  return ['sepal,petal,note,species', ...rows].join('\n');
}

test('three classes are learnt from a CSV file', async ({ app }) => {
  const { window, page, home } = app;
  const file = join(home, 'flowers.csv');
  writeFileSync(file, flowers());
  await window.bringInCsv(file);
  await expect(page.getByText('150 rows')).toBeVisible();
  await expect(page.getByRole('combobox', { name: 'Use of species' })).toHaveValue('target');
  await window.button('Use these data').click();
  await window.button('Fit network to data').click();
  await expect(page.getByText('No problems')).toBeVisible();
  await expect(window.node('out')).toHaveAccessibleName(/3 · softmax, output \[N, 3\]/);

  await window.trainToTheEnd();

  await window.showPlot('Confusion');
  const matrix = page.getByRole('table', { name: /^Confusion matrix/ });
  for (const [index, name] of SPECIES.entries()) {
    const cells = await matrix
      .getByRole('row', { name: new RegExp(`^${name}`) })
      .getByRole('cell')
      .allTextContents();
    const counts = cells.map((cell) => Number.parseInt(cell, 10));
    expect(counts[index]).toBeGreaterThan(0);
    expect(Math.max(...counts)).toBe(counts[index]);
  }
  await window.showPlot('Metrics');
  const accuracy = page
    .getByRole('row', { name: /^Accuracy/ })
    .getByRole('cell')
    .nth(1);
  expect(Number(await accuracy.textContent())).toBeGreaterThanOrEqual(0.95);

  const [[, , ...answer] = []] = await window.predict([{ sepal: 6, petal: 3.5 }]);
  expect(answer).toContain('versicolor');
});

test('a table dropped anywhere in the window comes to its form; what is none leaves the window as it is', async ({
  app,
}) => {
  const { window, page } = app;
  await window.showPanel('Layers');
  const drop = async (name: string) => {
    const dropped = await page.evaluateHandle((file) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File(['a,b,kind\n1,2,x\n2,3,y\n3,5,x\n'], file));
      return transfer;
    }, name);
    await window.canvas().dispatchEvent('drop', { dataTransfer: dropped });
  };
  await drop('cat.png');
  await expect(page.getByRole('region', { name: 'Messages' })).toContainText('cat.png: expected a project or a CSV');
  await drop('dropped.csv');
  await expect(page.getByRole('combobox', { name: 'Use of kind' })).toHaveValue('target');
  await window.button('Use these data').click();
  await expect(window.button(/^Data: dropped\.csv · 3 · binary/)).toBeVisible();
});

test('words are dragged from one field into another', async ({ app }) => {
  const { window, page } = app;
  await window.showPanel('Layers');
  await window.node('h1').click();
  const from = page.getByRole('searchbox', { name: 'Search layers' });
  const to = page.getByRole('textbox', { name: 'Name', exact: true });
  await from.fill('wide');
  await from.selectText();
  await from.dragTo(to, { sourcePosition: { x: 20, y: 12 } });
  await expect(to).toHaveValue(/wide/);
  await expect(from).toHaveValue('');
});

/** The trained network goes home as everything that the export dialog offers, and what comes home is used where it is meant to be. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { unzipSync } from 'fflate';
import { expect, runCli, test } from '../fixtures.ts';

const ROWS = 'x1,x2\n1.5,0\n-1.5,0.25\n0,3\n';

/** Second fields of the lines are labels, first ones numbers. */
const parts = (csv: string) =>
  csv
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','));

test('every file of the export dialog predicts as the command line does', async ({ app }) => {
  const { window, page, home } = app;
  await page.getByRole('tab', { name: 'Training', exact: true }).click();
  await window.fill('Epochs', '20');
  await window.trainToTheEnd();
  const dialog = page.getByRole('dialog', { name: 'Export network' });
  const take = (kind: RegExp) =>
    window.textOfDownload(async () => {
      await dialog.getByRole('radio', { name: kind }).check();
      await dialog.getByRole('button', { name: 'Export', exact: true }).click();
    });
  writeFileSync(join(home, 'rows.csv'), ROWS);

  await window.chooseProjectCommand('Export as');
  await expect(dialog.getByRole('radio')).toHaveCount(6);
  const { text } = await take(/^JSON/);
  writeFileSync(join(home, 'weights.json'), text);
  const predicted = parts(runCli(home, 'predict', join(home, 'weights.json'), '--data', join(home, 'rows.csv')));
  expect(predicted).toHaveLength(3);

  for (const { kind, command, ending } of [
    { kind: /^JavaScript/, command: process.execPath, ending: '.mjs' },
    { kind: /^Python/, command: 'python3', ending: '.py' },
  ]) {
    await window.chooseProjectCommand('Export as');
    const files = Object.entries(unzipSync((await take(kind)).bytes));
    for (const [name, bytes] of files) {
      mkdirSync(dirname(join(home, name)), { recursive: true });
      writeFileSync(join(home, name), bytes);
    }
    const runner = files.map(([name]) => name).find((name) => name.endsWith(ending)) ?? '';
    const { stdout, stderr } = spawnSync(command, [join(home, runner), join(home, 'rows.csv')], { encoding: 'utf8' });
    expect(stderr).toBe('');
    for (const [index, [value, label]] of parts(stdout).entries()) {
      expect(label).toBe(predicted[index]?.[1]);
      expect(Number(value)).toBeCloseTo(Number(predicted[index]?.[0]), 5); // float64 loops against float32 kernels
    }
  }

  await window.showPanel('Runs');
  await page.getByRole('list', { name: 'Stored runs' }).getByText('20/20').click();
  await window.button('Export…').click();
  await dialog.getByLabel('Weights', { exact: true }).selectOption({ label: 'Last, of epoch 20' });
  const folder = await take(/^PyTorch/);
  expect(folder.name).toBe('two-spirals-pytorch.zip');
  const names = Object.keys(unzipSync(folder.bytes)).map((name) => name.replace('two-spirals-pytorch/', ''));
  expect(names).toEqual(['model.py', 'train.py', 'project.json', 'weights.safetensors', 'data.safetensors']);
  await expect(page.getByRole('region', { name: 'Messages' })).toContainText(folder.name);
});

/** Pictures: a folder brought in, a digit drawn by pointer and by keys, and the test part scored when it is asked for. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '../fixtures.ts';

interface Reference {
  readonly pictures: readonly { readonly name: string; readonly file: string }[];
}
const { pictures } = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../test/reference/datasets/pictures.json'), 'utf8'),
) as Reference;
const fileOf = (name: string): Buffer => Buffer.from(pictures.find((one) => one.name === name)?.file ?? '', 'base64');

/** Two classes of ten pictures each. */
function makeFolder(home: string): string {
  const folder = join(home, 'pets');
  const kinds = [
    { label: 'cat', name: 'png color 2 depth 8', ending: 'png' },
    { label: 'dog', name: 'jpeg color', ending: 'jpg' },
  ];
  for (const { label, name, ending } of kinds) {
    mkdirSync(join(folder, label), { recursive: true });
    for (let i = 0; i < 10; i++) writeFileSync(join(folder, label, `${i}.${ending}`), fileOf(name));
  }
  writeFileSync(join(folder, 'notes.txt'), 'no picture');
  return folder;
}

test('a folder of pictures becomes data, a broken picture is named and left out when that is agreed to', async ({
  app,
}) => {
  const { window, page, home } = app;
  const folder = makeFolder(home);
  const cut = fileOf('png color 2 depth 8').subarray(0, 40);
  writeFileSync(join(folder, 'cat', 'cut.png'), cut);
  await window.showPanel('Data');
  await window.button('Picture folder').click();
  await page.getByLabel('Folder of pictures', { exact: true }).setInputFiles(folder);
  await expect(page.getByText(/^pets: 1 of 21 pictures cannot be read: pets\/cat\/cut\.png: expected/)).toBeVisible();
  await window.button('Use the others').click();
  await expect(page.getByText('16 training · 4 validation')).toBeVisible();
  await expect(page.getByRole('list', { name: 'Some pictures' }).getByRole('listitem')).toHaveCount(20);
  await window.button('Fit network to data').click();
  await expect(window.node('in')).toHaveAccessibleName(/output \[N, 3072\]/);
  await page.getByRole('switch', { name: 'Grey' }).click();
  await window.button('Fit network to data').click();
  await expect(window.node('in')).toHaveAccessibleName(/output \[N, 1024\]/);
});

test('a digit is drawn by pointer and by keys, and a picture of one’s own is asked about', async ({ app }) => {
  const { window, page, home } = app;
  await window.showPanel('Data');
  await window.button('Built-in').click();
  await page.getByRole('button', { name: /^Use .*digits/i }).click();
  await window.button('Fit network to data').click();
  await window.fill('Epochs', '15');
  await window.fill('Learning rate', '0.003');
  await window.trainToTheEnd();
  await window.showPlot('Predict');
  const panel = page.getByRole('tabpanel', { name: 'Predict' });
  await expect(panel.getByText('Draw something on the pad.')).toBeVisible();
  const pad = panel.getByRole('application', { name: /^Drawing pad/ });
  await pad.scrollIntoViewIfNeeded();
  const box = (await pad.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  const answer = panel.getByRole('status', { name: 'Answer' });
  await test.step('a ring is a zero', async () => {
    const at = (turn: number): [number, number] => [
      box.x + box.width * (0.5 + 0.2 * Math.sin(turn * 2 * Math.PI)),
      box.y + box.height * (0.5 - 0.32 * Math.cos(turn * 2 * Math.PI)),
    ];
    await page.mouse.move(...at(0));
    await page.mouse.down();
    for (let i = 1; i <= 12; i++) await page.mouse.move(...at(i / 12));
    await page.mouse.up();
    await expect(answer).toContainText('Class 0');
  });
  await test.step('an upright line is a one', async () => {
    await pad.press('Delete');
    await expect(answer).toContainText('This was the answer to an earlier row');
    await pad.press('ArrowUp');
    await pad.press('ArrowUp');
    await pad.press('Space');
    for (let i = 0; i < 5; i++) await pad.press('ArrowDown');
    await pad.press('Space');
    await expect(pad).toHaveAccessibleName(/with 1 lines, pen up/);
    await expect(answer).toContainText('Class 1');
  });
  await test.step('a picture of the data says what it is', async () => {
    await panel.getByRole('button', { name: 'Take one of the data' }).click();
    await expect(panel.getByText(/in the data: 0/)).toBeVisible();
    await expect(answer).toContainText('Class 0');
  });
  await test.step('a picture file is one row', async () => {
    await panel.getByRole('button', { name: 'File', exact: true }).click();
    writeFileSync(join(home, 'mine.png'), fileOf('png color 0 depth 8'));
    await panel.getByLabel('File to predict').setInputFiles(join(home, 'mine.png'));
    await expect(panel.getByText(/^1 rows, answered by the current weights/)).toBeVisible();
  });
});

test('the test part is kept apart, and scored when it is asked for', async ({ app }) => {
  const { window, page } = app;
  await window.showPanel('Data');
  const share = page.getByRole('textbox', { name: 'Test share' });
  await share.fill('0.2');
  await share.press('Tab');
  await expect(page.getByText('150 training · 250 validation · 100 test')).toBeVisible();
  await window.trainToTheEnd();
  await window.showPlot('Predict');
  const panel = page.getByRole('tabpanel', { name: 'Predict' });
  await panel.getByRole('button', { name: 'Test part' }).click();
  await expect(panel.getByText('never looked at')).toBeVisible();
  await expect(panel.getByRole('status', { name: 'Score of the test part' })).toBeHidden();
  await panel.getByRole('button', { name: 'Score the test part' }).click();
  const score = panel.getByRole('status', { name: 'Score of the test part' });
  await expect(score).toContainText('100 rows, current weights, of epoch 300');
  await expect(panel.getByRole('region', { name: /^Confusion matrix of the test part/ })).toBeVisible();
});

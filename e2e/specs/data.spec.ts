/** Data from elsewhere than generators and CSV: a typed formula, a shipped set, pictures in MNIST's format. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '../fixtures.ts';

test('a formula is drawn as it is typed, and a wrong one says where', async ({ app }) => {
  const { window, page } = app;
  await window.showPanel('Data');
  await window.button('Formula').click();
  await window.button('Use a formula').click();
  const formula = page.getByRole('textbox', { name: 'Formula' });
  await formula.fill('x1 *');
  await expect(page.getByText('expression: column 5: expected a number, a name or "(", got the end')).toBeVisible();
  await formula.fill('x1 * x3');
  await expect(page.getByRole('textbox', { name: 'Most x3' })).toHaveValue('5');
  await window.button('Fit network to data').click();
  await expect(window.node('in')).toHaveAccessibleName(/output \[N, 3\]/);
  await expect(page.getByText('No problems')).toBeVisible();
});

test('a shipped set is used with its licence in sight', async ({ app }) => {
  const { window, page } = app;
  await window.showPanel('Data');
  await window.button('Built-in').click();
  await window.button('Use Iris').click();
  await expect(page.getByText(/R\. A\. Fisher/)).toBeVisible();
  await expect(page.getByText('CC BY 4.0 (UCI Machine Learning Repository)').first()).toBeVisible();
  await expect(page.getByText('120 training · 30 validation')).toBeVisible();
  await window.button('Fit network to data').click();
  await expect(window.node('out')).toHaveAccessibleName(/3 · softmax, output \[N, 3\]/);
});

test('pictures and labels come in two files, and a file cut short is told from a whole one', async ({ app }) => {
  const { window, page, home } = app;
  const word = (value: number) => [24, 16, 8, 0].map((shift) => (value >>> shift) & 255);
  const pixels = Array.from({ length: 40 * 16 }, (_, i) => (i * 37) % 256);
  const images = Uint8Array.from([0, 0, 8, 3, ...word(40), ...word(4), ...word(4), ...pixels]);
  const labels = Uint8Array.from([0, 0, 8, 1, ...word(40), ...pixels.slice(0, 40).map((_, i) => i % 2)]);
  writeFileSync(join(home, 'images'), images);
  writeFileSync(join(home, 'short'), labels.subarray(0, 20));
  writeFileSync(join(home, 'labels'), labels);
  await window.showPanel('Data');
  await window.button('IDX files').click();
  await page.getByLabel('File of pictures').setInputFiles(join(home, 'images'));
  await expect(page.getByText('images', { exact: true })).toBeVisible();
  await page.getByLabel('File of labels').setInputFiles(join(home, 'short'));
  await window.button('Use pictures').click();
  await expect(
    page.getByText('short: byte 8: expected 40 values (40), got a file that holds at most 20 bytes'),
  ).toBeVisible();
  await page.getByLabel('File of labels').setInputFiles(join(home, 'labels'));
  await expect(page.getByText('labels', { exact: true })).toBeVisible();
  await window.button('Use pictures').click();
  await expect(page.getByRole('list', { name: 'Some pictures' }).getByRole('listitem')).toHaveCount(24);
  await expect(page.getByText('36 training · 4 validation')).toBeVisible();
});

test('MNIST’s four files are dropped at once, and the last two are a test part', async ({ app }) => {
  const { window, page } = app;
  await window.showPanel('Data');
  await window.button('IDX files').click();
  const dropped = await page.evaluateHandle(() => {
    const word = (value: number) => [24, 16, 8, 0].map((shift) => (value >>> shift) & 255);
    const images = (count: number) => [
      0,
      0,
      8,
      3,
      ...word(count),
      ...word(3),
      ...word(5),
      ...Array(count * 15).fill(9),
    ];
    const labels = (count: number) => [0, 0, 8, 1, ...word(count), ...Array.from({ length: count }, (_, i) => i % 2)];
    const files = {
      't10k-labels-idx1-ubyte': labels(6),
      'train-images-idx3-ubyte': images(20),
      't10k-images-idx3-ubyte': images(6),
      'train-labels-idx1-ubyte': labels(20),
    };
    const transfer = new DataTransfer();
    for (const [name, bytes] of Object.entries(files)) transfer.items.add(new File([Uint8Array.from(bytes)], name));
    return transfer;
  });
  await page.getByRole('group', { name: 'Bring in IDX files' }).dispatchEvent('drop', { dataTransfer: dropped });
  await expect(page.getByText('train-labels-idx1-ubyte', { exact: true })).toBeVisible();
  await window.button('Use pictures').click();
  await expect(page.getByText('18 training · 2 validation · 6 test')).toBeVisible();
});

test('points are drawn by hand and by key, and become data at once', async ({ app }) => {
  const { window, page } = app;
  await window.showPanel('Data');
  await window.button('Draw').click();
  await window.button('Draw points').click();
  await expect(page.getByText('4 training', { exact: true })).toBeVisible();
  const field = page.getByRole('application', { name: /^Drawing field/ });
  const box = await field.boundingBox();
  await window.button('Class 3').click();
  await field.click({ position: { x: (box?.width ?? 0) / 2, y: (box?.height ?? 0) * 0.1 } });
  await expect(field).toHaveAccessibleName(/with 5 points/);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('1');
  await page.keyboard.press('Enter');
  await expect(field).toHaveAccessibleName(/with 6 points/);
  await expect(page.getByText('6 training', { exact: true })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(field).toHaveAccessibleName(/with 5 points/);
  await window.button('Fit network to data').click();
  await expect(window.node('out')).toHaveAccessibleName(/3 · softmax, output \[N, 3\]/);
});

test('a drag draws a trail of points, one entry of the history; Escape takes it back', async ({ app }) => {
  const { window, page } = app;
  await window.showPanel('Data');
  await window.button('Draw').click();
  await window.button('Draw points').click();
  const field = page.getByRole('application', { name: /^Drawing field/ });
  await expect(field).toHaveAccessibleName(/with 4 points/);
  const box = await field.boundingBox();
  if (box === null) throw new Error('no field');
  const drag = async (button: 'left' | 'right', height: number): Promise<void> => {
    await page.mouse.move(box.x + box.width * 0.1, box.y + box.height * height);
    await page.mouse.down({ button });
    await page.mouse.move(box.x + box.width * 0.9, box.y + box.height * height, { steps: 60 });
  };
  await drag('left', 0.4);
  await page.mouse.up();
  await expect(field).toHaveAccessibleName(/with (1[89]|2\d) points/); // 9.6 units in steps of at least 0.5
  const drawn = await field.getAttribute('aria-label');

  await drag('right', 0.6);
  await page.keyboard.press('Escape');
  await page.mouse.up({ button: 'right' });
  await expect(field).toHaveAttribute('aria-label', drawn ?? '');
  await drag('right', 0.6);
  await page.mouse.up({ button: 'right' });
  const second = page.getByRole('table', { name: 'Rows of each class' }).getByRole('row', { name: /^2 / });
  await expect(second.getByRole('cell').last()).toHaveText(/^(1[6-9]|2\d)$/); // it had two
  await window.button('Undo').click();
  await expect(field).toHaveAttribute('aria-label', drawn ?? '');
  await window.button('Undo').click();
  await expect(field).toHaveAccessibleName(/with 4 points/);
});

/** What is wrong is said once, clearly, and the open document stays as it was. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '../fixtures.ts';

/** As Windows' editors save it when asked for "Unicode". */
const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('{"format": "netloom-project"}', 'utf16le')]);

const BAD_PROJECTS = [
  { name: 'saved as UTF-16', text: utf16, says: /expected UTF-8 text, got UTF-16; save the file as UTF-8/ },
  { name: 'not JSON', text: '{"format": "netloom-project", ', says: /expected .*JSON/i },
  {
    name: 'made by a newer version',
    text: JSON.stringify({
      format: 'netloom-project',
      version: 99,
      name: 'x',
      graph: { nodes: [], edges: [] },
      data: {},
      training: {},
    }),
    says: /newer version|version 99/i,
  },
  { name: 'another format', text: '{"format": "something-else", "version": 1}', says: /netloom-project/ },
];

for (const { name, text, says } of BAD_PROJECTS) {
  test(`a project that is ${name} is refused`, async ({ app }) => {
    const { window, page, home } = app;
    const file = join(home, 'bad.netloom.json');
    writeFileSync(file, text);
    await window.openProject(file);
    await expect(page.getByRole('region', { name: 'Messages' })).toContainText(says);
    await expect(window.nodes()).toHaveCount(5);
    await expect(window.button(/^Project /)).toContainText('Two spirals');
  });
}

test('a CSV row with a field too few is named by its number', async ({ app }) => {
  const { window, page, home } = app;
  const file = join(home, 'ragged.csv');
  writeFileSync(file, 'a,b,label\n1,2,yes\n3,no\n5,6,yes\n');
  await window.bringInCsv(file);
  await expect(page.getByRole('main')).toContainText(/row 2|line 3/i);
  await expect(window.button(/^Data: spiral/)).toBeVisible();
});

test('a setting that is refused says so in sight, wherever its field stands', async ({ app }) => {
  const { window, page } = app;
  await page.getByRole('tab', { name: 'Training', exact: true }).click();
  await window.fill('Threads', '999');
  const words = page.getByText('training.threads: expected a whole number from 1 to 256, got 999').first();
  await expect(words).toBeInViewport({ ratio: 1 });
});

/** The project as a document: kept through a kill, saved and opened as files, unsaved as long as it is, found again among the recent ones. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '../fixtures.ts';
import type { NetloomWindow } from '../pages/window.ts';

async function rename(window: NetloomWindow, name: string): Promise<void> {
  await window.page.keyboard.press('F2');
  // The name is selected and has the keyboard: typing replaces it.
  await expect(window.page.getByRole('dialog', { name: 'Rename project' }).getByRole('textbox')).toBeFocused();
  await window.page.keyboard.type(name);
  await window.page.keyboard.press('Enter');
}
const unsaved = (window: NetloomWindow) => window.page.getByRole('img', { name: 'Unsaved changes' });
const saved = (window: NetloomWindow) => window.page.getByRole('img', { name: 'Saved', exact: true });

test.describe('after a kill', () => {
  test.use({ expectedConsole: /WebSocket connection|ERR_CONNECTION|Failed to load resource/ });

  test('an edit that was never saved is there again', async ({ app, secondTab, host }) => {
    await rename(app.window, 'Never saved');
    if (host === 'browser') {
      // A second tab shows what the host has kept: from then on the edit must survive.
      const other = await secondTab();
      await expect(other.button(/^Project /)).toContainText('Never saved');
      await other.page.close();
    }
    const again = await app.killAndStartAgain();
    await expect(again.button(/^Project /)).toContainText('Never saved');
    await expect(unsaved(again)).toBeVisible();
  });
});

test('the dot tells whether the file holds what is on the screen, also after a reload', async ({ app }) => {
  const { window, page } = app;
  await expect(saved(window)).toBeVisible();
  await rename(window, 'Mine');
  await expect(unsaved(window)).toBeVisible();
  expect(await page.title()).toBe('• Mine – Netloom');
  const { name, text } = await window.textOfDownload(() => window.chooseProjectCommand('Save project'));
  expect([name, (JSON.parse(text) as { name: string }).name]).toEqual(['mine.netloom.json', 'Mine']);
  await expect(saved(window)).toBeVisible();
  await page.reload();
  await window.isReady();
  await expect(saved(window)).toBeVisible();
  await window.button('New seed').click();
  await expect(unsaved(window)).toBeVisible();
});

test('a project is saved under another name, opened from its file, and found among the recent ones', async ({
  app,
  host,
}) => {
  test.skip(host === 'electron', 'the dialog asks for the name there');
  const { window, page, home } = app;
  await rename(window, 'First');
  const { name, text } = await window.textOfDownload(async () => {
    await window.chooseProjectCommand('Save project as');
    const dialog = page.getByRole('dialog', { name: 'Save project as' });
    await dialog.getByRole('textbox', { name: 'File name' }).fill('chosen');
    await dialog.getByRole('button', { name: 'Save' }).click();
  });
  expect(name).toBe('chosen.netloom.json');
  const again = await window.textOfDownload(() => page.keyboard.press('Control+S'));
  expect(again.name).toBe('chosen.netloom.json');

  const file = join(home, 'other.netloom.json');
  writeFileSync(file, text.replace('"First"', '"Second"'));
  await window.openProject(file);
  await expect(window.button(/^Project /)).toContainText('Second');
  await expect(saved(window)).toBeVisible();

  await window.chooseProjectCommand('Open recent');
  const recent = page.getByRole('list', { name: 'Recent projects' }).getByRole('button');
  await expect(recent).toHaveCount(2);
  await expect(recent.first()).toContainText('Second');
  await recent.filter({ hasText: 'First' }).click();
  await expect(window.button(/^Project /)).toContainText('First');
  await expect(saved(window)).toBeVisible();
});

test('two projects of one name are two recent ones, and a reload forgets no file', async ({ app, host }) => {
  test.skip(host === 'electron', 'the dialog asks for the name there');
  const { window, page } = app;
  const saveAs = (file: string) =>
    window.textOfDownload(async () => {
      await window.chooseProjectCommand('Save project as');
      const dialog = page.getByRole('dialog', { name: 'Save project as' });
      await dialog.getByRole('textbox', { name: 'File name' }).fill(file);
      await dialog.getByRole('button', { name: 'Save' }).click();
    });
  await rename(window, 'Twin');
  const first = await saveAs('one');
  await window.button('New seed').click();
  await saveAs('two');
  await window.button('New seed').click();
  await expect(unsaved(window)).toBeVisible();
  await page.reload();
  await window.isReady();
  const again = await window.textOfDownload(() => page.keyboard.press('Control+S'));
  expect(again.name).toBe('two.netloom.json');

  await window.chooseProjectCommand('Open recent');
  const recent = page.getByRole('list', { name: 'Recent projects' }).getByRole('button');
  await expect(recent).toHaveText([/Twin.*two\.netloom\.json/, /Twin.*one\.netloom\.json/]);
  await recent.last().click();
  await expect(saved(window)).toBeVisible();
  const back = await window.textOfDownload(() => page.keyboard.press('Control+S'));
  expect([back.name, back.text]).toEqual([first.name, first.text]);
});

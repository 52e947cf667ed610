/** What only the Electron shell does. */
import { expect, test } from '../fixtures.ts';

test('the page comes from the app itself, without Node in it', async ({ app }) => {
  expect(await app.page.evaluate('[location.origin, typeof require, typeof netloom.connect]')).toEqual([
    'app://bundle',
    'undefined',
    'function',
  ]);
});

test('a project is saved where the dialog says', async ({ app }) => {
  const { name, text } = await app.window.textOfDownload(() => app.window.chooseProjectCommand('Save project'));
  expect(name).toBe('two-spirals.netloom.json');
  expect(JSON.parse(text)).toMatchObject({ format: 'netloom-project', name: 'Two spirals' });
});

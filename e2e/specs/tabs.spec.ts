/** Two tabs on one host: one edits, the other watches until it takes over; closing a tab stops nothing. */
import { expect, test } from '../fixtures.ts';

test.describe('two tabs', () => {
  test('the second one watches: it shows what the first does, and changes nothing', async ({ app, secondTab }) => {
    const other = await secondTab();
    await expect(other.watching()).toContainText('Another tab edits this project');
    await expect(other.button('Train')).toBeDisabled();
    await expect(other.button('Dense')).toBeDisabled();
    await other.select('h1');
    await expect(other.page.getByRole('textbox', { name: 'Units', exact: true })).toBeDisabled();
    await other.page.keyboard.press('Delete');
    await expect(other.nodes()).toHaveCount(5);

    await app.window.select('h1');
    await app.window.fill('Units', '13');
    await expect(other.node('h1')).toContainText('13');
    await app.window.button('Train').click();
    await expect(other.trainingState()).toContainText(/training/i);
    await expect.poll(() => other.epoch()).toBeGreaterThan(3);
  });

  test('taking over moves the pen, with the last edit of the other tab', async ({ app, secondTab }) => {
    const other = await secondTab();
    await app.window.select('h1');
    await app.window.fill('Units', '13');
    await other.button('Edit here').click();
    await expect(other.watching()).toBeHidden();
    await expect(other.node('h1')).toContainText('13');
    await expect(app.window.watching()).toContainText('Another tab edits this project');
    await expect(app.window.button('Undo')).toBeDisabled();
    await other.select('h1');
    await other.fill('Units', '7');
    await expect(app.window.node('h1')).toContainText('7');
    await other.button('Train').click();
    await expect(app.window.trainingState()).toContainText(/training/i);
  });

  test('closing the tab that edits stops no run, and the other one edits after a moment', async ({
    app,
    secondTab,
  }) => {
    const other = await secondTab();
    await app.window.page.getByRole('tab', { name: 'Training', exact: true }).click();
    await app.window.fill('Epochs', '1000000');
    await app.window.button('Train').click();
    await expect.poll(() => other.epoch()).toBeGreaterThan(0);
    await app.page.close();
    await expect(other.watching()).toContainText('was closed');
    await expect(other.watching()).toBeHidden();
    const before = await other.epoch();
    await expect.poll(() => other.epoch()).toBeGreaterThan(before);
    await other.button('Pause').click();
    await expect(other.trainingState()).toContainText(/paused/i);
  });

  test('a tab that is loaded again still edits', async ({ app, secondTab }) => {
    const other = await secondTab();
    await app.page.reload();
    await app.window.isReady();
    await expect(app.window.watching()).toBeHidden();
    await expect(other.watching()).toContainText('Another tab edits this project');
  });
});

/** A run belongs to the host, not to the page: pause, stop, step, reload, and a dead engine. */
import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { expect, runCli, test } from '../fixtures.ts';
import type { NetloomWindow } from '../pages/window.ts';

async function trainFor(window: NetloomWindow, epochs: number): Promise<void> {
  await window.page.getByRole('tab', { name: 'Training', exact: true }).click();
  await window.fill('Epochs', String(epochs));
  await window.button('Train').click();
  await expect(window.button('Pause')).toBeVisible();
}

test('one step trains one batch and waits', async ({ app }) => {
  const { window, page } = app;
  await window.button('Step').click();
  await expect(window.trainingState()).toContainText(/paused/i);
  await expect(page.getByRole('button', { name: 'Reset' })).toBeEnabled();
  const storedStep = () => {
    const [run] = JSON.parse(runCli(app.home, 'runs', 'list', '--json')) as { step: number }[];
    return run?.step;
  };
  await expect.poll(storedStep).toBe(1);
});

test('pause holds the run, and it goes on from there', async ({ app }) => {
  const { window } = app;
  await trainFor(window, 1_000_000);
  await window.button('Pause').click();
  await expect(window.trainingState()).toContainText(/paused/i);
  await window.button('Train').click();
  await expect(window.button('Pause')).toBeVisible();
  await expect(window.trainingState()).toContainText(/training/i);
});

test('the learning rate is changed during a run, and the change is marked', async ({ app }) => {
  const { window, page } = app;
  await trainFor(window, 1_000_000);
  await window.fill('Learning rate', '0.004');
  await window.button('Use it in this run').click();
  const ofThisRun = page.getByRole('textbox', { name: 'Rate of this run' });
  await expect(ofThisRun).toHaveValue('0.004');
  await ofThisRun.fill('0.001');
  await ofThisRun.press('Enter');
  await window.showPlot('Rate');
  await expect(page.getByRole('img', { name: 'Learning rate: 0.001 at the end of the curve.' })).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Learning rate', exact: true })).toHaveValue('0.004');
  for (const wrong of ['-1', 'fast', '']) {
    await ofThisRun.fill(wrong);
    await ofThisRun.press('Enter');
    const words = `Rate of this run: expected a number above 0, got ${wrong || 'nothing'}`;
    await expect(page.getByText(words)).toBeVisible();
  }
  await ofThisRun.fill('0.002');
  await ofThisRun.press('Enter');
  await expect(page.getByText('Rate of this run: expected')).toHaveCount(0);
});

test('a run goes on while the page is gone', async ({ app }) => {
  const { window } = app;
  await trainFor(window, 1_000_000);
  const before = await window.epoch();
  await app.reopen();
  await window.isConnected();
  await expect(window.button('Pause')).toBeVisible();
  await expect.poll(() => window.epoch()).toBeGreaterThan(before);
});

test('when the engine dies the window says so, keeps the run, and can train again', async ({ app }) => {
  const { window, page } = app;
  await trainFor(window, 1_000_000);
  await expect.poll(() => window.epoch()).toBeGreaterThan(5);
  await app.killEngine();
  await expect(window.trainingState()).toContainText(/interrupted/i);
  await window.showPanel('Runs');
  await expect(page.getByRole('list', { name: 'Stored runs' })).toContainText('Interrupted');
  await window.button('Train').click();
  await expect(window.button('Pause')).toBeVisible();
});

test('a store that is taken away makes training wait, says so, and it goes on when the store is back', async ({
  app,
}) => {
  const { window, page, home } = app;
  await trainFor(window, 100_000);
  await expect.poll(() => window.epoch()).toBeGreaterThan(0);
  const file = join(home, 'netloom.sqlite');
  renameSync(file, `${file}.away`);
  const banner = page.getByRole('alert').filter({ hasText: 'Training waits.' });
  await expect(banner).toContainText('the store was moved or deleted');
  await expect(window.button('Train')).toBeVisible();
  renameSync(`${file}.away`, file);
  await expect(banner).toBeHidden();
  await expect(window.button('Pause')).toBeVisible();
});

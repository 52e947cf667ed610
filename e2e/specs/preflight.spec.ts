/** What is unwise is said before training and stops nothing; what went wrong says what to do. */
import { expect, test, type AppUnderTest } from '../fixtures.ts';

/** Plain steps on a linear head: nothing bounds what a large rate does to it. */
async function chooseUnbounded({ window, page }: AppUnderTest): Promise<void> {
  await window.choose('Optimizer', 'SGD');
  await window.choose('Loss', 'Mean squared error');
  await window.select('out');
  await window.choose('Activation', 'Linear');
  await page.getByRole('tab', { name: 'Training', exact: true }).click();
}

test('warnings are listed when training starts, each with its mend', async ({ app }) => {
  const { window, page } = app;
  await window.fill('Batch size', '1000');
  await expect(page.getByRole('list', { name: 'Problems' })).toHaveCount(0);
  await window.button('Train').click();
  const list = page.getByRole('list', { name: 'Problems' });
  await expect(list).toContainText('1000');
  await expect(window.trainingState()).toContainText(/training|finished/i);
  await list.getByRole('button', { name: /^Set batch size/i }).click();
  await expect(list).toHaveCount(0);
  await expect(page.getByText('No problems')).toBeVisible();
});

test('a run that diverges says where, and goes on from its last good weights', async ({ app }) => {
  const { window, page } = app;
  await chooseUnbounded(app);
  await window.fill('Learning rate', '1e30');
  await window.button('Train').click();
  const alert = page.getByRole('alert').filter({ hasText: 'The run diverged.' });
  await expect(alert).toContainText(/step \d+: .+\b(op \w+|update)/);
  await alert.getByRole('button', { name: /^Go on from them at/ }).click();
  await expect(alert.getByRole('button', { name: /^Go on from them at 1\.00e28$/ })).toBeVisible();
  await alert.getByRole('button', { name: 'Dismiss' }).click();
  await expect(alert).toHaveCount(0);
});

test('a rate that is far too large is named as the cause, and a usual one trains to the end', async ({ app }) => {
  const { window, page } = app;
  await chooseUnbounded(app);
  await window.fill('Learning rate', '1e6');
  await window.button('Train').click();
  const alert = page.getByRole('alert').filter({ hasText: 'The run diverged.' });
  await expect(alert).toContainText('the learning rate 1000000 is likely too large');
  await alert.getByRole('button', { name: 'Start anew at learning rate 0.01' }).click();
  await expect(window.trainingState()).toContainText(/finished/i, { timeout: 60_000 });
  await expect(alert).toHaveCount(0);
  await expect(page.getByRole('textbox', { name: 'Learning rate' })).toHaveValue('0.01');
});

test('training on data that do not fit offers to fit the network, and goes on', async ({ app }) => {
  const { window, page } = app;
  await window.showPanel('Data');
  await window.button('Built-in').click();
  await window.button('Use Iris').click();
  await expect(page.getByText('The network does not fit these data yet.')).toBeVisible();
  await window.button('Train').click();
  const message = page.getByRole('region', { name: 'Messages' });
  await expect(message).toContainText('The network does not fit the data yet.');
  await message.getByRole('button', { name: 'Fit network and go on' }).click();
  await expect(window.node('out')).toHaveAccessibleName(/3 · softmax/);
  await expect(window.trainingState()).toContainText(/finished/i, { timeout: 60_000 });
  await window.button('Undo').click();
  await expect(window.node('out')).toHaveAccessibleName(/1 · sigmoid/);
});

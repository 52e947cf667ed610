/** A small noisy set and a wide network: the loss curve says what is wrong, and offers what helps. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '../fixtures.ts';
import { twoSpirals } from '../../src-core/templates/two-spirals.ts';

const { document } = twoSpirals;

test('a run that learns its rows by heart is told so, and early stopping is one press away', async ({ app }) => {
  const { window, page } = app;
  const file = join(app.home, 'noisy.netloom.json');
  // Clouds that overlap: what is learnt of the thirty training rows by heart does not hold for the others.
  const data = { ...document.data, name: 'gauss', samples: 60, noise: 0.5 };
  writeFileSync(file, JSON.stringify({ ...document, data, training: { ...document.training, epochs: 1500 } }));
  await window.openProject(file);
  await window.trainToTheEnd();
  await expect(page.getByRole('note')).toContainText(/Overfitting since epoch \d+: validation loss is \d+ % above/);
  // However low the plot, the note leaves room for the curve and what is below it.
  await expect(page.getByRole('img', { name: /^Loss curve/ })).toBeInViewport({ ratio: 1 });
  await expect(page.getByRole('switch', { name: 'Log scale' })).toBeInViewport({ ratio: 1 });
  await window.button('Stop early next time').click();
  await expect(window.button('Stop early next time')).toBeHidden();
  await window.button('Train').click();
  await expect(window.trainingState()).toContainText(/after (?!1500)\d+ epochs/);
});

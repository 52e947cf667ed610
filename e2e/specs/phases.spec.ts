/** One step at a time, phase by phase; and runs held back to a pace that can be watched. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { twoSpirals } from '../../src-core/templates/two-spirals.ts';
import { expect, runCli, test } from '../fixtures.ts';

/** What `netloom gradients` prints. */
interface Gradients {
  readonly loss: number;
  readonly tensors: Readonly<Record<string, { readonly data: readonly number[] }>>;
}

/** As many digits as the window shows. */
const shown = (value: number): number => Number(value.toPrecision(4));
const lengthOf = (values: readonly number[]): number => Math.sqrt(values.reduce((sum, value) => sum + value ** 2, 0));

test('a step by phases shows the numbers that the command line computes', async ({ app }) => {
  const { window, page, home } = app;
  const base = twoSpirals.document;
  // The whole data in every batch: the second step then has the rows that the command line takes.
  const training = { ...base.training, batch_size: 'full', shuffle: false, epochs: 20 };
  const project = join(home, 'phases.json');
  writeFileSync(project, JSON.stringify({ ...base, training }));
  await window.openProject(project);
  await window.isReady();
  await window.button('Step').click();
  await expect(window.button('Export weights')).toBeEnabled();
  const weights = join(home, 'weights.json');
  writeFileSync(weights, (await window.textOfDownload(() => window.button('Export weights').click())).text);
  const expected = JSON.parse(runCli(home, 'gradients', project, '--weights-in', weights)) as Gradients;
  const bar = page.getByRole('region', { name: 'Step by phases' });
  const line = (id: string, words: string) => window.node(id).getByRole('img', { name: new RegExp(`^${words}`) });
  const numberIn = async (text: string | null): Promise<number> =>
    shown(Number(/-?[\d.]+(e-?\d+)?$/.exec(text?.trim() ?? '')?.[0]));

  await test.step('forward: the loss, and what every layer answers', async () => {
    await window.chooseRunCommand('Step one phase');
    await expect(bar).toContainText('step 2');
    await expect(bar.getByRole('listitem').filter({ hasText: 'forward' })).toHaveAttribute('aria-current', 'step');
    expect(await numberIn(await bar.getByText(/^loss/).textContent())).toBeCloseTo(shown(expected.loss), 4);
    await expect(line('h1', 'Mean size of the outputs over the 250 rows of the batch: 0\\.')).toBeVisible();
  });

  await test.step('backward: the gradient of every layer', async () => {
    await bar.getByRole('button', { name: 'Backward' }).click();
    for (const id of ['h1', 'h2', 'out']) {
      const all = [`${id}.weight`, `${id}.bias`].flatMap((key) => expected.tensors[key]?.data ?? []);
      const name = await line(id, 'Length of the gradient of its weights').getAttribute('aria-label');
      expect(await numberIn(name)).toBeCloseTo(shown(lengthOf(all)), 4);
    }
  });

  await test.step('and each of its numbers, cell by cell', async () => {
    await window.wire('in', 'h1').click();
    const inspector = page.getByRole('complementary', { name: 'Inspector' });
    await inspector.getByRole('radio', { name: 'Gradient' }).check();
    await expect(inspector).toContainText('over the 250 rows of step 2');
    await inspector.getByRole('application', { name: /^h1\.weight/ }).focus();
    await page.keyboard.press('ArrowDown');
    const [, , first = NaN] = expected.tensors['h1.weight']?.data ?? [];
    expect(await numberIn(await inspector.getByRole('status').textContent())).toBeCloseTo(shown(first), 5);
  });

  await test.step('update: the step is taken, and the cards say how far it went', async () => {
    await page.keyboard.press('Control+Alt+ArrowRight');
    await expect(line('h2', 'Length of the change of its weights: 0\\.')).toBeVisible();
    await expect(bar.getByRole('button', { name: 'Next batch' })).toBeEnabled();
    await expect.poll(() => window.epoch()).toBe(2);
  });

  await test.step('training goes on from there, and the phases are put away', async () => {
    await window.trainToTheEnd();
    await expect(bar).toHaveCount(0);
    expect(await window.epoch()).toBe(20);
  });
});

test('Step held down goes one phase, a click one batch', async ({ app }) => {
  const { window, page } = app;
  await window.button('Step').click({ delay: 700 });
  const bar = page.getByRole('region', { name: 'Step by phases' });
  await expect(bar).toContainText('step 1');
  await window.button('Step').click();
  await expect(bar.getByRole('listitem').filter({ hasText: 'update' })).toHaveAttribute('aria-current', 'step');
});

test('a run can be held back to be watched, and let go again', async ({ app }) => {
  const { window, page } = app;
  await window.button(/^Pace/).click();
  await page.getByRole('menuitemcheckbox', { name: 'Pace: 1 epoch a second' }).click();
  await window.button('Train').click();
  await expect.poll(() => window.epoch()).toBe(1);
  await expect(window.button('Pause')).toBeVisible();
  await window.button('Pace: 1 epochs a second').click();
  await page.getByRole('menuitemcheckbox', { name: 'Pace: full speed' }).click();
  await expect(window.trainingState()).toContainText(/finished/i, { timeout: 30_000 });
});

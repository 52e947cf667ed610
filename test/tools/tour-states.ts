/** States that pass or are seldom met: what is being dragged, messages, dialogs, what went wrong. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Locator, type Page } from '@playwright/test';
import { NetloomWindow } from '../../e2e/pages/window.ts';
import type { Tour } from './tour.ts';

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

async function boxOf(locator: Locator): Promise<Box> {
  const box = await locator.boundingBox();
  if (box === null) throw new Error(`not on screen: ${locator.toString()}`);
  return box;
}

async function holdOver(page: Page, what: Locator, { x, y }: { x: number; y: number }): Promise<void> {
  await what.hover();
  await page.mouse.down();
  await page.mouse.move(x, y, { steps: 6 });
}

/** A wire being drawn, a layer held over a wire and over either side of a card. */
export async function gestures({ window, page, keep }: Tour): Promise<void> {
  const card = await boxOf(window.node('out'));
  await holdOver(page, page.getByRole('button', { name: 'Output of h1', exact: true }), {
    x: card.x + 2,
    y: card.y + card.height / 2,
  });
  await keep('wire-refused');
  await page.keyboard.press('Escape');
  await page.mouse.up();
  await window.showPanel('Layers');
  const dropout = page
    .getByRole('complementary', { name: 'layers panel' })
    .getByRole('button', { name: 'Dropout', exact: true });
  const middle = card.y + card.height / 2;
  await holdOver(page, dropout, { x: card.x + card.width * 0.2, y: middle });
  await keep('drop-before');
  await page.mouse.move(card.x + card.width * 0.8, middle, { steps: 4 });
  await keep('drop-after');
  const wire = await boxOf(window.wireLabel('h1', 'h2'));
  await page.mouse.move(wire.x + wire.width / 2, wire.y + wire.height / 2, { steps: 4 });
  await keep('drop-on-wire');
  await page.mouse.move(card.x, card.y - 200, { steps: 4 });
  await page.mouse.up();
  await window.button('Undo').click();
  await dropout.hover();
  await keep('palette-hover');
}

/** What a trained network shows when it is looked at closely. */
export async function inside({ window, page, keep }: Tour): Promise<void> {
  const phases = page.getByRole('region', { name: 'Step by phases' }).getByRole('listitem');
  for (const view of ['forward', 'backward', 'update']) {
    await window.chooseRunCommand('Step one phase');
    await expect(phases.filter({ hasText: view })).toHaveAttribute('aria-current', 'step');
    await keep(`phase-${view}`);
  }
  await window.trainToTheEnd();
  const maps = window.node('h1').getByRole('img', { name: /^Outputs of/ });
  await maps.hover({ position: { x: 4, y: 4 } });
  await keep('unit-hover');
  await page.getByRole('button', { name: 'Show all 16 units of h1' }).click();
  await keep('unit-sheet');
  await page.keyboard.press('Escape');
  await window.button('Weights on wires').click();
  await keep('wires-weights');
  await window.button('Gradients on wires').click();
  await keep('wires-gradients');
  await window.button('Gradients on wires').click();
  await window.wire('h1', 'h2').click();
  await keep('wire-inspector');
  await window.button('Show weights in full').click();
  await keep('weights-in-full');
  await page.keyboard.press('Escape');
  await window.node('h2').click();
  await page.keyboard.press('ControlOrMeta+a');
  await keep('several-selected');
  await page.keyboard.press('Escape');
  for (const plot of ['Loss', 'Boundary', 'Confusion', 'Gradients', 'Activations'] as const) {
    await window.showPlot(plot);
    if (plot === 'Gradients' || plot === 'Activations')
      await expect(page.getByText(/^step \d+$/).first()).toBeVisible();
    await keep(`settled-${plot.toLowerCase()}`);
  }
  await window.showPlot('Loss');
  await window.button('Show as table').click();
  await keep('table-loss');
  await window.button('Show as table').click();
}

/** Every dialog and menu that the surfaces of the first walk do not open. */
export async function dialogs({ window, page, keep }: Tour): Promise<void> {
  for (const name of ['Save project as', 'Rename project', 'Open recent', 'Export as'] as const) {
    await window.chooseProjectCommand(name);
    await expect(page.getByRole('dialog')).toBeVisible();
    await keep(`dialog-${name.toLowerCase().replaceAll(' ', '-')}`);
    await page.keyboard.press('Escape');
  }
  for (const [name, view] of [
    [/^Pace/, 'pace'],
    ['All plots', 'all-plots'],
    ['Save plot', 'save-plot'],
  ] as const) {
    await window.button(name).click();
    await keep(`menu-${view}`);
    await page.keyboard.press('Escape');
  }
  await window.button('Train').hover();
  await expect(page.getByRole('tooltip').or(page.locator('.tooltip')).first()).toBeVisible();
  await keep('tooltip');
}

/** Each source of data while it is in use. */
export async function dataInUse({ window, page, home, keep }: Tour): Promise<void> {
  await window.showPanel('Data');
  await window.choose('Data set', 'Rings');
  await keep('use-generator');
  await window.button('Formula').click();
  await window.button('Use a formula').click();
  await keep('use-formula');
  await window.button('Fit network to data').click();
  await keep('use-fitted');
  await window.button('Draw').click();
  await window.button('Draw points').click();
  await keep('use-drawing');
  await window.button('Built-in').click();
  await window.button('Use Wine').click();
  await expect(page.getByRole('region', { name: 'Columns as fed' })).toBeAttached();
  await keep('use-built-in');
  const csv = join(home, 'gaps.csv');
  const rows = Array.from({ length: 40 }, (_, i) => `${i % 7 === 0 ? '' : i},${i * 2},${['yes', 'no'][i % 2]}`);
  writeFileSync(csv, ['a column with gaps in it,twice,answer', ...rows].join('\n'));
  await window.bringInCsv(csv);
  await keep('csv-missing');
  await page.getByText('How the text is read').click();
  await keep('csv-reading');
  await window.button('Use these data').click();
  await expect(page.getByRole('region', { name: 'Columns as fed' })).toBeAttached();
  await keep('use-csv');
}

/** Runs with ten tags and with very long notes; a search that finds none. */
export async function annotations({ window, page, keep }: Tour): Promise<void> {
  await window.chooseTemplate('Two spirals');
  await page.getByRole('tab', { name: 'Training', exact: true }).click();
  await window.fill('Epochs', '20');
  await window.trainToTheEnd();
  await window.showPanel('Runs');
  await page.getByRole('list', { name: 'Stored runs' }).getByRole('button').first().click();
  await page
    .getByRole('textbox', { name: 'Notes' })
    .fill('The rate was halved twice and the second layer widened; the validation loss still rises late. '.repeat(6));
  await window.fill(
    'Tags',
    Array.from({ length: 10 }, (_, i) => (i === 4 ? 'a_tag_longer_than_the_panel_is_wide' : `tag ${i}`)).join(', '),
  );
  await expect(page.getByText('tag 9').first()).toBeVisible();
  await keep('many-tags');
  await page.getByRole('searchbox', { name: 'Search runs' }).fill('nothing is called that');
  await keep('runs-none-found');
  await page.getByRole('searchbox', { name: 'Search runs' }).fill('');
}

/** Networks that are long, or not there yet. */
export async function otherGraphs({ window, page, keep }: Tour): Promise<void> {
  for (const template of ['Deep sigmoid network', 'Residual network', 'Embedding classifier', 'Autoencoder'] as const) {
    await window.chooseTemplate(template);
    await window.button('Step').click();
    await expect(window.button('Export weights')).toBeEnabled();
    await keep(`graph-${template.toLowerCase().replaceAll(' ', '-')}`);
  }
  await window.chooseProjectCommand('New empty project');
  await page.mouse.move(400, 400);
  await keep('graph-empty');
}

/** Messages: a file taken home, a file refused, an error from far away. */
export async function messages({ window, page, home, keep }: Tour): Promise<void> {
  await window.chooseTemplate('Logistic regression');
  await window.trainToTheEnd();
  await window.button('Export weights').click();
  await expect(page.getByRole('region', { name: 'Messages' }).getByRole('status').first()).toBeVisible();
  const wrong = join(home, 'wrong.json');
  writeFileSync(wrong, '{"format": "netloom", "graph": 7}');
  await window.openProject(wrong);
  await expect(page.getByRole('region', { name: 'Messages' }).getByRole('alert').first()).toBeVisible();
  await keep('messages');
}

/** A learning rate that is far too large. */
export async function divergence({ window, page, keep }: Tour): Promise<void> {
  await window.chooseTemplate('Plane regression');
  await page.getByRole('tab', { name: 'Training', exact: true }).click();
  await window.fill('Learning rate', '1e30');
  await window.button('Train').click();
  await expect(page.getByRole('alert').filter({ hasText: 'The run diverged.' })).toBeVisible();
  await keep('diverged');
  await window.fill('Learning rate', 'fast');
  await keep('refused-number');
}

/** A second tab, which watches; a folder of pictures; at last a host that is gone. */
export async function elsewhere({ window, page, home, hostPid, keep }: Tour): Promise<void> {
  const other = await page.context().newPage();
  await other.setViewportSize(page.viewportSize() ?? { width: 1440, height: 900 });
  await other.goto(page.url());
  await new NetloomWindow(other).isConnected();
  await expect(other.getByRole('status', { name: 'Watching' })).toBeVisible();
  await keep('second-tab', other);
  await other.close();
  mkdirSync(join(home, 'empty', 'cat'), { recursive: true });
  writeFileSync(join(home, 'empty', 'cat', 'no.png'), 'no picture');
  await window.showPanel('Data');
  await window.button('Picture folder').click();
  await page.getByLabel('Folder of pictures', { exact: true }).setInputFiles(join(home, 'empty'));
  await expect(page.getByText(/cannot be read/).first()).toBeVisible();
  await keep('pictures-refused');
  process.kill(hostPid, 'SIGKILL');
  await expect(page.getByRole('alert').filter({ hasText: 'The connection to Netloom was lost' })).toBeVisible();
  await keep('host-gone');
}

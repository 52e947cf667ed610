/** A walk through every view of the window: each step brings a view about as a person would, and hands it on by name. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect } from '@playwright/test';
import type { NetloomWindow } from '../../e2e/pages/window.ts';
import { twoSpirals } from '../../src-core/templates/two-spirals.ts';

export interface Tour {
  readonly window: NetloomWindow;
  readonly page: Page;
  /** Data folder of the app; files of the tour go there as well. */
  readonly home: string;
  readonly hostPid: number;
  /** Takes the picture; of another page where one is given. */
  readonly keep: (view: string, page?: Page) => Promise<void>;
}

/** The window from its first moment to a trained network, its panels and all plots. */
export async function mainViews({ window, page, keep }: Tour): Promise<void> {
  await keep('start');
  for (const plot of await plotNames(page)) {
    await window.showPlot(plot);
    await keep(`empty-${plot.toLowerCase()}`);
  }
  await window.showPlot('Loss');
  const second = page.getByRole('region', { name: /^Second plot/ });
  if (await second.isVisible()) await second.getByRole('combobox').selectOption({ label: 'Boundary' });
  await window.trainToTheEnd();
  await window.canvas().hover({ position: { x: 200, y: 100 } }); // away from Train, whose tip would cover the canvas
  await keep('trained');
  await window.select('h1');
  await keep('layer-selected');
  for (const panel of ['Data', 'Runs', 'Layers'] as const) {
    await window.showPanel(panel);
    await keep(`${panel.toLowerCase()}-panel`);
  }
  for (const plot of await plotNames(page)) {
    await window.showPlot(plot);
    await keep(`plot-${plot.toLowerCase()}`);
  }
  await window.showPlot('Loss');
  await page.getByRole('img', { name: /^Loss curve, epoch/ }).hover();
  await keep('plot-loss-hover');
  await window.button('Full size').click();
  await keep('plot-loss-full');
  await page.keyboard.press('Escape');
  await window.button('Two plots').click();
  await keep('one-plot');
  await window.button('Two plots').click();
}

async function plotNames(page: Page): Promise<string[]> {
  const names = await page.getByRole('complementary', { name: 'Plots' }).getByRole('tab').allTextContents();
  return names.map((name) => name.trim());
}

/** What opens over the window. */
export async function surfaces({ window, page, keep }: Tour): Promise<void> {
  const mod = (key: string): Promise<void> => page.keyboard.press(`ControlOrMeta+${key}`);
  await mod('k');
  await keep('command-palette');
  await page.keyboard.press('Escape');
  await window.canvas().focus();
  await mod('f');
  await keep('find-layer');
  await page.keyboard.press('Escape');
  await page.keyboard.press('?');
  await keep('shortcuts');
  await page.keyboard.press('Escape');
  await window.button(/^Project /).click();
  await keep('project-menu');
  await page.getByRole('menuitem', { name: 'New from template' }).click();
  await keep('templates');
  await page.keyboard.press('Escape');
  await window.button('More ways to run').click();
  await keep('run-menu');
  await page.keyboard.press('Escape');
}

/** Two runs with notes and tags, one opened, both compared. */
export async function runs({ window, page, keep }: Tour): Promise<void> {
  await page.getByRole('tab', { name: 'Training', exact: true }).click();
  await window.fill('Epochs', '40');
  await window.fill('Learning rate', '0.005');
  await window.trainToTheEnd();
  await window.showPanel('Runs');
  const list = page.getByRole('list', { name: 'Stored runs' });
  await expect(list.getByRole('checkbox')).toHaveCount(2);
  await list.getByRole('button').first().click();
  await page.getByRole('textbox', { name: 'Notes' }).fill('Slower, and still far from the end');
  await window.fill('Tags', 'slow, to keep');
  await keep('run-details');
  for (const box of await list.getByRole('checkbox').all()) await box.check();
  await window.button('Compare').click();
  await expect(page.getByRole('img', { name: /of 2 runs/ })).toBeVisible();
  await keep('compare');
  await window.button('Difference on canvas').click();
  await window.select('h1');
  await window.fill('Units', '12');
  await keep('difference');
  await window.button('Close').click();
  await window.button('Clear').click();
}

/** The kinds of data, and what the panel says of a wrong one. */
export async function data({ window, page, home, keep }: Tour): Promise<void> {
  await window.showPanel('Data');
  const kinds = page.getByRole('complementary', { name: 'data panel' }).getByRole('group').first().getByRole('button');
  for (const kind of await kinds.allTextContents()) {
    await window.button(kind.trim()).click();
    await keep(`data-${kind.trim().toLowerCase().replace(/\W+/g, '-')}`);
  }
  const csv = join(home, 'houses.csv');
  const rows = Array.from(
    { length: 60 },
    (_, i) => `${40 + i},${1 + (i % 5)},${['north', 'south'][i % 2]},${100 + i * 3}`,
  );
  writeFileSync(csv, ['square metres of living area,rooms,side,price', ...rows].join('\n'));
  await window.bringInCsv(csv);
  await expect(page.getByText('square metres of living area').first()).toBeVisible();
  await keep('data-csv-read');
}

/** More classes than two, numbers to predict, digits to draw. */
export async function kindsOfTask({ window, page, keep }: Tour): Promise<void> {
  for (const [template, name] of [
    ['Softmax regression', 'classes'],
    ['Plane regression', 'regression'],
    ['Sine regression', 'curve'],
    ['CNN for digits', 'digits'],
  ] as const) {
    await window.chooseTemplate(template);
    await window.trainToTheEnd();
    await window.showPlot('Boundary');
    await keep(`${name}-boundary`);
    await window.showPlot(name === 'classes' || name === 'digits' ? 'Confusion' : 'Fit');
    await keep(`${name}-judged`);
    await window.showPlot('Predict');
    await keep(`${name}-predict`);
  }
  await window.showPlot('Loss');
  await page.keyboard.press('Escape');
}

/** A graph of forty nodes with long names, one with errors, one that is unwise. */
export async function graphs({ window, page, home, keep }: Tour): Promise<void> {
  await window.openProject(fortyNodes(home));
  await expect(window.nodes().first()).toBeVisible();
  await page.keyboard.press('Escape');
  await keep('forty-nodes');
  await window.openProject(broken(home));
  await keep('problems');
  await window.openProject(unwise(home));
  await window.button('Train').click();
  await keep('preflight');
  await window.button('Reset').click();
}

/** The list of lessons, and a step with each kind of live pane. */
export async function lessons({ window, page, keep }: Tour): Promise<void> {
  await window.showPanel('Lessons');
  await keep('lessons');
  const panel = page.getByRole('complementary', { name: 'lessons panel' });
  for (const [title, step, view] of [
    ['There and back: (x + y) z', 3, 'graph'],
    ['A neuron, gate by gate', 4, 'neuron'],
    ['All the rules there are', 5, 'typed'],
    ['Slopes without rules', 1, 'difference'],
    ['Activations and their slopes', 2, 'activations'],
    ['Vanishing gradients', 1, 'chain'],
    ['Backpropagation is not learning', 2, 'update'],
    ['What gradients cost', 2, 'cost'],
  ] as const) {
    await panel.getByRole('button', { name: title }).click();
    for (let at = 1; at < step; at++) await panel.getByRole('button', { name: 'Next', exact: true }).click();
    await keep(`lesson-${view}`);
    await panel.getByRole('button', { name: 'All lessons' }).click();
  }
  await panel.getByRole('button', { name: 'Activations and their slopes' }).click();
  await panel.getByRole('button', { name: 'Next', exact: true }).click();
  await window.fill('z', '0');
  await keep('lesson-red');
  await window.showPanel('Layers');
}

export async function lostEngine({ window, hostPid, keep }: Tour): Promise<void> {
  await window.chooseTemplate('Two spirals');
  await window.page.getByRole('tab', { name: 'Training', exact: true }).click();
  await window.fill('Epochs', '1000000');
  await window.button('Train').click();
  await expect.poll(() => window.epoch()).toBeGreaterThan(5);
  await keep('running');
  const [engine] = readFileSync(`/proc/${hostPid}/task/${hostPid}/children`, 'utf8').trim().split(' ');
  process.kill(Number(engine), 'SIGKILL');
  await expect(window.trainingState()).toContainText(/interrupted/i);
  await keep('lost-engine');
}

function save(home: string, name: string, change: object): string {
  const file = join(home, `${name}.netloom.json`);
  writeFileSync(file, JSON.stringify({ ...twoSpirals.document, name, ...change }));
  return file;
}

function fortyNodes(home: string): string {
  const nodes = [
    { id: 'in', type: 'input', params: { shape: [2] } },
    ...Array.from({ length: 37 }, (_, i) => ({
      id: i % 4 === 0 ? `a_layer_with_a_rather_long_name_${i}` : `h${i}`,
      type: 'dense',
      params: { units: 4 + (i % 5), activation: 'tanh' },
    })),
    { id: 'out', type: 'dense', params: { units: 1, activation: 'sigmoid' } },
    { id: 'y', type: 'output', params: {} },
  ];
  const edges = nodes.slice(1).map(({ id }, i) => ({ from: nodes[i]?.id ?? '', to: id }));
  return save(home, 'A project whose name is much longer than anybody would think sensible', {
    graph: { nodes, edges },
  });
}

function broken(home: string): string {
  const nodes = twoSpirals.document.graph.nodes.map((node) =>
    node.id === 'h2' ? { ...node, type: 'conv2d', params: { filters: 4, kernel_size: [3, 3] } } : node,
  );
  return save(home, 'With errors', { graph: { ...twoSpirals.document.graph, nodes } });
}

function unwise(home: string): string {
  return save(home, 'Unwise', {
    training: { ...twoSpirals.document.training, loss: 'mean_squared_error', batch_size: 400, epochs: 5 },
  });
}

/** Every view in both themes is free of serious accessibility problems. */
import axe from 'axe-core';
import { expect, test } from '../fixtures.ts';
import type { Page } from '@playwright/test';

const PLOTS = [
  'Loss',
  'Boundary',
  'Metrics',
  'Confusion',
  'Predict',
  'Gradients',
  'Weights',
  'Activations',
  'Fit',
  'Rate',
  'Compare',
];

async function seriousProblems(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const page = globalThis as unknown as { axe: typeof axe };
    const { violations } = await page.axe.run(document);
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
  });
}

for (const scheme of ['light', 'dark'] as const) {
  test(`every view in the ${scheme} theme`, async ({ app }) => {
    const { window, page } = app;
    await page.emulateMedia({ colorScheme: scheme });
    expect(await seriousProblems(page)).toEqual([]);
    await window.trainToTheEnd();
    for (const plot of PLOTS) {
      await window.showPlot(plot);
      expect(await seriousProblems(page), plot).toEqual([]);
    }
    for (const panel of ['Data', 'Runs', 'Layers'] as const) {
      await window.showPanel(panel);
      expect(await seriousProblems(page), panel).toEqual([]);
    }
    await window.select('h1');
    expect(await seriousProblems(page), 'a layer selected').toEqual([]);
  });
}

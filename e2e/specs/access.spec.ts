/** Every view in both themes is free of serious accessibility problems. */
import { expect, test } from '../fixtures.ts';
import { seriousProblems } from '../pages/accessibility.ts';

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
    await page.setViewportSize({ width: 512, height: 640 });
    expect(await seriousProblems(page), 'at 200 %').toEqual([]);
  });

  test(`every dialog in the ${scheme} theme`, async ({ app, host }) => {
    const { window, page } = app;
    await page.emulateMedia({ colorScheme: scheme });
    await window.trainToTheEnd();
    const saves = host === 'browser' ? ['Save project as'] : []; // Electron's own dialog is not ours
    for (const command of [...saves, 'Export as', 'Open recent', 'Rename project', 'New from template']) {
      await window.chooseProjectCommand(command);
      await expect(page.getByRole('dialog')).toBeVisible();
      expect(await seriousProblems(page), command).toEqual([]);
      await page.keyboard.press('Escape');
    }
    for (const keys of ['Control+k', 'Control+f', '?']) {
      await page.keyboard.press(keys);
      await expect(page.getByRole('dialog')).toBeVisible();
      expect(await seriousProblems(page), keys).toEqual([]);
      await page.keyboard.press('Escape');
    }
  });
}

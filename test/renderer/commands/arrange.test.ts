/** Arrange: all layers or the chosen ones, in one step back, whatever happens to the document meanwhile. */
import { expect, test } from 'vitest';
import { removeNodes } from '../../../src-core/graph/edit.ts';
import { twoSpirals } from '../../../src-core/templates/two-spirals.ts';
import { commands } from '../../../src-renderer/commands/registry.ts';
import { AppState } from '../../../src-renderer/state/app.svelte.ts';
import { positionsOf } from '../../../src-renderer/state/layout.ts';
import { tidyLayout } from '../../../src-renderer/state/tidy-layout.ts';

const keep = { getItem: () => null, setItem: () => undefined };
const newApp = (arrange?: AppState['arrange']) =>
  new AppState({ document: twoSpirals.document, keep, systemDark: false, ...(arrange && { arrange }) });
const places = (app: AppState) => positionsOf(app.project.document.graph);

test('all layers move in one step back', async () => {
  const app = newApp();
  const before = places(app);
  await commands.arrange.run(app);
  expect(places(app)).not.toEqual(before);
  expect(app.project.undoLabel).toBe('Arrange layers');
  app.project.undo();
  expect([places(app), app.project.undoLabel]).toEqual([before, null]);
});

test('of a selection only the chosen layers move, around the same middle', async () => {
  const app = newApp();
  const before = places(app);
  app.selection.select(['h1', 'out']);
  await commands.arrange.run(app);
  const after = places(app);
  const still = Object.keys(before).filter((id) => JSON.stringify(before[id]) === JSON.stringify(after[id]));
  expect(still).toEqual(['in', 'h2', 'y']);
  const middle = (of: typeof before) => ((of['h1']?.x ?? NaN) + (of['out']?.x ?? NaN)) / 2;
  expect(Math.abs(middle(after) - middle(before))).toBeLessThanOrEqual(1);
});

test('a layer that was deleted while places were worked out stays away', async () => {
  const app = newApp((task) => {
    app.project.edit('Delete', (document) => removeNodes(document, ['h1']));
    return Promise.resolve(tidyLayout(task));
  });
  await commands.arrange.run(app);
  expect(Object.keys(places(app))).toEqual(['in', 'h2', 'out', 'y']);
});

/** What can be done with a stored run, against a whole host: real store, real engine process. */
import { onTestFinished, expect, test, vi } from 'vitest';
import { setName, setParam } from '../../../src-core/graph/edit.ts';
import { twoSpirals } from '../../../src-core/templates/two-spirals.ts';
import {
  annotateRun,
  deleteRuns,
  holdAgainstCanvas,
  restoreDocument,
  resumeRun,
} from '../../../src-renderer/experiments/run-actions.ts';
import { AppState } from '../../../src-renderer/state/app.svelte.ts';
import { connectTo } from '../../helpers/window-on-host.ts';
import { startHost } from '../../main/services/helpers.ts';

const keep = { getItem: () => null, setItem: () => undefined };
const document = { ...twoSpirals.document, training: { ...twoSpirals.document.training, epochs: 3 } };

/** The next turn of the event loop stands in for the next frame: there is no screen here. */
vi.stubGlobal('requestAnimationFrame', (callback: () => void) => setImmediate(callback));
vi.stubGlobal('cancelAnimationFrame', (frame: NodeJS.Immediate) => clearImmediate(frame));

async function trained() {
  const host = startHost();
  const app = new AppState({ document, keep, systemDark: false });
  app.host.up(await connectTo(host));
  onTestFinished(() => app.host.down());
  await app.run.start(document);
  await host.untilStatus(app.run.runId ?? '', 'done');
  await app.runs.refresh();
  const [run] = app.runs.list;
  if (run === undefined) throw new Error('the run is not in the list');
  return { app, host, run };
}

test('a deleted run is gone from the list, and back with one press', async () => {
  const { app, run } = await trained();
  await deleteRuns(app, [run]);
  const whileGone = app.runs.list.length;
  const undo = app.notices.list.find(({ action }) => action?.label === 'Undo')?.action;
  undo?.run();
  await vi.waitFor(() => expect(app.runs.list.map(({ id }) => id)).toEqual([run.id]));
  expect(whileGone).toBe(0);
});

test('several runs are deleted together, and come back together, each where it was', async () => {
  const { app, host, run } = await trained();
  await app.run.start(document);
  await host.untilStatus(app.run.runId ?? '', 'done');
  await app.runs.refresh();
  const before = app.runs.list.map(({ id }) => id);
  for (const id of before) app.runs.compare(id, true);
  await deleteRuns(app, app.runs.list);
  expect([app.runs.list, app.runs.compared, app.notices.list.at(-1)?.text]).toEqual([[], [], 'Deleted 2 runs']);
  app.notices.list.at(-1)?.action?.run();
  await vi.waitFor(() => expect(app.runs.list.map(({ id }) => id)).toEqual(before));
  expect(before).toContain(run.id);
});

test('a run’s document returns to the canvas, and the one that was there can be had back', async () => {
  const { app, run } = await trained();
  app.project.edit('Rename', (before) => setName(before, 'Mine'));
  await restoreDocument(app, run);
  const restored = app.project.document;
  app.notices.list.find(({ action }) => action?.label === 'Go back')?.action?.run();
  expect([restored, app.project.document.name]).toEqual([document, 'Mine']);
});

test('a run held against the canvas marks what was edited since, as it is edited', async () => {
  const { app, run } = await trained();
  await holdAgainstCanvas(app, run);
  const before = app.difference.isSame;
  app.project.edit('Units', (now) => setParam(now, 'h1', 'units', 3));
  expect([before, app.difference.isSame, app.difference.of('h1')?.params]).toEqual([
    true,
    false,
    [{ name: 'units', before: 16, after: 3 }],
  ]);
  app.difference.close();
  expect(app.difference.of('h1')).toBeUndefined();
});

test('notes and tags stay with the run', async () => {
  const { app, run } = await trained();
  await annotateRun(app, run, { notes: 'tanh was enough' });
  await annotateRun(app, app.runs.list[0] ?? run, { tags: ['small', 'keep'] });
  await app.runs.refresh();
  expect(app.runs.list[0]).toMatchObject({ notes: 'tanh was enough', tags: ['small', 'keep'] });
});

test('tags given while notes are still on their way leave the notes as they were written', async () => {
  const { app, run } = await trained();
  await Promise.all([annotateRun(app, run, { notes: 'tanh was enough' }), annotateRun(app, run, { tags: ['small'] })]);
  const shown = app.runs.list[0];
  await app.runs.refresh();
  const wanted = { notes: 'tanh was enough', tags: ['small'] };
  expect([shown, app.runs.list[0]]).toMatchObject([wanted, wanted]);
});

test('a stopped run goes on from where it was', async () => {
  const { app, host } = await trained();
  await app.run.start({ ...document, training: { ...document.training, epochs: 100_000 } });
  const runId = app.run.runId ?? '';
  await host.until((progress) => progress.runId === runId && progress.epoch > 5);
  await app.run.stop();
  app.project.edit('Rename', (before) => setName(before, 'Mine'));
  app.project.edit('Change', (before) => ({ ...before, training: { ...before.training, seed: 5 } }));
  await app.runs.refresh();
  const stopped = app.runs.list.find(({ id }) => id === runId);
  if (stopped === undefined) throw new Error('the stopped run is not in the list');
  await resumeRun(app, stopped);
  const later = await host.until((progress) => progress.runId === runId && progress.epoch > stopped.epoch + 5);
  expect([app.run.runId, app.run.records[0]?.epoch, later.status]).toEqual([runId, 1, 'running']);
  expect(app.notices.list.some(({ action }) => action?.label === 'Go back')).toBe(true);
});

/** A CSV file on its way into the document, against a whole host: real store, real engine process. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished, expect, test, vi } from 'vitest';
import { setData } from '../../../src-core/graph/edit.ts';
import { twoSpirals } from '../../../src-core/templates/two-spirals.ts';
import { CsvDraft } from '../../../src-renderer/data/csv-draft.svelte.ts';
import { AppState } from '../../../src-renderer/state/app.svelte.ts';
import { connectTo } from '../../helpers/window-on-host.ts';
import { startHost, type TestHost } from '../../main/services/helpers.ts';

const keep = { getItem: () => null, setItem: () => undefined };

async function open(): Promise<{ app: AppState; draft: CsvDraft; host: TestHost }> {
  const host = startHost();
  const app = new AppState({ document: twoSpirals.document, keep, systemDark: false });
  app.host.up(await connectTo(host));
  onTestFinished(() => app.host.down());
  return { app, draft: new CsvDraft(app), host };
}

const csv = (text: string, name = 'flowers.csv'): File => new File([text], name);
const FLOWERS = [
  'size;colour;kind',
  ...Array.from({ length: 20 }, (_, i) => `${i},5;${i % 2 ? 'red' : 'blue'};${'abc'[i % 3]}`),
];

test('a file with semicolons and decimal commas is read, guessed, and used as one entry of the history', async () => {
  const { app, draft } = await open();
  await draft.take(csv(FLOWERS.join('\n')));
  expect([draft.error, draft.task, draft.roles]).toEqual([
    null,
    'multiclass',
    { size: 'input', colour: 'input', kind: 'target' },
  ]);
  await draft.use();
  expect(app.project.document.data).toEqual({
    kind: 'csv',
    path: 'flowers.csv',
    inputs: ['size', 'colour'],
    target: ['kind'],
    task: 'multiclass',
    delimiter: ';',
    decimal: ',',
    categorical: ['colour'],
    standardize: true,
    validation: { fraction: 0.2, stratify: true },
  });
  app.project.undo();
  expect(app.project.document).toEqual(twoSpirals.document);
});

test('a file larger than one piece arrives byte for byte', async () => {
  const { draft, host } = await open();
  const text = `x,y\n${'1.25,0.5\n'.repeat(150_000)}`;
  await draft.take(csv(text, 'long.csv'));
  expect([draft.inspection?.rowCount, draft.progress]).toEqual([150_000, null]);
  expect(readFileSync(join(host.folder, 'files', 'long.csv'), 'utf8') === text).toBe(true);
});

test('a long file shows how far its reading has come, and is given up without a word', async () => {
  const { app, draft } = await open();
  const seen: number[] = [];
  app.host.services?.data.on('reading', () => seen.push(draft.progress ?? NaN));
  await draft.take(csv(`x,y\n${'1.25,0.5\n'.repeat(600_000)}`, 'long.csv'));
  expect([draft.inspection?.rowCount, draft.progress, draft.isReading, seen.length > 0]).toEqual([
    600_000,
    null,
    false,
    true,
  ]);
  draft.close();
  seen.length = 0;
  const taking = draft.take(csv(`x,y\n${'2.25,0.5\n'.repeat(600_000)}`, 'other.csv'));
  await vi.waitFor(() => expect(seen.length).toBeGreaterThan(0), { timeout: 20_000 });
  draft.cancel();
  await taking;
  expect([draft.inspection, draft.error, draft.isBusy, draft.progress]).toEqual([null, null, false, null]);
});

test('a file that is no table is one message, and the document stays as it is', async () => {
  const { app, draft } = await open();
  await draft.take(csv('a,b\n1,2\n3\n', 'bad.csv'));
  expect(draft.error).toBe('bad.csv: row 2 (line 3): expected 2 fields, got 1');
  expect([draft.inspection, app.project.document]).toEqual([null, twoSpirals.document]);
});

test('what the engine refuses does not enter the document', async () => {
  const { app, draft } = await open();
  await draft.take(csv('x,y\n1,a\n,b\n3,a\n4,b\n'));
  draft.missing = 'error';
  await draft.use();
  expect(draft.error).toContain('column "x"');
  expect(app.project.document).toEqual(twoSpirals.document);
  draft.missing = 'drop';
  await draft.use();
  expect([draft.error, app.project.document.data['missing']]).toEqual([null, 'drop']);
});

test('cells that stand for no value are known, more can be named, and a column of numbers comes of it', async () => {
  const { app, draft } = await open();
  const rows = Array.from(
    { length: 30 },
    (_, i) => `${i === 3 ? 'NA' : i},${i === 7 ? 'broken' : i / 2},${'ab'[i % 2]}`,
  );
  await draft.take(csv(['x,z,kind', ...rows].join('\n')));
  expect([draft.roles, draft.strays, draft.missingCount, draft.missing]).toEqual([
    { x: 'input', z: 'ignore', kind: 'target' },
    [{ name: 'z', count: 1, cells: ['broken'] }],
    1,
    'drop',
  ]);
  draft.setRole('x', 'ignore');
  await draft.treatAsMissing(['broken']);
  expect([draft.roles, draft.strays]).toEqual([{ x: 'ignore', z: 'input', kind: 'target' }, []]);
  await draft.use();
  const { data } = app.project.document;
  expect([data['missing_values'], data['missing'], app.data.preview?.rowCount]).toEqual([['NA', 'broken'], 'drop', 29]);
  await draft.edit(data);
  expect(draft.spec()).toEqual(data);
});

test('gaps among labels have no mean, which is said before anything is used', async () => {
  const { draft } = await open();
  await draft.take(csv('x,kind,label\n1,a,yes\n,b,no\n3,,yes\n4,a,no\n'));
  draft.missing = 'mean';
  expect(draft.gap).toBe('kind has gaps that no mean can fill: leave those rows out, or ignore the column.');
  draft.setRole('kind', 'ignore');
  expect(draft.gap).toBeNull();
});

test('a file of another name keeps shares, but not rows that lie in files', async () => {
  const { app, draft } = await open();
  const parts = { validation: { path: 'old-test.csv' }, test: { fraction: 0.1 } };
  app.project.edit('x', (document) => setData(document, { kind: 'csv', path: 'old.csv', ...parts }));
  await draft.take(csv(FLOWERS.join('\n')));
  expect(draft.spec()).toMatchObject({ path: 'flowers.csv', test: { fraction: 0.1 } });
  expect(draft.spec()).not.toHaveProperty('validation');
});

test('a new target takes the place of the old one, and the task follows it', async () => {
  const { draft } = await open();
  await draft.take(csv(FLOWERS.join('\n')));
  draft.setRole('colour', 'target');
  expect([draft.roles, draft.task]).toEqual([{ size: 'input', colour: 'target', kind: 'input' }, 'binary']);
  draft.setTask('regression');
  draft.setRole('size', 'target');
  expect([draft.task, draft.targets.map(({ name }) => name)]).toEqual(['regression', ['size', 'colour']]);
});

test('the columns of the open document can be chosen anew, as they were', async () => {
  const { app, draft } = await open();
  await draft.take(csv(FLOWERS.join('\n')));
  draft.setRole('colour', 'ignore');
  draft.isStandardized = false;
  await draft.use();
  const { data } = app.project.document;
  await draft.edit(data);
  expect(draft.spec()).toEqual(data);
});

/** What a stored run is taken home as: every kind of the registries, read by what it is meant for. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import { folders } from '../../../src-core/formats/folders.ts';
import { openWeights } from '../../../src-core/formats/open-weights.ts';
import { formats } from '../../../src-core/formats/registry.ts';
import { runners } from '../../../src-core/formats/runners/registry.ts';
import { PART_BYTES } from '../../../src-main/engine/part-sender.ts';
import { cli } from '../cli/run-cli.ts';
import { tempFolder } from '../store/helpers.ts';
import { fetchExport, startHost } from './helpers.ts';
import { recipe } from './recipe.ts';

async function trained(units?: number) {
  const host = startHost();
  const document = recipe({ epochs: 3, ...(units === undefined ? {} : { units }) });
  const { runId } = await host.training.start({ document, paused: false });
  await host.untilStatus(runId, 'done');
  const take = (kind: string) => fetchExport(host, { runId, which: 'last', kind });
  return { host, runId, take };
}

/** Unpacks into a folder and returns it. */
function unpack(bytes: Uint8Array): { folder: string; names: string[] } {
  const folder = tempFolder();
  const files = unzipSync(bytes);
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return { folder, names: Object.keys(files) };
}

test('every format, folder and runner of the registries is offered, and makes a file with its ending', async () => {
  const { host, take } = await trained();
  const kinds = await host.runs.exportKinds({});
  expect(kinds.map(({ id }) => id)).toEqual([formats, folders, runners].flatMap((ids) => Object.keys(ids)));
  for (const { id, extension } of kinds) {
    const { name, bytes, leftOut } = await take(id);
    expect([name.endsWith(extension), bytes.length > 100, leftOut], id).toEqual([true, true, null]);
  }
});

test('a kind that nobody knows is refused with those that there are', async () => {
  const { take } = await trained();
  await expect(take('tar')).rejects.toThrow(
    'export: expected one of json, onnx, safetensors, pytorch, js, python, got tar',
  );
});

test('the PyTorch folder holds the rows; where they are gone it goes without them and says so', async () => {
  const { host, take } = await trained();
  const { names } = unpack((await take('pytorch')).bytes);
  const root = 'spirals-with-dropout-pytorch';
  const files = ['model.py', 'train.py', 'project.json', 'weights.safetensors', 'data.safetensors'];
  expect(names).toEqual(files.map((name) => `${root}/${name}`));
  const path = join(host.folder, 'files', 'points.csv');
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, ['x1,x2,y', ...Array.from({ length: 40 }, (_, i) => `${i},${i % 7},${i % 2}`)].join('\n'));
  const data = { kind: 'csv', path: 'points.csv', inputs: ['x1', 'x2'], target: ['y'], task: 'binary' };
  const { runId } = await host.training.start({ document: { ...recipe({ epochs: 1 }), data }, paused: false });
  await host.untilStatus(runId, 'done');
  writeFileSync(path, 'gone');
  const poor = await fetchExport(host, { runId, which: 'best', kind: 'pytorch' });
  expect(Object.keys(unzipSync(poor.bytes))).toEqual(files.slice(0, -1).map((name) => `${root}/${name}`));
  expect(poor.leftOut).toMatch(/^the rows: .*points\.csv/);
});

test.each([
  { kind: 'js', command: process.execPath, file: 'spirals-with-dropout-js.mjs' },
  { kind: 'python', command: 'python3', file: 'spirals-with-dropout-python.py' },
])('the $kind runner predicts what the window predicts', async ({ kind, command, file }) => {
  const { host, runId, take } = await trained();
  const { folder, names } = unpack((await take(kind)).bytes);
  const root = join(folder, dirname(names[0] ?? ''));
  const rows = [
    [0.5, -1],
    [-2, 0.25],
  ];
  const { encoding } = openWeights((await take('json')).bytes).model;
  writeFileSync(join(root, 'rows.csv'), [encoding.columns, ...rows].map((row) => row.join(',')).join('\n'));
  const { stdout, stderr, status } = spawnSync(command, [file, 'rows.csv'], { cwd: root, encoding: 'utf8' });
  expect([stderr, status]).toEqual(['', 0]);
  const { outputs } = await host.runs.predict({ runId, which: 'last', rows });
  const found = stdout
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => Number(line.split(',')[0]));
  // float32 kernels against float64 loops
  found.forEach((value, i) => expect(value).toBeCloseTo(outputs[i]?.[0] ?? NaN, 5));
  expect(found).toHaveLength(rows.length);
});

/** Enough for a state of several pieces and a file of several parts. */
const MANY_UNITS = 40_000;
/** A large network is trained, exported twice, and read. */
const PATIENCE_MS = 120_000;

test.each(['json', 'onnx', 'safetensors'])(
  'a large network as %s is what the command line writes, byte for byte',
  async (kind) => {
    const { host, runId, take } = await trained(MANY_UNITS);
    const { bytes } = await take(kind);
    const folder = tempFolder();
    const store = ['--store', join(host.folder, 'netloom.sqlite')];
    const said = await cli(
      folder,
      'runs',
      'export',
      runId,
      '--which',
      'last',
      '--format',
      kind,
      '--out',
      'file',
      ...store,
    );
    expect([said.code, bytes.length > PART_BYTES]).toEqual([0, true]);
    expect(Buffer.compare(readFileSync(join(folder, 'file')), bytes)).toBe(0);
  },
  PATIENCE_MS,
);

test.each([
  { kind: 'pytorch', words: ['--format', 'pytorch', '--out', 'made'] },
  { kind: 'js', words: ['--format', 'json', '--runner', 'js', '--out', 'made/spirals-with-dropout-js.json'] },
])(
  'the zip of $kind holds the files that the command line writes, byte for byte',
  async ({ kind, words }) => {
    const { host, runId, take } = await trained(MANY_UNITS);
    const files = unzipSync((await take(kind)).bytes);
    const folder = tempFolder();
    mkdirSync(join(folder, 'made'));
    writeFileSync(join(folder, 'project.json'), JSON.stringify(host.store.source(runId).document));
    writeFileSync(join(folder, 'weights.json'), (await take('json')).bytes);
    const project = kind === 'pytorch' ? ['--project', 'project.json'] : [];
    const said = await cli(folder, 'export', 'weights.json', ...words, ...project);
    expect([said.err, said.code]).toEqual([expect.any(String), 0]);
    const made = readdirSync(join(folder, 'made'));
    expect(
      Object.keys(files)
        .map((name) => basename(name))
        .toSorted(),
    ).toEqual(made.toSorted());
    for (const [name, bytes] of Object.entries(files))
      expect(Buffer.compare(readFileSync(join(folder, 'made', basename(name))), bytes), name).toBe(0);
  },
  PATIENCE_MS,
);

test('an export that was given up is gone, and so is one that was fetched to its end', async () => {
  const { host, runId } = await trained(MANY_UNITS);
  const begin = (job: string) =>
    host.runs.exportWeights({ runId, which: 'last', allowNonFinite: false, kind: 'json', job });
  const gone = { code: 'export.gone' };
  await begin('given up');
  expect((await host.runs.exportPart({ job: 'given up', part: 0 })).isLast).toBe(false);
  await host.data.cancel({ job: 'given up' });
  await expect(host.runs.exportPart({ job: 'given up', part: 1 })).rejects.toMatchObject(gone);
  await begin('fetched');
  await expect(host.runs.exportPart({ job: 'fetched', part: 1 })).rejects.toMatchObject(gone);
  let part = 0;
  while (!(await host.runs.exportPart({ job: 'fetched', part })).isLast) part++;
  await expect(host.runs.exportPart({ job: 'fetched', part: part + 1 })).rejects.toMatchObject(gone);
});

test('an export can be given up while it is being prepared', async () => {
  const { host, runId } = await trained(MANY_UNITS);
  const begun = Promise.resolve(host.runs.exportWeights({ runId, which: 'last', allowNonFinite: false, job: 'early' }));
  const isRefused = expect(begun).rejects.toMatchObject({ code: 'data.cancelled' });
  let isOver = false;
  begun.then(
    () => (isOver = true),
    () => (isOver = true),
  );
  while (!isOver) await host.data.cancel({ job: 'early' });
  await isRefused;
});

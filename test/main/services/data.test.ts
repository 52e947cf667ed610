/** Files brought in through the window: whole, under a free name, inside the data folder; and looked into by the engine. */
import { linkSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { startHost, type TestHost } from './helpers.ts';

const CSV = 'x1,x2,class\n1.5,2,a\n2.5,3,b\n0.5,1,a\n3,4,b\n';

const PIECE = 1000;

async function upload(host: TestHost, name: string, content: Uint8Array): Promise<string | null> {
  for (let offset = 0; ; offset += PIECE) {
    const bytes = new Uint8Array(content.subarray(offset, offset + PIECE));
    const { path } = await host.data.upload({ name, offset, total: content.length, bytes });
    if (offset + PIECE >= content.length) return path;
  }
}

const namesIn = (host: TestHost): string[] => readdirSync(join(host.folder, 'files')).sort();

test('a file that comes in pieces stands in the folder whole, and nothing beside it', async () => {
  const host = startHost();
  const content = Uint8Array.from({ length: 10_001 }, (_, i) => i % 251);
  expect(await upload(host, 'table.csv', content)).toBe('table.csv');
  expect(readFileSync(join(host.folder, 'files', 'table.csv'))).toEqual(Buffer.from(content));
  expect(namesIn(host)).toEqual(['table.csv']);
  expect(await host.data.files({})).toEqual([{ name: 'table.csv', sizeBytes: 10_001 }]);
});

test('another file of the same name gets a name of its own, the same file again does not', async () => {
  const host = startHost();
  expect(await upload(host, 'iris.csv', Buffer.from('one'))).toBe('iris.csv');
  expect(await upload(host, 'iris.csv', Buffer.from('two'))).toBe('iris-2.csv');
  expect(await upload(host, 'iris.csv', Buffer.from('one'))).toBe('iris.csv');
  expect(await upload(host, 'iris.csv', Buffer.from('two'))).toBe('iris-2.csv');
  expect(namesIn(host)).toEqual(['iris-2.csv', 'iris.csv']);
});

test('a link that stands in the place of the name is not followed', async () => {
  const host = startHost();
  mkdirSync(join(host.folder, 'files'));
  const outside = join(host.folder, 'outside.txt');
  writeFileSync(outside, 'not yours');
  symlinkSync(outside, join(host.folder, 'files', 'a.csv'));
  expect(await upload(host, 'a.csv', Buffer.from('mine'))).toBe('a-2.csv');
  expect(readFileSync(outside, 'utf8')).toBe('not yours');
});

test('pieces out of order and more than announced are refused, and leave nothing', async () => {
  const host = startHost();
  const piece = (offset: number, total: number) =>
    host.data.upload({ name: 'a.csv', offset, total, bytes: Buffer.alloc(10) });
  await piece(0, 100);
  await expect(piece(20, 100)).rejects.toMatchObject({ code: 'host.upload_order' });
  await expect(piece(10, 100)).rejects.toMatchObject({ code: 'host.upload_order' });
  await expect(piece(0, 5)).rejects.toMatchObject({ code: 'host.upload_size' });
  expect(namesIn(host)).toEqual([]);
});

test('an upload that was never finished is gone when the host closes', async () => {
  const host = startHost();
  await host.data.upload({ name: 'a.csv', offset: 0, total: 100, bytes: Buffer.alloc(10) });
  expect(namesIn(host)).toHaveLength(1);
  await host.close();
  expect(namesIn(host)).toEqual([]);
});

test('an empty file is a file', async () => {
  const host = startHost();
  expect(await upload(host, 'empty.csv', new Uint8Array())).toBe('empty.csv');
});

test('an uploaded table is inspected and previewed by the engine', async () => {
  const host = startHost();
  await upload(host, 'points.csv', Buffer.from(CSV));
  const inspection = await host.data.inspectCsv({ path: 'points.csv' });
  expect(inspection).toMatchObject({ path: 'points.csv', delimiter: ',', header: true, rowCount: 4 });
  expect(inspection.columns.map(({ name, type }) => [name, type])).toEqual([
    ['x1', 'number'],
    ['x2', 'number'],
    ['class', 'category'],
  ]);
  const data = { kind: 'csv', path: 'points.csv', inputs: ['x1', 'x2'], target: ['class'], task: 'binary' };
  expect(await host.data.preview({ data })).toMatchObject({ task: 'binary', classes: ['a', 'b'], rowCount: 4 });
});

describe('a long file', () => {
  const LONG = `x,y\n${'1.25,0.5\n'.repeat(1_000_000)}`;

  test('tells how far its reading has come, in order', async () => {
    const host = startHost();
    await upload(host, 'long.csv', Buffer.from(LONG));
    const { rowCount } = await host.data.inspectCsv({ path: 'long.csv', job: 'one' });
    const shares = host.readings.map(({ share }) => share);
    expect(rowCount).toBe(1_000_000);
    expect(shares.length).toBeGreaterThan(1);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(new Set(host.readings.map(({ job }) => job))).toEqual(new Set(['one']));
  });

  test('is given up when asked, and the engine goes on', async () => {
    const host = startHost();
    await upload(host, 'long.csv', Buffer.from(LONG));
    const data = { kind: 'csv', path: 'long.csv', inputs: ['x'], target: ['y'], task: 'regression' };
    const reading = Promise.resolve(host.data.preview({ data, job: 'two' })).catch((error: unknown) => error);
    await vi.waitFor(() => expect(host.readings.length).toBeGreaterThan(0), { timeout: 20_000 });
    await host.data.cancel({ job: 'two' });
    expect(await reading).toMatchObject({ code: 'data.cancelled' });
    expect(await host.data.cancel({ job: 'two' })).toBe(null);
    expect(host.engineStates.at(-1)?.state).toBe('up');
  });
});

test.each(['../netloom.sqlite', '/etc/hostname', 'sub/../../netloom.sqlite', 'link.csv', 'missing.csv', '.'])(
  'the engine does not read %s for a window',
  async (path) => {
    const host = startHost();
    await upload(host, 'points.csv', Buffer.from(CSV));
    symlinkSync('/etc/hostname', join(host.folder, 'files', 'link.csv'));
    await expect(host.data.inspectCsv({ path })).rejects.toMatchObject({ code: 'data.unreadable' });
  },
);

test('a named pipe is no file, and does not hold up the engine', async () => {
  const host = startHost();
  await upload(host, 'points.csv', Buffer.from(CSV));
  spawnSync('mkfifo', [join(host.folder, 'files', 'pipe.csv')]);
  await expect(host.data.inspectCsv({ path: 'pipe.csv' })).rejects.toThrow(
    'pipe.csv: cannot be read (it is not a file)',
  );
});

test('a hard link inside the folder is an ordinary file', async () => {
  const host = startHost();
  await upload(host, 'points.csv', Buffer.from(CSV));
  linkSync(join(host.folder, 'files', 'points.csv'), join(host.folder, 'files', 'again.csv'));
  expect(await host.data.inspectCsv({ path: 'again.csv' })).toMatchObject({ rowCount: 4 });
});

describe('a folder of pictures', () => {
  const dot = readFileSync(join(import.meta.dirname, '../../reference/datasets/pictures.json'), 'utf8');
  const { pictures } = JSON.parse(dot) as { pictures: { file: string }[] };
  const picture = (at: number): Uint8Array<ArrayBuffer> =>
    new Uint8Array(Buffer.from(pictures[at]?.file ?? '', 'base64'));
  const spec = { kind: 'images', path: 'pets', size: [4, 6], grayscale: true };
  const job = 'a-job';

  async function bringIn(host: TestHost): Promise<string | null> {
    const [cat, dog] = [picture(0), picture(1)];
    const first = { path: 'cat/1.png', offset: 0, bytes: cat };
    await host.data.uploadFolder({ job, name: 'pets', pieces: [first], isLast: false });
    const pieces = [
      { path: 'dog/1.png', offset: 0, bytes: new Uint8Array(dog.subarray(0, 50)) },
      { path: 'dog/1.png', offset: 50, bytes: new Uint8Array(dog.subarray(50)) },
      { path: 'dog/more/2.png', offset: 0, bytes: cat },
    ];
    return (await host.data.uploadFolder({ job, name: 'pets', pieces, isLast: true })).path;
  }

  test('comes in as many small pieces, whole, and is read with its classes', async () => {
    const host = startHost();
    const path = await bringIn(host);
    const { classes, trainingCount, inputNames } = await host.data.preview({ data: spec });
    expect([path, namesIn(host), classes, trainingCount, inputNames.length]).toEqual([
      'pets',
      ['pets'],
      ['cat', 'dog'],
      3,
      24,
    ]);
  });

  test('gets a name of its own beside one of the same name', async () => {
    const host = startHost();
    expect([await bringIn(host), await bringIn(host)]).toEqual(['pets', 'pets-2']);
  });

  test('leaves nothing when it is given up, refused or never finished', async () => {
    const host = startHost();
    const piece = { path: 'cat/1.png', offset: 0, bytes: picture(0) };
    await host.data.uploadFolder({ job, name: 'pets', pieces: [piece], isLast: false });
    await host.data.dropUpload({ job });
    const given = namesIn(host);
    const late = { ...piece, offset: 7 };
    await expect(host.data.uploadFolder({ job, name: 'pets', pieces: [late], isLast: false })).rejects.toMatchObject({
      code: 'host.upload_order',
    });
    const refused = namesIn(host);
    await host.data.uploadFolder({ job, name: 'pets', pieces: [piece], isLast: false });
    await host.close();
    expect([given, refused, namesIn(host)]).toEqual([[], [], []]);
  });

  test('that is a file, or not there, is told so', async () => {
    const host = startHost();
    await upload(host, 'pets', Buffer.from('no folder'));
    await expect(host.data.preview({ data: spec })).rejects.toThrow('pets: cannot be read (it is not a folder)');
    const gone = host.data.preview({ data: { ...spec, path: 'gone' } });
    await expect(gone).rejects.toThrow('gone: cannot be read (there is no such file)');
  });
});

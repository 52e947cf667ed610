/** Files that a window writes piece by piece: whole at their place or not at all. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { OpenFiles } from '../../../src-main/services/open-files.ts';
import { tempFolder } from '../store/helpers.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

test('a file stands at its place once it is finished, and the old one until then', async () => {
  const folder = tempFolder();
  const path = join(folder, 'weights.json');
  writeFileSync(path, 'old');
  const files = new OpenFiles();
  const file = await files.begin(path);
  await files.add(file, bytes('new '));
  await files.add(file, bytes('weights'));
  expect(readFileSync(path, 'utf8')).toBe('old');
  await files.finish(file);
  expect([readFileSync(path, 'utf8'), readdirSync(folder)]).toEqual(['new weights', ['weights.json']]);
});

test('a file that was given up leaves nothing behind, and takes no more', async () => {
  const folder = tempFolder();
  const files = new OpenFiles();
  const given = await files.begin(join(folder, 'a.json'));
  const closed = await files.begin(join(folder, 'b.json'));
  await files.add(given, bytes('some'));
  await files.add(closed, bytes('some'));
  await files.drop(given);
  await files.close();
  expect(readdirSync(folder)).toEqual([]);
  await expect(files.add(given, bytes('more'))).rejects.toMatchObject({ code: 'file.given_up' });
  await expect(files.finish(closed)).rejects.toMatchObject({ code: 'file.given_up' });
});

test('so many are open at once that the oldest must be one of a window that is gone', async () => {
  const folder = tempFolder();
  const files = new OpenFiles();
  const oldest = await files.begin(join(folder, 'oldest'));
  for (let i = 0; i < 8; i++) await files.begin(join(folder, String(i)));
  expect(readdirSync(folder)).toHaveLength(8);
  await expect(files.add(oldest, bytes('more'))).rejects.toMatchObject({ code: 'file.given_up' });
  await files.close();
});

test('a place where nothing can be written is said so', async () => {
  const path = join(tempFolder(), 'nowhere', 'weights.json');
  await expect(new OpenFiles().begin(path)).rejects.toMatchObject({ code: 'file.no_folder' });
});

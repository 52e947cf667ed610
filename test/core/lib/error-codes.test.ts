/** The catalogue of errors holds no text that nothing raises. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { errorCodes } from '../../../src-core/lib/errors.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const CATALOGUE = join('src-core', 'lib', 'errors');

test('every error of the catalogue is raised somewhere', () => {
  const sources = globSync('src-*/**/*.{ts,svelte}', { cwd: root }).filter((file) => !file.startsWith(CATALOGUE));
  const text = sources.map((file) => readFileSync(join(root, file), 'utf8')).join('\n');
  expect(errorCodes.length).toBeGreaterThan(100);
  expect(errorCodes.filter((code) => !text.includes(`'${code}'`))).toEqual([]);
});

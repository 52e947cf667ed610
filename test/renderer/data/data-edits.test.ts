/** Changes of the data part, and the first guess for a table. */
import { expect, test } from 'vitest';
import { inspectCsv } from '../../../src-core/datasets/inspect-csv.ts';
import { guessRoles, guessTask } from '../../../src-renderer/data/csv-guess.ts';
import { setFeatures, setFraction, setGenerator, setStratify } from '../../../src-renderer/data/data-edits.ts';
import { safeName } from '../../../src-renderer/state/upload.ts';

const spiral = { kind: 'generator', name: 'spiral', samples: 200, noise: 0.2, seed: 3, validation: { fraction: 0.5 } };
const inspect = (text: string) => inspectCsv(new TextEncoder().encode(text), { path: 'a.csv' });

test('another generator keeps samples, noise, seed and split, and drops what was the former one’s own', () => {
  const blobs = { ...setGenerator(spiral, 'blobs'), classes: 5, features: ['x1', 'x1^2'] };
  expect(setGenerator(blobs, 'moons')).toEqual({ ...spiral, name: 'moons' });
});

test('the plain columns as features are the default and are not written', () => {
  const chosen = setFeatures(spiral, ['x1', 'x2', 'x1^2'], ['x1', 'x2']);
  expect(chosen['features']).toEqual(['x1', 'x2', 'x1^2']);
  expect(setFeatures(chosen, ['x1', 'x2'], ['x1', 'x2'])).toEqual(spiral);
});

test('a share of 0 holds nothing out, and another share keeps stratification', () => {
  expect(setFraction(spiral, 0)).not.toHaveProperty('validation');
  expect(setFraction(setStratify(spiral, true), 0.25).validation).toEqual({ fraction: 0.25, stratify: true });
});

test('the last column with few labels is guessed as target, and a column of names is left out', async () => {
  const rows = Array.from({ length: 30 }, (_, i) => `${i / 10},plant ${i},${['a', 'b', 'c'][i % 3]}`);
  const inspection = await inspect(['size,name,species', ...rows].join('\n'));
  expect(guessRoles(inspection)).toEqual({ size: 'input', name: 'ignore', species: 'target' });
  expect(guessTask(inspection, 'species')).toBe('multiclass');
});

test('without labels the last column is the target: few whole numbers are classes, others a value', async () => {
  const wholes = await inspect('x,y\n0.5,0\n0.7,1\n0.1,0\n');
  const values = await inspect('x,y\n0.5,0.25\n0.7,1\n0.1,0\n');
  expect([guessRoles(wholes)['y'], guessTask(wholes, 'y'), guessTask(values, 'y')]).toEqual([
    'target',
    'binary',
    'regression',
  ]);
});

test.each([
  ['the last one before labels further left', 'a,colour,yield\n1,red,2.5\n4,blue,3.5\n5,red,1.5\n', 'yield'],
  ['one that is called so', 'id,Survived,sex\n7,0,m\n3,1,f\n9,1,m\n', 'Survived'],
  ['labels, where the last one is text of all kinds', 'a,kind,note\n1,x,hello\n2,y,\n3,x,\n', 'kind'],
])('the target is %s', async (_, text, target) => {
  const roles = guessRoles(await inspect(text));
  expect(Object.entries(roles).filter(([, role]) => role === 'target')).toEqual([[target, 'target']]);
});

test('a column that only counts the rows is no input', async () => {
  const rows = Array.from({ length: 9 }, (_, i) => `${i + 1},${90 - i},${i * 3},${i % 4},${i % 2}`);
  const counted = await inspect(['c1,customerId,paid,id,label', ...rows].join('\n'));
  expect(guessRoles(counted)).toEqual({
    ...{ c1: 'ignore', customerId: 'ignore', paid: 'input' },
    ...{ id: 'input', label: 'target' }, // values come twice: whatever its name says, they number no rows
  });
});

test('file names become ones the host takes, and keep their ending', () => {
  expect(safeName('../a:b/c.csv')).toBe('-a-b-c.csv');
  expect(safeName('...')).toBe('data.csv');
  expect(safeName(`${'x'.repeat(300)}.csv`)).toMatch(/^x{116}\.csv$/);
});

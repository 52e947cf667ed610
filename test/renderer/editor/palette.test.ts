/** The palette's groups and search, and formulas in plain text. */
import { expect, test } from 'vitest';
import { layers } from '../../../src-core/layers/registry.ts';
import { paletteGroups } from '../../../src-renderer/editor/palette/palette-groups.ts';
import { readableFormula } from '../../../src-renderer/editor/palette/readable-formula.ts';

test('every layer but input and output is offered once', () => {
  const offered = paletteGroups(layers, '').flatMap(({ items }) => items.map(({ type }) => type));
  const expected = Object.keys(layers).filter((type) => type !== 'input' && type !== 'output');
  expect(offered.toSorted()).toEqual(expected.toSorted());
});

test('a search finds layers by every word, and leaves empty groups out', () => {
  const found = paletteGroups(layers, 'pool max').map(({ title, items }) => [title, items.map(({ type }) => type)]);
  expect(found).toEqual([['Images', ['max_pool2d']]]);
});

test.each([
  ['add', 'Add'],
  ['conv', 'Conv 2D'],
  ['at', 'Attention'],
  ['norm', 'Batch norm'],
  ['pool', 'Average pool 2D'],
  ['act', 'Activation'],
  ['relu', 'Activation'],
])('a search for %s finds %s first: names before words of names before descriptions', (query, first) => {
  expect(paletteGroups(layers, query)[0]?.items[0]?.layer.label).toBe(first);
});

test('within a group, too, what starts with the search stands before what only holds it', () => {
  const [images] = paletteGroups(layers, 'conv').map(({ items }) => items.map(({ layer }) => layer.label));
  expect(images?.slice(0, 2)).toEqual(['Conv 2D', 'Transposed conv 2D']);
});

test.each([
  [String.raw`y = f(x W^\top + b)`, 'y = f(x Wᵀ + b)'],
  [String.raw`y = \frac{x - \mu}{\sqrt{\sigma^2 + \epsilon}}`, 'y = (x - μ)/(√(σ^2 + ε))'],
  [String.raw`y = x \odot \mathrm{mask}`, 'y = x ⊙ mask'],
])('the formula %s reads %s', (tex, expected) => {
  expect(readableFormula(tex)).toBe(expected);
});

test('no layer shows a backslash in its tooltip', () => {
  const bad = Object.values(layers)
    .map(({ formula }) => readableFormula(formula))
    .filter((text) => /[\\{}]/.test(text));
  expect(bad).toEqual([]);
});

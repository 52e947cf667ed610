/** The order in which a search shows what it finds. */
import { expect, test } from 'vitest';
import { bestFirst } from '../../../src-renderer/ui/search-rank.ts';

const named = (names: readonly string[], query: string): readonly string[] =>
  bestFirst(names, query, (text) => {
    const [name = '', rest = ''] = text.split(': ');
    return { name, rest };
  });

test('the start of a name comes before the start of a word, that before the middle, that before what is said about it', () => {
  const names = ['Drop: to save', 'Unsaved', 'Quick save', 'Save project'];
  expect(named(names, 'save')).toEqual(['Save project', 'Quick save', 'Unsaved', 'Drop: to save']);
});

test('every word must be found somewhere, in any order and case', () => {
  expect(named(['Save as', 'Save', 'Open as'], 'AS sa')).toEqual(['Save as']);
});

test('what fits alike keeps its order, and without words everything does', () => {
  expect([named(['Bb', 'Ba', 'A'], 'b'), named(['Bb', 'Ba', 'A'], ' ')]).toEqual([
    ['Bb', 'Ba'],
    ['Bb', 'Ba', 'A'],
  ]);
});

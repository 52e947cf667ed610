/** Every template is sound and ready to train. */
import { expect, test } from 'vitest';
import { analyze } from '../../../src-core/analysis/analyze.ts';
import { readProject, writeProject } from '../../../src-core/formats/project.ts';
import { templateOf, templates } from '../../../src-core/templates/registry.ts';

test.each(Object.entries(templates))('%s analyses without a word', (_, { document }) => {
  expect(analyze(document).problems).toEqual([]);
});

test.each(Object.entries(templates))('%s survives saving and opening', (_, { document }) => {
  expect(readProject(writeProject(document)).document).toEqual(document);
});

test.each(Object.entries(templates))('every node of %s has a place of its own', (_, { document }) => {
  const places = document.graph.nodes.map(({ position }) => position && `${position.x} ${position.y}`);
  expect([places.includes(undefined), new Set(places).size]).toEqual([false, places.length]);
});

test('templates are found by the name people type', () => {
  expect([templateOf('two-spirals')?.label, templateOf('constructor'), templateOf('TwoSpirals')]).toEqual([
    'Two spirals',
    undefined,
    undefined,
  ]);
});

test('templates are listed from easy to hard, each at a place of its own', () => {
  const places = Object.values(templates).map(({ place }) => place);
  expect(places).toEqual([...new Set(places)].sort((a, b) => a - b));
  expect(Object.keys(templates)[0]).toBe('perceptron');
});

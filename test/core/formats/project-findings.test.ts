/** Files that are no whole documents: every problem at once, and none that only follows from another. */
import { expect, test } from 'vitest';
import { findProblems } from '../../../src-core/formats/project-findings.ts';
import { twoSpirals } from '../../../src-core/templates/two-spirals.ts';
import { messageOf } from '../../helpers/message-of.ts';
import { changed, type Change } from '../../helpers/change-json.ts';

const said = (changes: readonly Change[]): string[] =>
  findProblems(JSON.stringify(changed(twoSpirals.document, changes))).problems.map(
    ({ severity, message, node }) => `${severity} ${node ?? '-'}: ${message}`,
  );

test('a missing key and settings out of range are told together', () => {
  const changes: Change[] = [
    ['training.loss', undefined],
    ['training.batch_size', 0],
    ['graph.nodes.1.params.units', -1],
    ['data.samples', 1.5],
  ];
  expect(said(changes)).toEqual([
    'error -: training.loss: expected a name, or {"type": name, …}, got nothing',
    'error h1: h1.units: expected a whole number from 1 to 65536, got -1',
    'error -: training.batch_size: expected a whole number from 1 to 10000000, or "full", got 0',
    'error -: data.samples: expected a whole number from 1 to 10000000, got 1.5',
  ]);
});

test('a second node of the same id is told beside a wrong unit, without what follows for its wires', () => {
  const changes: Change[] = [
    ['graph.nodes.2.id', 'h1'],
    ['graph.nodes.1.params.units', 0],
  ];
  expect(said(changes)).toEqual([
    'error -: graph.nodes[2].id: expected an id of its own, not that of graph.nodes[1], got "h1"',
    'error h1: h1.units: expected a whole number from 1 to 65536, got 0',
  ]);
});

test('a node without params is told with its id', () => {
  expect(said([['graph.nodes.1.params', 5]])).toEqual([
    'error h1: graph.nodes[1].params (node h1): expected an object, got 5',
  ]);
});

test('without data nothing is said of rows that are not there', () => {
  expect(
    said([
      ['data', undefined],
      ['training.epochs', 0],
    ]),
  ).toEqual([
    'error -: data: expected an object, got nothing',
    'error -: training.epochs: expected a whole number from 1 to 10000000, got 0',
  ]);
});

test('a file with nothing in it has its three parts told', () => {
  expect(findProblems('{"format": "netloom-project", "version": 1}').problems.map(({ path }) => path)).toEqual([
    'graph',
    'data',
    'training',
  ]);
});

test('what is no project file at all is refused', () => {
  expect(messageOf(() => findProblems('[]'))).toBe('project file: expected an object, got []');
});

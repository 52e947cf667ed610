/** Fitting a network's ends to its data. */
import { expect, test } from 'vitest';
import { analyze } from '../../../src-core/analysis/analyze.ts';
import type { DataFacts } from '../../../src-core/analysis/define.ts';
import type { ProjectDocument } from '../../../src-core/graph/model.ts';
import { pixelNames } from '../../../src-core/datasets/images/pixel-names.ts';
import { twoSpirals } from '../../../src-core/templates/two-spirals.ts';
import { fitNetwork, misfits } from '../../../src-renderer/commands/fit-network.ts';

const facts = (task: DataFacts['task'], inputSize: number, classCount: number): DataFacts => ({
  task,
  inputSize,
  classCount,
  rowCount: 100,
});
const paramsOf = (document: ProjectDocument, id: string) => document.graph.nodes.find((node) => node.id === id)?.params;
const ends = (document: ProjectDocument) => [
  paramsOf(document, 'in'),
  paramsOf(document, 'out'),
  document.training.loss,
];

test('three classes of four columns make the ends four inputs, three softmax units and cross-entropy', () => {
  const fitted = fitNetwork(twoSpirals.document, facts('multiclass', 4, 3));
  expect(ends(fitted)).toEqual([{ shape: [4] }, { units: 3, activation: 'softmax' }, 'cross_entropy']);
});

test('a number to predict makes them one linear unit and squared error', () => {
  const fitted = fitNetwork(twoSpirals.document, facts('regression', 1, 0));
  expect(ends(fitted)).toEqual([{ shape: [1] }, { units: 1, activation: 'linear' }, 'mean_squared_error']);
});

test('nothing is left to fit afterwards, and the layers between stay as they were', () => {
  const wanted = facts('multiclass', 7, 5);
  const fitted = fitNetwork(twoSpirals.document, wanted);
  expect(misfits(analyze(fitted, wanted).problems)).toEqual([]);
  expect([paramsOf(fitted, 'h1'), paramsOf(fitted, 'h2')]).toEqual([
    paramsOf(twoSpirals.document, 'h1'),
    paramsOf(twoSpirals.document, 'h2'),
  ]);
});

test('a network that fits is left alone, the same object', () => {
  expect(fitNetwork(twoSpirals.document, facts('binary', 2, 2))).toBe(twoSpirals.document);
});

test('a network of convolutions takes the pictures of the data as pictures', () => {
  const pictures = { ...facts('multiclass', 108, 4), inputNames: pixelNames([3, 6, 6]) };
  const convolutional = twoSpirals.document.graph.nodes.map((node) =>
    node.id === 'in' ? { ...node, params: { shape: [1, 8, 8] } } : node,
  );
  const graph = { ...twoSpirals.document.graph, nodes: convolutional };
  const [problem] = misfits(analyze({ ...twoSpirals.document, graph }, pictures).problems);
  expect(problem?.fix && paramsOf(problem.fix.apply({ ...twoSpirals.document, graph }), 'in')).toEqual({
    shape: [3, 6, 6],
  });
});

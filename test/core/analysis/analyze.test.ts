/** Analysis: shapes and counts along branches and merges, and the checks that join network, settings and rows. */
import { expect, test } from 'vitest';
import { analyze } from '../../../src-core/analysis/analyze.ts';
import type { DataFacts } from '../../../src-core/analysis/define.ts';
import { nearestName } from '../../../src-core/analysis/names.ts';
import type { ProjectDocument } from '../../../src-core/graph/model.ts';
import { autoencoder } from '../../../src-core/templates/autoencoder.ts';
import { residualMlp } from '../../../src-core/templates/residual-mlp.ts';
import { twoSpirals } from '../../../src-core/templates/two-spirals.ts';
import { changed, type Change } from '../../helpers/change-json.ts';

const spirals = twoSpirals.document;
const withChanges = (document: ProjectDocument, ...changes: Change[]) => changed(document, changes) as ProjectDocument;
const messages = (document: ProjectDocument, data?: DataFacts) =>
  analyze(document, data).problems.map(({ severity, message }) => `${severity}: ${message}`);

test('parameters and operations of two spirals add up as by hand', () => {
  // 2·16+16, 16·16+16, 16·1+1 parameters; per unit: two operations a weight, one for the bias, one for the activation.
  const { parameterCount, flops, nodes } = analyze(spirals);
  expect([parameterCount, flops, nodes['h2']?.parameterCount]).toEqual([48 + 272 + 17, 2 * 304 + 33 + 33, 272]);
});

test('shapes run along branches and merges', () => {
  const { nodes, order } = analyze(residualMlp.document);
  expect(order).toEqual(['in', 'stem', 'a1', 'sum1', 'a2', 'sum2', 'out', 'y']);
  expect(nodes['sum1']).toEqual({
    id: 'sum1',
    inputShapes: [[16], [16]],
    outputShape: [16],
    parameterCount: 0,
    flops: 16,
  });
});

test('images become smaller along convolutions and pools, as by hand', () => {
  const images = withChanges(
    spirals,
    ['graph.nodes.0.params.shape', [1, 28, 28]],
    ['graph.nodes.1', { id: 'h1', type: 'conv2d', params: { filters: 4, kernel_size: [3, 3] } }],
    ['graph.nodes.2', { id: 'h2', type: 'max_pool2d', params: {} }],
  );
  const { nodes, problems } = analyze(images);
  expect([nodes['h1']?.outputShape, nodes['h1']?.parameterCount, nodes['h2']?.outputShape]).toEqual([
    [4, 26, 26],
    4 * 9 + 4,
    [4, 13, 13],
  ]);
  expect(problems.map(({ node, fix }) => [node, fix?.label])).toContainEqual([
    'out',
    'Insert a flatten layer before out',
  ]);
});

test('the flatten that a fix inserts lies on the wire, between its neighbours', () => {
  const images = withChanges(spirals, ['graph.nodes.0.params.shape', [1, 1, 2]]);
  const fix = analyze(images).problems[0]?.fix;
  const { graph } = fix?.apply(images) ?? spirals;
  expect([graph.nodes.at(-1), graph.edges.slice(0, 2)]).toEqual([
    { id: 'flatten_1', type: 'flatten', params: {}, position: { x: 110, y: 0 } },
    [
      { from: 'in', to: 'flatten_1' },
      { from: 'flatten_1', to: 'h1' },
    ],
  ]);
});

test('nothing downstream of a problem is reported for its sake', () => {
  const { problems, nodes } = analyze(withChanges(spirals, ['graph.nodes.1.params.units', -1]));
  expect([problems.length, nodes['h2']?.outputShape, nodes['in']?.outputShape]).toEqual([1, undefined, [2]]);
});

test('with a cycle there is no order, and everything else is still checked', () => {
  const { order, problems } = analyze(
    withChanges(
      spirals,
      ['graph.edges.+', { from: 'h2', to: 'h1' }],
      ['graph.nodes.3.params.units', 0],
      ['training.epochs', 0],
    ),
  );
  expect([order, problems.map(({ code }) => code)]).toEqual([
    [],
    ['graph.cycle', 'graph.too_many_inputs', 'field.range', 'field.range'],
  ]);
});

test('node ids that are names of Object are nodes like others', () => {
  const odd = withChanges(
    spirals,
    ['graph.nodes.1.id', '__proto__'],
    ['graph.nodes.2.id', 'constructor'],
    ['graph.edges.0.to', '__proto__'],
    ['graph.edges.1', { from: '__proto__', to: 'constructor' }],
    ['graph.edges.2.from', 'constructor'],
  );
  const { problems, order, nodes } = analyze(odd);
  expect([problems, order, Object.keys(nodes)]).toEqual([[], odd.graph.nodes.map(({ id }) => id), order]);
});

const flowers: DataFacts = {
  task: 'multiclass',
  inputSize: 4,
  classCount: 3,
  rowCount: 100,
  classes: ['a', 'b', 'c'],
  inputNames: ['length', 'width', 'height', 'age'],
  inputRanges: [
    [0, 1],
    [-20, 3],
    [0, 1],
    [0, 1],
  ],
};
const csv = {
  kind: 'csv',
  path: 'f.csv',
  inputs: ['length', 'width', 'height', 'age'],
  target: ['kind'],
  task: 'multiclass',
};

test('what the loaded rows tell goes before what the document tells', () => {
  const document = withChanges(spirals, ['data', csv]);
  expect(messages(document, flowers)).toEqual([
    "error: data: expected 2 values a row to fill the input shape [2], got 4 (length, width, height, age); change the input's shape to [4]",
    'error: out: expected 3 output values (one per class), got 1',
    'warning: data: column width runs from -20 to 3; standardise the inputs so that all layers learn at one pace',
  ]);
});

test('fixes applied one after another lead to a sound document', () => {
  let document = withChanges(
    spirals,
    ['data', csv],
    ['training.loss', 'mean_squared_error'],
    ['training.batch_size', 500],
  );
  const labels: string[] = [];
  for (let fix = analyze(document, flowers).problems[0]?.fix; fix !== undefined;) {
    labels.push(fix.label);
    document = fix.apply(document);
    fix = analyze(document, flowers).problems[0]?.fix;
  }
  expect(labels).toEqual([
    'Set shape of in to [4]',
    'Set units of out to 3',
    'Set loss to cross_entropy',
    'Set activation of out to softmax',
    'Set batch size to 100',
    'Standardise the inputs',
  ]);
  expect(messages(document, flowers)).toEqual([]);
});

test('several regression targets need as many outputs', () => {
  const facts: DataFacts = { task: 'regression', inputSize: 8, classCount: 0, rowCount: 8, targetSize: 3 };
  expect(messages(autoencoder.document, facts)).toEqual([
    'error: out: expected 3 output values (one per target column), got 8',
  ]);
});

test('a head inside an activation node is seen, and its size found behind it', () => {
  const document = withChanges(
    spirals,
    ['graph.nodes.2', { id: 'h2', type: 'dense', params: { units: 2 } }],
    ['graph.nodes.3', { id: 'out', type: 'activation', params: { function: 'relu' } }],
  );
  expect(analyze(document).problems.map(({ node, path, fix }) => [node, path, fix?.label])).toEqual([
    ['h2', 'h2.units', 'Set units of h2 to 1'],
    ['out', 'out.function', 'Set function of out to sigmoid'],
  ]);
});

test('delta-bar-delta takes a batch of at least all training rows', () => {
  const optimizer = { type: 'delta_bar_delta' };
  const problems = [249, 250, 400, 'full'].map((size) =>
    messages(withChanges(spirals, ['training.optimizer', optimizer], ['training.batch_size', size])),
  );
  expect(problems).toEqual([
    ['error: training.batch_size: expected "full" (or at least the 250 training rows) for delta_bar_delta, got 249'],
    [],
    [],
    [],
  ]);
});

test.each([
  [1, 'mean_squared_error', []],
  [1, 'binary_cross_entropy', []],
  [2, 'mean_squared_error', ['warning: out: sigmoid limits the output of a regression; use linear']],
  [
    2,
    'binary_cross_entropy',
    ['error: training.loss: binary_cross_entropy takes targets from 0 to 1, got 0 to 2; use mean_squared_error'],
  ],
])('a sigmoid head on regression targets from 0 to %d under %s', (most, loss, expected) => {
  const data = {
    kind: 'inline',
    task: 'regression',
    inputs: [
      [0, 0],
      [1, 1],
    ],
    targets: [0, most],
  };
  const document = withChanges(spirals, ['data', data], ['training.loss', loss], ['training.batch_size', 'full']);
  expect(messages(document)).toEqual(expected);
});

test.each([
  ['sigmoid', ['warning: out: sigmoid is unusual before hinge; use linear']],
  ['linear', []],
  ['tanh', []],
])('hinge after %s', (activation, expected) => {
  const document = withChanges(spirals, ['training.loss', 'hinge'], ['graph.nodes.3.params.activation', activation]);
  expect(messages(document)).toEqual(expected);
});

// 250 rows to train on: 249 leaves a batch of one row, 250 and 50 none, 83 leaves one as well.
test.each([
  [1, [2]],
  [249, [250]],
  [83, [84]],
  [50, []],
  ['full', []],
])('batch_norm on vectors with a batch size of %j is refused where a batch has one row', (size, proposals) => {
  const document = withChanges(
    spirals,
    ['graph.nodes.2', { id: 'h2', type: 'batch_norm', params: {} }],
    ['training.batch_size', size],
  );
  const found = analyze(document).problems.map(({ message }) => message);
  expect(found).toEqual(
    proposals.map(
      (proposal) =>
        `h2: batch_norm needs more than one value per channel, got a batch of one row with batch_size ${String(size)}; set batch_size to ${proposal}`,
    ),
  );
});

test.each([
  [{ monitor: 'val_accuracy' }, { fraction: 0 }, 1],
  [{ monitor: 'loss' }, undefined, 0],
  [{}, { path: 'held-out.csv' }, 0],
  [{}, { fraction: 0.1 }, 0],
  [{ monitor: 'accuracy' }, undefined, 0],
  [{ monitor: 'val_f1' }, { fraction: 0.1 }, 1],
  [{ monitor: 'penalty' }, { fraction: 0.1 }, 1],
])('early stopping %j with validation %j has %i problems', (stopping, validation, count) => {
  const document = withChanges(spirals, ['training.early_stopping', stopping], ['data.validation', validation]);
  expect(messages(document)).toHaveLength(count);
});

const facts = { task: 'binary', inputSize: 2, classCount: 2, rowCount: 250 } as const;

test('a name that the history does not hold is refused with those it holds, by task and settings', () => {
  const stop = ['training.early_stopping', { monitor: 'rmse' }] as const;
  const start = 'error: training.early_stopping.monitor: expected one of loss, val_loss, accuracy, val_accuracy';
  expect(messages(withChanges(spirals, stop))).toEqual([`${start}, got "rmse"`]);
  const penalized = withChanges(spirals, stop, ['training.regularization', { l2: 0.1 }]);
  expect(messages(penalized)).toEqual([`${start}, penalty, got "rmse"`]);
  expect(messages(withChanges(penalized, ['training.early_stopping.monitor', 'penalty']))).toEqual([]);
});

test.each([
  ['huber', []],
  [{ type: 'huber', delta: 2 }, []],
  [{ type: 'huber', delta: 0 }, ['error: training.loss.delta: expected a number > 0, got 0']],
  [
    { type: 'hubert' },
    [
      'error: training.loss: expected one of binary_cross_entropy, cross_entropy, hinge, huber, mean_absolute_error, mean_squared_error, got "hubert"',
    ],
  ],
])('a loss may be a name or an object: %j', (loss, expected) => {
  const plane = withChanges(
    spirals,
    ['data', { kind: 'generator', name: 'plane' }],
    ['graph.nodes.3.params.activation', 'linear'],
    ['training.loss', loss],
  );
  expect(messages(plane)).toEqual(expected);
});

test('a dense layer on an image acts on its last axis, with a warning that offers to flatten', () => {
  const image = withChanges(spirals, ['graph.nodes.0.params.shape', [1, 1, 2]]);
  const { nodes, problems } = analyze(image);
  expect(nodes['h1']?.outputShape).toEqual([1, 1, 16]);
  expect(problems.find(({ node }) => node === 'h1')).toMatchObject({
    severity: 'warning',
    message:
      'h1: dense acts on the last axis of [1, 1, 2], so every unit sees 2 values of a row at a time; put a flatten layer before it to have it see them all',
    fix: { label: 'Insert a flatten layer before h1' },
  });
});

test.each([
  [[3, 1, 1], 'conv2d', 'error'],
  [[3, 2, 2], 'conv2d', undefined],
])('batch_norm on images %j wants more rows only where an image is one value', (shape, type, severity) => {
  const document = withChanges(
    spirals,
    ['graph.nodes.0.params.shape', shape],
    ['graph.nodes.1', { id: 'h1', type, params: { filters: 4, kernel_size: [1, 1] } }],
    ['graph.nodes.2', { id: 'h2', type: 'batch_norm', params: {} }],
    ['training.batch_size', 1],
  );
  const found = analyze(document).problems.find(({ code }) => code === 'training.one_value_per_channel');
  expect(found?.severity).toBe(severity);
});

test('ids beyond the vocabulary are found as soon as the data are known', () => {
  const ids = withChanges(
    spirals,
    ['graph.nodes.1', { id: 'h1', type: 'embedding', params: { vocabulary: 4, dims: 2 } }],
    ['graph.nodes.2', { id: 'h2', type: 'flatten', params: {} }],
  );
  const about = (ranges: [number, number][]) =>
    analyze(ids, { ...facts, inputNames: ['x1', 'x2'], inputRanges: ranges })
      .problems.filter(({ code }) => code === 'data.embedding_ids')
      .map(({ message, fix }) => [message, fix?.label]);
  expect(about([[0, 3], [1, 2]])).toEqual([]); // prettier-ignore
  expect(
    about([
      [0, 3],
      [1, 7],
    ]),
  ).toEqual([
    // prettier-ignore
    ['h1: expected whole numbers from 0 to 3 as ids, got x2 from 1 to 7', 'Set vocabulary of h1 to 8'],
  ]);
  expect(
    about([
      [-1, 3],
      [1, 2],
    ]),
  ).toEqual([
    // prettier-ignore
    ['h1: expected whole numbers from 0 to 3 as ids, got x1 from -1 to 3', undefined],
  ]);
});

test('the perceptron takes one linear layer and no other network', () => {
  const simple = withChanges(
    spirals,
    [
      'graph.nodes',
      [spirals.graph.nodes[0] ?? null, { id: 'out', type: 'dense', params: { units: 1 } }, { id: 'y', type: 'output' }],
    ],
    [
      'graph.edges',
      [
        { from: 'in', to: 'out' },
        { from: 'out', to: 'y' },
      ],
    ],
    ['training', { method: 'perceptron', loss: 'hinge', optimizer: { type: 'sgd' } }],
  );
  expect(messages(withChanges(simple, ['graph.nodes.2.params', {}]))).toEqual([]);
  expect(
    messages(withChanges(spirals, ['training.method', 'perceptron'], ['graph.nodes.3.params.activation', 'linear'])),
  ).toEqual([
    'error: training.method: perceptron needs the network input → dense (linear) → output, got input → dense → dense → dense → output',
  ]);
});

test.each([
  ['dens', 'dense'],
  ['Dense', 'dense'],
  ['sigmod', 'sigmoid'],
  ['xyz', undefined],
  ['', undefined],
])('the name nearest to %j is %j', (name, nearest) => {
  expect(nearestName(name, ['dense', 'dropout', 'sigmoid', 'adam'])).toBe(nearest);
});

/** Project files that are wrong: each is refused, or opened with its problems, in exactly these words. */
import { expect, test } from 'vitest';
import { analyze } from '../../../src-core/analysis/analyze.ts';
import { dataKinds } from '../../../src-core/datasets/kinds/registry.ts';
import { generators } from '../../../src-core/datasets/registry.ts';
import { readProject } from '../../../src-core/formats/project.ts';
import { layers } from '../../../src-core/layers/registry.ts';
import { twoSpirals } from '../../../src-core/templates/two-spirals.ts';
import { changed, type Change } from '../../helpers/change-json.ts';
import { messageOf } from '../../helpers/message-of.ts';

const LAYERS = Object.keys(layers).join(', ');
const KINDS = Object.keys(dataKinds).join(', ');
const GENERATORS = Object.keys(generators).join(', ');
const read = (changes: readonly Change[]) => readProject(JSON.stringify(changed(twoSpirals.document, changes)));

/** No document at all: refused, every place on a line of its own. */
const refused: readonly [changes: Change[], message: string][] = [
  [[['format', 'other']], 'format: expected "netloom-project", got "other"'],
  [[['format', undefined]], 'format: expected "netloom-project", got nothing'],
  [[['version', 0]], 'version: expected a whole number ≥ 1, got 0'],
  [[['version', '1']], 'version: expected a whole number ≥ 1, got "1"'],
  [
    [['version', 2]],
    'version: expected at most 1, got 2: the file was made by a newer version of Netloom; update to open it',
  ],
  [[['name', 7]], 'name: expected a text, got 7'],
  [[['graph', []]], 'graph: expected an object, got []'],
  [[['graph.nodes', undefined]], 'graph.nodes: expected a list, got nothing'],
  [[['graph.nodes', {}]], 'graph.nodes: expected a list, got {}'],
  [[['graph.nodes.1', 'h1']], 'graph.nodes[1]: expected a node {"id", "type", "params"}, got "h1"'],
  [
    [['graph.nodes.1.id', '1h']],
    'graph.nodes[1].id: expected an id of letters, digits and _ that does not start with a digit, got "1h"',
  ],
  [
    [['graph.nodes.1.id', undefined]],
    'graph.nodes[1].id: expected an id of letters, digits and _ that does not start with a digit, got nothing',
  ],
  [[['graph.nodes.1.id', 'h2']], 'graph.nodes[2].id: expected an id of its own, not that of graph.nodes[1], got "h2"'],
  [[['graph.nodes.1.type', 5]], 'graph.nodes[1].type (node h1): expected the name of a layer, got 5'],
  [[['graph.nodes.1.params', [1]]], 'graph.nodes[1].params (node h1): expected an object, got [1]'],
  [
    [['graph.nodes.1.position', { x: 1 }]],
    'graph.nodes[1].position (node h1): expected {"x": number, "y": number}, got {"x":1}',
  ],
  [
    [['graph.nodes.1.position', { x: 1, y: '2' }]],
    'graph.nodes[1].position (node h1): expected {"x": number, "y": number}, got {"x":1,"y":"2"}',
  ],
  [[['graph.edges', 'none']], 'graph.edges: expected a list, got "none"'],
  [[['graph.edges.0', null]], 'graph.edges[0]: expected an edge {"from", "to"}, got null'],
  [[['graph.edges.0.from', 3]], 'graph.edges[0].from: expected the id of a node, got 3'],
  [[['graph.edges.0.to', undefined]], 'graph.edges[0].to: expected the id of a node, got nothing'],
  [[['graph.edges.0.slot', -1]], 'graph.edges[0].slot: expected a whole number ≥ 0, got -1'],
  [[['graph.edges.0.slot', 0.5]], 'graph.edges[0].slot: expected a whole number ≥ 0, got 0.5'],
  [[['data', undefined]], 'data: expected an object, got nothing'],
  [[['data.kind', 4]], 'data.kind: expected the name of a kind of data, got 4'],
  [[['data.validation', 0.2]], 'data.validation: expected an object, got 0.2'],
  [[['training', undefined]], 'training: expected an object, got nothing'],
  [[['training.loss', undefined]], 'training.loss: expected the name of a loss, got nothing'],
  [[['training.optimizer', 'adam']], 'training.optimizer: expected {"type": name, …}, got "adam"'],
  [[['training.schedule', { gamma: 0.9 }]], 'training.schedule: expected {"type": name, …}, got {"gamma":0.9}'],
  [[['training.early_stopping', true]], 'training.early_stopping: expected an object, got true'],
  [[['training.method', 1]], 'training.method: expected the name of a method, got 1'],
  [
    [
      ['graph.nodes.0.id', '9'],
      ['training.loss', 1],
      ['graph.edges.1', []],
    ],
    'graph.nodes[0].id: expected an id of letters, digits and _ that does not start with a digit, got "9"\ngraph.edges[1]: expected an edge {"from", "to"}, got []\ntraining.loss: expected the name of a loss, got 1',
  ],
];

test.each(refused)('%j is refused', (changes, message) => {
  expect(messageOf(() => read(changes))).toBe(message);
});

/** Documents that open, with what is wrong; in brackets the fix that is offered. */
const flawed: readonly [changes: Change[], problems: string[]][] = [
  [[['graph.nodes.1.type', 'dens']], [`error: h1.type: expected one of ${LAYERS}, got "dens" [Change h1 to dense]`]],
  [[['graph.nodes.1.type', 'toString']], [`error: h1.type: expected one of ${LAYERS}, got "toString"`]],
  [
    [['graph.nodes.1.params.units', 0]],
    ['error: h1.units: expected a whole number from 1 to 65536, got 0 [Set units of h1 to 8]'],
  ],
  [
    [['graph.nodes.1.params.units', 1.5]],
    ['error: h1.units: expected a whole number from 1 to 65536, got 1.5 [Set units of h1 to 8]'],
  ],
  [
    [['graph.nodes.1.params.units', '12']],
    ['error: h1.units: expected a whole number from 1 to 65536, got "12" [Set units of h1 to 8]'],
  ],
  [
    [['graph.nodes.1.params.units', 65537]],
    ['error: h1.units: expected a whole number from 1 to 65536, got 65537 [Set units of h1 to 8]'],
  ],
  [
    [['graph.nodes.1.params.units', undefined]],
    ['error: h1.units: expected a whole number from 1 to 65536, got nothing [Set units of h1 to 8]'],
  ],
  [
    [['graph.nodes.1.params.activation', 'tan']],
    [
      'error: h1.activation: expected one of elu, gelu, leaky_relu, linear, relu, sigmoid, silu, softmax, softplus, tanh, got "tan" [Set activation of h1 to tanh]',
    ],
  ],
  [
    [['graph.nodes.1.params.activation', { type: 'elu', alpha: 'x' }]],
    ['error: h1.activation.alpha: expected a number, got "x"'],
  ],
  [
    [['graph.nodes.1.params.use_bias', 'yes']],
    ['error: h1.use_bias: expected true or false, got "yes" [Set use_bias of h1 to true]'],
  ],
  [
    [['graph.nodes.1.params.weight_init', 'glorot']],
    [
      'error: h1.weight_init: expected one of constant, glorot_normal, glorot_uniform, he_normal, he_uniform, lecun_normal, normal, ones, uniform, zeros, got "glorot" [Set weight_init of h1 to glorot_uniform]',
    ],
  ],
  [[['graph.nodes.0.params.shape', [0]]], ['error: in.shape[0]: expected a whole number from 1 to 65536, got 0']],
  [
    [['graph.nodes.0.params.shape', [3]]],
    [
      "error: data: expected 3 values a row to fill the input shape [3], got 2 (x1, x2); change the input's shape to [2] [Set shape of in to [2]]",
    ],
  ],
  [
    [['graph.nodes.0.params.shape', 2]],
    ['error: in.shape: expected a list of 1 to 4 whole numbers from 1 to 65536, got 2 [Set shape of in to [2]]'],
  ],
  [
    [['graph.nodes.0.params.shape', [1, 1, 2]]],
    [
      'error: h1: dense: expected a vector [features] or a sequence [time, features], got [1, 1, 2]; put a flatten layer before it [Insert a flatten layer before h1]',
    ],
  ],
  [
    [['graph.nodes.1', { id: 'h1', type: 'dropout', params: { rate: 1 } }]],
    ['error: h1.rate: expected a number in [0, 1), got 1 [Set rate of h1 to 0.5]'],
  ],
  [[['graph.nodes.4.type', 'flatten']], ['error: graph.nodes: expected exactly one node of type output, got none']],
  [
    [
      ['graph.nodes.0.type', 'output'],
      ['graph.nodes.0.params', {}],
    ],
    [
      'error: graph.nodes: expected exactly one node of type input, got none',
      'error: graph.nodes: expected exactly one node of type output, got 2 [Remove y]',
      'error: in: expected one wire in, got none; connect it or remove it',
    ],
  ],
  [
    [
      ['graph.nodes.1.type', 'input'],
      ['graph.nodes.1.params', { shape: [2] }],
    ],
    [
      'error: graph.nodes: expected exactly one node of type input, got 2 [Remove h1]',
      'error: h1: expected no wire into the input, got 1; remove it [Remove the wire from in to h1]',
    ],
  ],
  [
    [['graph.edges.1.from', 'nobody']],
    [
      'error: graph.edges[1].from: expected the id of a node, got "nobody"; remove this edge or add the node [Remove this edge]',
      'error: h2: expected one wire in, got none; connect it or remove it [Remove h2]',
      'error: out: expected a path from the input to this node, got none; connect it or remove it [Remove out]',
      'error: y: expected a path from the input to this node, got none; connect it or remove it [Remove y]',
      'warning: in: no path leads from this node to the output, so it does nothing; connect it or remove it [Remove in]',
      'warning: h1: no path leads from this node to the output, so it does nothing; connect it or remove it [Remove h1]',
    ],
  ],
  [
    [['graph.edges.1.to', 'nobody']],
    [
      'error: graph.edges[1].to: expected the id of a node, got "nobody"; remove this edge or add the node [Remove this edge]',
      'error: h2: expected one wire in, got none; connect it or remove it [Remove h2]',
      'error: out: expected a path from the input to this node, got none; connect it or remove it [Remove out]',
      'error: y: expected a path from the input to this node, got none; connect it or remove it [Remove y]',
      'warning: in: no path leads from this node to the output, so it does nothing; connect it or remove it [Remove in]',
      'warning: h1: no path leads from this node to the output, so it does nothing; connect it or remove it [Remove h1]',
    ],
  ],
  [
    [['graph.edges.+', { from: 'in', to: 'out' }]],
    [
      'error: out: expected one wire in, got 2; remove one, or join them first with add or concat [Remove the wire from in to out]',
    ],
  ],
  [
    [['graph.edges.+', { from: 'out', to: 'h1' }]],
    [
      'error: graph.edges: expected no cycle, got h1 → h2 → out → h1; remove one of these edges [Remove the wire from out to h1]',
      'error: h1: expected one wire in, got 2; remove one, or join them first with add or concat [Remove the wire from out to h1]',
    ],
  ],
  [
    [['graph.edges.+', { from: 'h1', to: 'in' }]],
    [
      'error: graph.edges: expected no cycle, got in → h1 → in; remove one of these edges [Remove the wire from h1 to in]',
      'error: in: expected no wire into the input, got 1; remove it [Remove the wire from h1 to in]',
    ],
  ],
  [
    [['graph.edges', []]],
    [
      'error: h1: expected one wire in, got none; connect it or remove it [Remove h1]',
      'error: h2: expected one wire in, got none; connect it or remove it [Remove h2]',
      'error: out: expected one wire in, got none; connect it or remove it [Remove out]',
      'error: y: expected one wire in, got none; connect it or remove it',
      'warning: in: no path leads from this node to the output, so it does nothing; connect it or remove it [Remove in]',
      'warning: h1: no path leads from this node to the output, so it does nothing; connect it or remove it [Remove h1]',
      'warning: h2: no path leads from this node to the output, so it does nothing; connect it or remove it [Remove h2]',
      'warning: out: no path leads from this node to the output, so it does nothing; connect it or remove it [Remove out]',
    ],
  ],
  [
    [
      ['graph.nodes', []],
      ['graph.edges', []],
    ],
    [
      'error: graph.nodes: expected exactly one node of type input, got none',
      'error: graph.nodes: expected exactly one node of type output, got none',
    ],
  ],
  [
    [['graph.nodes.+', { id: 'extra', type: 'dense', params: { units: 2 } }]],
    [
      'error: extra: expected one wire in, got none; connect it or remove it [Remove extra]',
      'warning: extra: no path leads from this node to the output, so it does nothing; connect it or remove it [Remove extra]',
    ],
  ],
  [
    [
      ['graph.nodes.+', { id: 'extra', type: 'dense', params: { units: 2 } }],
      ['graph.edges.+', { from: 'h1', to: 'extra' }],
    ],
    [
      'warning: extra: no path leads from this node to the output, so it does nothing; connect it or remove it [Remove extra]',
    ],
  ],
  [
    [['graph.nodes.2', { id: 'h2', type: 'add', params: {} }]],
    ['error: h2: expected two or more wires in, got 1; connect another, or remove it'],
  ],
  [
    [
      ['graph.nodes.2', { id: 'h2', type: 'add', params: {} }],
      ['graph.edges.+', { from: 'in', to: 'h2' }],
    ],
    ['error: h2: add: expected inputs of one shape, got [16] and, as input 2, [2]'],
  ],
  [
    [
      ['graph.nodes.2', { id: 'h2', type: 'concat', params: { axis: 1 } }],
      ['graph.edges.+', { from: 'in', to: 'h2' }],
    ],
    ['error: h2: concat: expected inputs that differ only along axis 1, got [16] and [16]'],
  ],
  [
    [
      ['graph.nodes.2', { id: 'h2', type: 'concat', params: {} }],
      ['graph.edges.1.slot', 0],
      ['graph.edges.+', { from: 'in', to: 'h2', slot: 0 }],
    ],
    ['error: h2: expected one wire in slot 0, got 2; give each its own slot'],
  ],
  [
    [
      ['graph.nodes.2', { id: 'h2', type: 'concat', params: {} }],
      ['graph.edges.1.slot', 2],
      ['graph.edges.+', { from: 'in', to: 'h2' }],
    ],
    ['error: h2: expected slots 0 to 2 to be filled, got no wire in slot 1'],
  ],
  [
    [['graph.nodes.2', { id: 'h2', type: 'conv2d', params: { filters: 2, kernel_size: [3, 3] } }]],
    ['error: h2: conv2d: expected an input of shape [channels, height, width], got [16]'],
  ],
  [
    [
      ['graph.nodes.0.params.shape', [1, 1, 2]],
      ['graph.nodes.1', { id: 'h1', type: 'conv2d', params: { filters: 2, kernel_size: [3, 3] } }],
    ],
    [
      'error: h1: window: expected at most 1 (the input\'s length) with padding "valid", got 3; use padding "same" or a smaller window [Set padding of h1 to same]',
    ],
  ],
  [
    [['graph.nodes.1', { id: 'h1', type: 'reshape', params: { shape: [3] } }]],
    ['error: h1: reshape: expected an input of 3 numbers for [3], got [2] with 2'],
  ],
  [
    [['data.kind', 'generatr']],
    [`error: data.kind: expected one of ${KINDS}, got "generatr" [Change the kind to generator]`],
  ],
  [
    [['data.name', 'spirals']],
    [`error: data.name: expected one of ${GENERATORS}, got "spirals" [Change the generator to spiral]`],
  ],
  [[['data.name', undefined]], [`error: data.name: expected one of ${GENERATORS}, got nothing`]],
  [
    [['data.samples', 0]],
    ['error: data.samples: expected a whole number from 1 to 10000000, got 0 [Set samples to 500]'],
  ],
  [
    [['data.samples', 10000001]],
    ['error: data.samples: expected a whole number from 1 to 10000000, got 10000001 [Set samples to 500]'],
  ],
  [[['data.noise', -0.1]], ['error: data.noise: expected a number ≥ 0, got -0.1 [Set noise to 0]']],
  [
    [['data.seed', 1.5]],
    ['error: data.seed: expected a whole number from 0 to 9007199254740991, got 1.5 [Set seed to 1]'],
  ],
  [
    [['data.features', ['x1', 'x3']]],
    [
      'error: data.features: expected names from x1, x2, x1^2, x2^2, x1*x2, sin(x1), sin(x2), each once, got ["x1","x3"]',
    ],
  ],
  [
    [['data.features', ['x1', 'x2', 'x1*x2']]],
    [
      "error: data: expected 2 values a row to fill the input shape [2], got 3 (x1, x2, x1*x2); change the input's shape to [3] [Set shape of in to [3]]",
    ],
  ],
  [[['data.validation', { fraction: 1 }]], ['error: data.validation.fraction: expected a number in [0, 1), got 1']],
  [
    [
      ['data.validation', { fraction: 0.999 }],
      ['data.samples', 10],
    ],
    [
      'error: data.validation: expected to leave rows to train on, but 10 of 10 are held out; choose a smaller fraction',
    ],
  ],
  [
    [['data', { kind: 'csv', path: 'a.csv', inputs: ['a', 'b'], target: 'y', task: 'binaries' }]],
    [
      'error: data.task: expected one of regression, binary, multiclass, got "binaries" [Set task to binary]',
      'error: data.target: expected a list of column names, got "y"',
    ],
  ],
  [
    [['data', { kind: 'csv', path: 'a.csv', inputs: ['a', 'b', 'c'], target: ['y'], task: 'binary' }]],
    [
      "error: data: expected 2 values a row to fill the input shape [2], got 3 (3 columns); change the input's shape to [3] [Set shape of in to [3]]",
    ],
  ],
  [
    [
      [
        'data',
        {
          kind: 'inline',
          task: 'multiclass',
          inputs: [
            [1, 2],
            [3, 4],
            [5, 6],
          ],
          targets: [0, 1, 2],
        },
      ],
    ],
    [
      'error: out: expected 3 output values (one per class), got 1 [Set units of out to 3]',
      'warning: training.batch_size: 32 is more than the 3 rows to train on; every batch will hold all of them [Set batch size to 3]',
    ],
  ],
  [
    [['training.loss', 'binary_crossentropy']],
    [
      'error: training.loss: expected one of binary_cross_entropy, cross_entropy, hinge, huber, mean_absolute_error, mean_squared_error, got "binary_crossentropy" [Set loss to binary_cross_entropy]',
    ],
  ],
  [
    [['training.loss', 'mean_squared_error']],
    [
      'warning: training.loss: mean_squared_error is unusual for a binary task; binary_cross_entropy learns better [Set loss to binary_cross_entropy]',
    ],
  ],
  [
    [['training.loss', 'cross_entropy']],
    [
      'warning: training.loss: cross_entropy is unusual for a binary task; binary_cross_entropy learns better [Set loss to binary_cross_entropy]',
      'warning: out: sigmoid is unusual before cross_entropy; use softmax [Set activation of out to softmax]',
    ],
  ],
  [
    [['training.method', 'newton']],
    [
      'error: training.method: expected one of gradient, perceptron, hill_climbing, numerical_gradient, got "newton" [Set method to gradient]',
    ],
  ],
  [
    [['training.method', 'perceptron']],
    [
      'error: training.method: perceptron needs the network input → dense (linear) → output, got a sigmoid activation [Set method to gradient]',
    ],
  ],
  [
    [
      ['training.method', 'numerical_gradient'],
      ['graph.nodes.1.params.units', 200],
    ],
    [
      'error: training.method: numerical_gradient takes at most 2000 parameters, got 3833; choose gradient [Set method to gradient]',
    ],
  ],
  [
    [['training.optimizer.type', 'adm']],
    [
      'error: training.optimizer.type: expected one of adagrad, adam, adamw, delta_bar_delta, rmsprop, sgd, got "adm" [Set type to adam]',
    ],
  ],
  [
    [['training.optimizer.learning_rate', 0]],
    ['error: training.optimizer.learning_rate: expected a number > 0, got 0 [Set learning rate to 0.001]'],
  ],
  [
    [['training.optimizer.learning_rate', '0.1']],
    ['error: training.optimizer.learning_rate: expected a number > 0, got "0.1" [Set learning rate to 0.001]'],
  ],
  [
    [['training.optimizer.beta1', 1]],
    ['error: training.optimizer.beta1: expected a number in [0, 1), got 1 [Set beta1 to 0.9]'],
  ],
  [
    [['training.optimizer', { type: 'delta_bar_delta' }]],
    [
      'error: training.batch_size: expected "full" (or at least the 250 training rows) for delta_bar_delta, got 32 [Set batch size to full]',
    ],
  ],
  [
    [
      ['training.optimizer', { type: 'sgd', learning_rate: 10 }],
      ['training.regularization', { l2: 0.3 }],
    ],
    [
      'warning: training: learning rate × l2 is 3; from 2 on, weights grow at every step; make one of them smaller [Set l2 to 0.0001]',
    ],
  ],
  [
    [['training.schedule', { type: 'step', step_size: 0 }]],
    ['error: training.schedule.step_size: expected a whole number from 1 to 1000000, got 0 [Set step size to 10]'],
  ],
  [
    [['training.schedule', { type: 'warmup', epochs: 3, then: { type: 'cosin' } }]],
    [
      'error: training.schedule.then: expected one of constant, cosine, exponential, step, got "cosin" [Set then to constant]',
    ],
  ],
  [
    [['training.regularization', { l1: -1 }]],
    ['error: training.regularization.l1: expected a number ≥ 0, got -1 [Set l1 to 0]'],
  ],
  [[['training.gradient_clip', { norm: 0 }]], ['error: training.gradient_clip.norm: expected a number > 0, got 0']],
  [
    [['training.early_stopping', { patience: 0 }]],
    ['error: training.early_stopping.patience: expected a whole number from 1 to 10000000, got 0 [Set patience to 10]'],
  ],
  [
    [
      ['training.early_stopping', {}],
      ['data.validation', undefined],
    ],
    [
      'error: training.early_stopping.monitor: expected validation data to watch val_loss, got none; hold out a part of the data or watch loss [Hold out a fifth of the rows]',
    ],
  ],
  [
    [['training.early_stopping', { monitor: 7 }]],
    ['error: training.early_stopping.monitor: expected a name of the history such as val_loss, got 7'],
  ],
  [[['training.class_weights', { 2: 1 }]], ['error: training.class_weights: expected the labels 0, 1, got "2"']],
  [[['training.class_weights', { 0: -1 }]], ['error: training.class_weights.0: expected a number ≥ 0, got -1']],
  [
    [['training.batch_size', 0]],
    ['error: training.batch_size: expected a whole number from 1 to 10000000, or "full", got 0 [Set batch size to 32]'],
  ],
  [
    [['training.batch_size', 'all']],
    [
      'error: training.batch_size: expected a whole number from 1 to 10000000, or "full", got "all" [Set batch size to 32]',
    ],
  ],
  [
    [['training.batch_size', 400]],
    [
      'warning: training.batch_size: 400 is more than the 250 rows to train on; every batch will hold all of them [Set batch size to 250]',
    ],
  ],
  [
    [['training.epochs', 0]],
    ['error: training.epochs: expected a whole number from 1 to 10000000, got 0 [Set epochs to 100]'],
  ],
  [
    [['training.seed', -1]],
    ['error: training.seed: expected a whole number from 0 to 9007199254740991, got -1 [Set seed to 1]'],
  ],
  [[['training.shuffle', 1]], ['error: training.shuffle: expected true or false, got 1 [Set shuffle to true]']],
  [
    [['training.reduction', 'avg']],
    ['error: training.reduction: expected one of mean, sum, got "avg" [Set reduction to mean]'],
  ],
  [
    [['graph.nodes.3.params.units', 2]],
    ['error: out: expected 1 output value (one for two classes), got 2 [Set units of out to 1]'],
  ],
  [
    [['graph.nodes.3.params.activation', 'softmax']],
    [
      'warning: out: softmax over one value is always 1; use sigmoid, or one unit per class [Set activation of out to sigmoid]',
    ],
  ],
  [
    [['graph.nodes.3.params.activation', 'linear']],
    ['warning: out: linear is unusual before binary_cross_entropy; use sigmoid [Set activation of out to sigmoid]'],
  ],
  [
    [['data.name', 'plane']],
    [
      'warning: training.loss: binary_cross_entropy is unusual for a regression task; mean_squared_error learns better [Set loss to mean_squared_error]',
    ],
  ],
  [
    [
      ['graph.nodes.1.params.units', 65536],
      ['graph.nodes.2.params.units', 65536],
    ],
    [
      'error: h2: expected at most 250000000 parameters in all, got 4295294977, 4295032832 of them here; make this layer smaller',
    ],
  ],
];

test.each(flawed)('%j is opened with its problems', (changes, expected) => {
  const found = read(changes).problems.map(
    ({ severity, message, fix }) => `${severity}: ${message}${fix === undefined ? '' : ` [${fix.label}]`}`,
  );
  expect(found).toEqual(expected);
});

test.each(flawed)('every fix offered for %j does away with its problem', (changes) => {
  const { document, problems } = read(changes);
  const left = problems.filter(
    ({ fix, message }) =>
      fix !== undefined && analyze(fix.apply(document)).problems.some((after) => after.message === message),
  );
  expect(left.map(({ message }) => message)).toEqual([]);
});

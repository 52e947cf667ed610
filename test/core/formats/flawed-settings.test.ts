/** Project files with flawed data and training parts. */
import { dataKinds } from '../../../src-core/datasets/kinds/registry.ts';
import { generators } from '../../../src-core/datasets/registry.ts';
import { testFlaws } from '../../helpers/flaws.ts';

const KINDS = Object.keys(dataKinds).join(', ');
const GENERATORS = Object.keys(generators).join(', ');

testFlaws([
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
    ['error: data.samples: expected a whole number from 1 to 10000000, got 10000001 [Set samples to 10000000]'],
  ],
  [[['data.noise', -0.1]], ['error: data.noise: expected a number ≥ 0, got -0.1 [Set noise to 0]']],
  [
    [['data.seed', 1.5]],
    ['error: data.seed: expected a whole number from 0 to 9007199254740991, got 1.5 [Set seed to 2]'],
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
    [['data.name', 'plane']],
    [
      'warning: training.loss: binary_cross_entropy is unusual for a regression task; mean_squared_error learns better [Set loss to mean_squared_error]',
    ],
  ],
]);

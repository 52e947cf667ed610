/** Declared keys of the training part that belong to no registry: formats.md section 1. */
import { MAX_ROWS } from '../datasets/kinds/keys.ts';
import type { Fields, IntegerField, NumberField } from '../lib/fields.ts';

const MAX_EPOCHS = 10_000_000;
export const MAX_THREADS = 256;

export const METHODS = {
  gradient: {},
  perceptron: {
    averaged: {
      kind: 'boolean',
      label: 'Averaged',
      help: 'Keeps the mean of the weights after every visit.',
      default: false,
    },
  },
  hill_climbing: { step: positive('Step', 'How far one coordinate is moved.', 0.1) },
  numerical_gradient: { h: positive('Difference', 'Half the distance of the two points a slope is taken from.', 1e-4) },
} as const satisfies Readonly<Record<string, Fields>>;

/** Above this many parameters numerical_gradient is refused: every step runs the network twice per parameter. */
export const MAX_NUMERICAL_PARAMETERS = 2_000;

export const BATCH_SIZE: IntegerField = {
  kind: 'integer',
  label: 'Batch size',
  help: 'Rows per step.',
  min: 1,
  max: MAX_ROWS,
  default: 32,
};

/** Keys beside batch_size, loss, optimizer and schedule. */
export const TRAINING_FIELDS: Fields = {
  method: {
    kind: 'choice',
    label: 'Method',
    help: 'How weights are found.',
    options: Object.keys(METHODS),
    default: 'gradient',
  },
  epochs: { kind: 'integer', label: 'Epochs', help: 'Passes over the data.', min: 1, max: MAX_EPOCHS, default: 100 },
  seed: {
    kind: 'integer',
    label: 'Seed',
    help: 'Chooses initial weights, order of rows and noise.',
    min: 0,
    max: Number.MAX_SAFE_INTEGER,
    default: 1,
  },
  shuffle: { kind: 'boolean', label: 'Shuffle', help: 'A new order of rows every epoch.', default: true },
  reduction: {
    kind: 'choice',
    label: 'Reduction',
    help: 'Whether the losses of a batch are averaged or added up.',
    options: ['mean', 'sum'],
    default: 'mean',
  },
  threads: {
    kind: 'integer',
    label: 'Threads',
    help: 'Most threads to use; the numbers stay the same.',
    min: 1,
    max: MAX_THREADS,
    default: null,
    absent: 'all',
  },
};

export const REGULARIZATION_FIELDS: Fields = {
  l1: penalty('L1', 'Adds l1·Σ|w| to the objective.'),
  l2: penalty('L2', 'Adds (l2/2)·Σw² to the objective.'),
};

export const CLIP_FIELDS: Fields = {
  norm: { ...positive('Norm', 'Longest gradient over all tensors.', 1), default: null, absent: 'off' },
  value: { ...positive('Value', 'Largest entry of a gradient.', 1), default: null, absent: 'off' },
};

/** `monitor` is a name of the history and is checked apart. */
export const EARLY_STOPPING_FIELDS: Fields = {
  patience: {
    kind: 'integer',
    label: 'Patience',
    help: 'Epochs without progress.',
    min: 1,
    max: MAX_EPOCHS,
    default: 10,
  },
  min_delta: penalty('Least change', 'What counts as progress.'),
  restore_best: { kind: 'boolean', label: 'Keep the best', help: 'Ends on the best weights.', default: true },
};

export const DEFAULT_MONITOR = 'val_loss';

function positive(label: string, help: string, fallback: number): NumberField {
  return { kind: 'number', label, help, min: 0, exclusiveMin: true, default: fallback };
}

function penalty(label: string, help: string): NumberField {
  return { kind: 'number', label, help, min: 0, default: 0 };
}

/** Changes of the training part as the form makes them. */
import { expect, test } from 'vitest';
import { twoSpirals } from '../../../src-core/templates/two-spirals.ts';
import { rateCurve } from '../../../src-renderer/inspector/training/rate-curve.ts';
import {
  setLossKey,
  setOptimizerKey,
  setOptimizerType,
  setPartKey,
  setSchedule,
} from '../../../src-renderer/inspector/training/training-edits.ts';

const { document } = twoSpirals;

test('a part appears with its first key and goes away with its last', () => {
  const on = setPartKey(document, 'regularization', 'l2', 0.001);
  expect(on.training.regularization).toEqual({ l2: 0.001 });
  expect(setPartKey(on, 'regularization', 'l2', undefined).training).toEqual(document.training);
});

test('another optimizer starts from its own defaults, a key of it is set beside the others', () => {
  const momentum = setOptimizerKey(setOptimizerType(document, 'sgd'), 'momentum', 0.9);
  expect(momentum.training.optimizer).toEqual({ type: 'sgd', momentum: 0.9 });
  expect(setOptimizerKey(momentum, 'momentum', undefined).training.optimizer).toEqual({ type: 'sgd' });
});

test('a schedule chosen by name is written as an object with what it needs, constant is not written', () => {
  expect(setSchedule(document, 'warmup').training.schedule).toEqual({ type: 'warmup', epochs: 5 });
  expect(setSchedule(document, 'cosine').training.schedule).toEqual({ type: 'cosine' });
  expect(setSchedule(setSchedule(document, 'cosine'), 'constant').training).toEqual(document.training);
});

test('a key of the loss stands beside its name, and the name alone is left when it goes', () => {
  const huber = { ...document, training: { ...document.training, loss: 'huber' } };
  const set = setLossKey(huber, 'delta', 2);
  expect(set.training.loss).toEqual({ type: 'huber', delta: 2 });
  expect(setLossKey(set, 'delta', undefined).training.loss).toBe('huber');
});

test('the picture of a schedule follows its formula, and there is none while the form is wrong', () => {
  const training = { ...document.training, epochs: 20, schedule: { type: 'step', step_size: 10, gamma: 0.1 } };
  const rates = rateCurve(training, 0.5);
  expect([rates[0], rates[9], rates[10]?.toPrecision(6), rates.length]).toEqual([0.5, 0.5, '0.0500000', 20]);
  expect(rateCurve({ ...training, schedule: { type: 'step', gamma: -1 } }, 0.5)).toEqual([]);
});

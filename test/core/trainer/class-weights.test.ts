/** Which losses take class_weights, and what becomes of labels. */
import { expect, test } from 'vitest';
import { rowWeights, weightsByClass } from '../../../src-core/trainer/class-weights.ts';

const optimizer = { type: 'sgd' };
const weigh = (loss: string | { type: string; delta?: number }, weights: Record<string, number>) =>
  weightsByClass({ classes: ['1', '2', '10'] }, { loss, optimizer, class_weights: weights });

test.each(['cross_entropy', 'binary_cross_entropy', { type: 'cross_entropy' }])(
  '%j weighs classes by label',
  (loss) => {
    expect([...(weigh(loss, { 10: 3, '1.0': 0.5 }) ?? [])]).toEqual([0.5, 1, 3]);
  },
);

test.each(['mean_squared_error', 'hinge', { type: 'huber', delta: 2 }])('%j takes no class weights', (loss) => {
  expect(weigh(loss, { 10: 3 })).toBeNull();
});

test('rows weigh what their class weighs, one-hot or 0/1', () => {
  const oneHot = { count: 2, targets: Float64Array.of(0, 0, 1, 1, 0, 0) };
  expect(rowWeights(oneHot, Float64Array.of(4, 5, 6))).toEqual(Float64Array.of(6, 4));
  expect(rowWeights({ count: 3, targets: Float64Array.of(1, 0, 1) }, Float64Array.of(4, 5))).toEqual(
    Float64Array.of(5, 4, 5),
  );
});

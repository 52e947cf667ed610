/** Every optimizer and every loss by itself: a step goes downhill, and forms have what they need. */
import { describe, expect, test } from 'vitest';
import { checkFields, resolveParams } from '../../src-core/lib/fields-check.ts';
import { losses, type LossId } from '../../src-core/losses/registry.ts';
import { optimizers, type OptimizerId } from '../../src-core/optimizers/registry.ts';
import type { OptimizerDefinition } from '../../src-core/optimizers/define.ts';
import type { LossDefinition } from '../../src-core/losses/define.ts';
import { createNetwork } from '../../src-core/runtime/network.ts';
import { sampleRandom } from '../helpers/op-program.ts';

const ROWS = 12;
const random = sampleRandom('downhill');
const inputs = Float64Array.from({ length: ROWS * 2 }, () => random.normal());

function lossesOf(loss: LossId, optimizer: OptimizerId, steps: number): number[] {
  const graph = {
    nodes: [
      { id: 'in', type: 'input', params: { shape: [2] } },
      { id: 'h', type: 'dense', params: { units: 6, activation: 'tanh' } },
      { id: 'out', type: 'dense', params: { units: 2, activation: headOf(loss) } },
      { id: 'y', type: 'output', params: {} },
    ],
    edges: [
      { from: 'in', to: 'h' },
      { from: 'h', to: 'out' },
      { from: 'out', to: 'y' },
    ],
  };
  const training = { loss, optimizer: { type: optimizer } };
  const network = createNetwork({ graph, training, backend: 'reference', batchSize: ROWS });
  network.initialize(1);
  const isFirst = (row: number) => Number((inputs[2 * row] ?? 0) > 0);
  const targets = Float64Array.from({ length: ROWS * 2 }, (_, i) =>
    i % 2 === 0 ? isFirst(i >> 1) : 1 - isFirst(i >> 1),
  );
  network.bind({ count: ROWS, inputs, targets });
  const order = Uint32Array.from({ length: ROWS }, (_, i) => i);
  return Array.from({ length: steps }, (_, stepsBefore) => {
    return network.train({ order, from: 0, steps: 1, stepsBefore, learningRate: 0.01 }).lossTimesRows / ROWS;
  });
}

function headOf(loss: LossId): string {
  if (loss === 'cross_entropy') return 'softmax';
  return loss === 'binary_cross_entropy' ? 'sigmoid' : 'linear';
}

describe.each(Object.keys(optimizers) as OptimizerId[])('%s', (optimizer) => {
  test.each(Object.keys(losses) as LossId[])('goes downhill under %s', (loss) => {
    const found = lossesOf(loss, optimizer, 20);
    expect(found.at(-1)).toBeLessThan(found[0] ?? NaN);
  });

  test('declares a learning rate and defaults for all of its fields', () => {
    const { fields, slots, summary }: OptimizerDefinition = optimizers[optimizer];
    expect(checkFields(fields, {}, optimizer)).toEqual([]);
    expect({
      hasRate: 'learning_rate' in fields,
      slots: slots(resolveParams(fields, {})).every((name) => /^[a-z]+$/.test(name)),
      summary: summary.endsWith('.'),
    }).toEqual({
      hasRate: true,
      slots: true,
      summary: true,
    });
  });
});

test.each(Object.entries<LossDefinition>(losses))(
  '%s has defaults for all of its fields',
  (name, { fields, tasks }) => {
    expect(checkFields(fields, {}, name)).toEqual([]);
    expect(tasks.length).toBeGreaterThan(0);
  },
);

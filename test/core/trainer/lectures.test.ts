/** One weight on f = w² from w = 1, under every optimizer: the numbers of a lecture on optimisation, worked out by hand. */
import { expect, test } from 'vitest';
import { loadData } from '../../../src-core/datasets/load.ts';
import { readDocument } from '../../../src-core/formats/project.ts';
import type { JsonObject } from '../../../src-core/lib/json.ts';
import { createTrainer } from '../../../src-core/trainer/trainer.ts';

const noFiles = () => Promise.reject(new Error('these rows stand in the document'));

/** w after each of `count` steps: the loss of (w·1 − 0)² is w², its gradient 2w. */
async function walk(optimizer: JsonObject, count: number): Promise<number[]> {
  const document = readDocument(
    JSON.stringify({
      format: 'netloom-project',
      version: 1,
      graph: {
        nodes: [
          { id: 'in', type: 'input', params: { shape: [1] } },
          { id: 'w', type: 'dense', params: { units: 1, use_bias: false } },
          { id: 'y', type: 'output', params: {} },
        ],
        edges: [
          { from: 'in', to: 'w' },
          { from: 'w', to: 'y' },
        ],
      },
      data: { kind: 'inline', task: 'regression', inputs: [[1]], targets: [[0]] },
      training: { loss: 'mean_squared_error', optimizer, batch_size: 'full', epochs: count },
    }),
  );
  const data = await loadData(document.data, noFiles);
  const weights = { values: new Map([['w.weight', [1]]]), shapes: new Map([['w.weight', [1, 1]]]) };
  const trainer = createTrainer({ document, data, backend: 'fast', weights });
  const found = Array.from({ length: count }, () => {
    trainer.advance(1);
    return trainer.weights('last').get('w.weight')?.[0] ?? NaN;
  });
  trainer.dispose();
  return found;
}

test.each([
  [{ type: 'sgd', learning_rate: 0.1 }, [0.8, 0.64, 0.512, 0.4096, 0.32768]],
  [{ type: 'sgd', learning_rate: 0.5 }, [0, 0]],
  [{ type: 'sgd', learning_rate: 0.9 }, [-0.8, 0.64, -0.512]],
  [{ type: 'sgd', learning_rate: 1 }, [-1, 1, -1, 1]],
  [{ type: 'sgd', learning_rate: 0.1, momentum: 0.9 }, [0.8, 0.46, 0.062, -0.3086, -0.58042]],
  [{ type: 'adagrad', learning_rate: 0.1, epsilon: 1e-8 }, [0.9, 0.833104, 0.780456, 0.736223, 0.697715]],
  [
    { type: 'rmsprop', learning_rate: 0.01, rho: 0.9, epsilon: 1e-8 },
    [0.968377, 0.945788, 0.927053, 0.910543, 0.895507],
  ],
  [{ type: 'adam', learning_rate: 0.1 }, [0.9, 0.800412, 0.701586, 0.603939, 0.507964]],
  [{ type: 'delta_bar_delta' }, [0.8, 0.528, 0.27456, 0.104333, 0.02504, 0.002504, -0.0001]],
])('%j walks down w² as by hand', async (optimizer, expected) => {
  const found = await walk(optimizer, expected.length);
  found.forEach((value, i) => expect(value).toBeCloseTo(expected[i] ?? NaN, 6)); // as many digits as were written down
});

test('a rate above 1 climbs: 1.2 times as far at every step', async () => {
  const found = await walk({ type: 'sgd', learning_rate: 1.1 }, 50);
  expect(Math.abs((found.at(-1) ?? 0) / 1.2 ** 50 - 1)).toBeLessThan(1e-5); // 9,100
});

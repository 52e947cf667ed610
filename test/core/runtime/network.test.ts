/** The network as trainer and predictor see it: edges, divergence, noise, initial values. */
import { describe, expect, test } from 'vitest';
import type { Graph, TrainingSpec } from '../../../src-core/graph/model.ts';
import type { JsonObject } from '../../../src-core/lib/json.ts';
import type { Network, NetworkOptions } from '../../../src-core/runtime/define.ts';
import { createNetwork } from '../../../src-core/runtime/network.ts';

const training: TrainingSpec = { loss: 'mean_squared_error', optimizer: { type: 'sgd', learning_rate: 0.1 }, seed: 9 };

function chain(shape: readonly number[], ...layers: readonly (readonly [string, JsonObject])[]): Graph {
  const nodes = [
    { id: 'in', type: 'input', params: { shape } },
    ...layers.map(([type, params], i) => ({ id: `n${i + 1}`, type, params })),
    { id: 'y', type: 'output', params: {} },
  ];
  return { nodes, edges: nodes.slice(1).map(({ id }, i) => ({ from: nodes[i]?.id ?? '', to: id })) };
}

function networkOf(graph: Graph, options: Partial<NetworkOptions> = {}): Network {
  return createNetwork({ graph, training, backend: 'reference', batchSize: 4, ...options });
}

const line = chain([2], ['dense', { units: 1 }]);
const identity = (count: number) => Uint32Array.from({ length: count }, (_, i) => i);
const request = { order: identity(4), from: 0, steps: 1, stepsBefore: 0, learningRate: 0.1 };

const backends = [
  { title: 'reference', options: { backend: 'reference' } },
  { title: 'fast', options: { backend: 'fast' } },
  { title: 'fast without WebAssembly', options: { backend: 'fast', kernels: 'typescript' } },
] as const;

describe.each(backends)('$title backend', ({ options }) => {
  test('an output fed directly by the input predicts its input and has nothing to learn', () => {
    const network = networkOf(chain([3]), options);
    const inputs = Float64Array.of(1, 2, 3, -4, 5, 6);
    const targets = Float64Array.of(1, 2, 3, -4, 5, 9);
    network.bind({ count: 2, inputs, targets });
    const { lossTimesRows } = network.train({ ...request, order: identity(2) });
    expect({
      outputs: [...network.predict(inputs, 2)],
      loss: lossTimesRows,
      gradients: network.gradients({ count: 2, inputs, targets }),
    }).toEqual({
      outputs: [...inputs],
      loss: 3, // (9 − 6)² over 6 elements, times two rows
      gradients: { loss: 1.5, tensors: new Map() },
    });
  });

  test('a batch whose rows weigh nothing has loss 0 and moves nothing', () => {
    const network = networkOf(line, options);
    network.write('n1.weight', [1, -2]);
    const inputs = Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8);
    const rows = { count: 4, inputs, targets: Float64Array.of(1, 2, 3, 4), weights: new Float64Array(4) };
    network.bind(rows);
    const { divergedAt, lossTimesRows } = network.train(request);
    expect({ divergedAt, lossTimesRows, weight: [...network.read('n1.weight')] }).toEqual({
      divergedAt: undefined,
      lossTimesRows: 0,
      weight: [1, -2],
    });
    expect(network.evaluate(rows).loss).toBe(0);
  });

  test('AdamW leaves a dead end as it is, unless a penalty reaches it', () => {
    const graph = chain([2], ['dense', { units: 1 }]);
    const nodes = [...graph.nodes, { id: 'dead', type: 'dense', params: { units: 1 } }];
    const edges = [...graph.edges, { from: 'in', to: 'dead' }];
    const after = (regularization: { l2: number }) => {
      const optimizer = { type: 'adamw', weight_decay: 0.5 };
      const network = networkOf({ nodes, edges }, { ...options, training: { ...training, optimizer, regularization } });
      for (const { key, shape } of network.tensors) network.write(key, shape.length === 1 ? [1] : [1, 1]);
      network.bind({ count: 1, inputs: Float64Array.of(1, 1), targets: Float64Array.of(0) });
      network.train({ ...request, order: identity(1) });
      return network.tensors.filter(({ key }) => (network.read(key)[0] ?? 1) < 1).map(({ key }) => key);
    };
    expect(after({ l2: 0 })).toEqual(['n1.bias', 'n1.weight']);
    expect(after({ l2: 0.1 })).toEqual(['dead.weight', 'n1.bias', 'n1.weight']);
  });

  test('a softmax head stays finite at ±1000', () => {
    const network = networkOf(chain([2], ['activation', { function: 'softmax' }]), {
      ...options,
      training: { ...training, loss: 'cross_entropy' },
    });
    const rows = { count: 1, inputs: Float64Array.of(1000, -1000), targets: Float64Array.of(0, 1) };
    expect(network.evaluate(rows)).toEqual({ loss: 2000, outputs: Float64Array.of(1, 0) });
  });

  test('a sigmoid head stays finite at ±1000 and its gradient at the logit is exactly σ(o) − y', () => {
    const graph = chain([1], ['dense', { units: 1, activation: 'sigmoid' }]);
    const network = networkOf(graph, { ...options, training: { ...training, loss: 'binary_cross_entropy' } });
    network.write('n1.weight', [1]);
    const gradientAt = (input: number, target: number) =>
      network.gradients({ count: 1, inputs: Float64Array.of(input), targets: Float64Array.of(target) });
    expect([gradientAt(1000, 0).loss, gradientAt(-1000, 1).loss, gradientAt(-1000, 0).loss]).toEqual([1000, 1000, 0]);
    expect(gradientAt(0, 1).tensors.get('n1.bias')?.[0]).toBe(-0.5);
    expect(gradientAt(1000, 0).tensors.get('n1.bias')?.[0]).toBe(1);
  });

  test('a linear head under binary cross-entropy is clipped, without gradient outside', () => {
    const network = networkOf(chain([1], ['dense', { units: 1 }]), {
      ...options,
      training: { ...training, loss: 'binary_cross_entropy' },
    });
    network.write('n1.weight', [1]);
    const at = (input: number) =>
      network.gradients({ count: 1, inputs: Float64Array.of(input), targets: Float64Array.of(1) });
    expect(at(2).loss).toBeCloseTo(1e-7, 9);
    expect(at(2).tensors.get('n1.bias')?.[0]).toBe(0);
    expect(at(-3).loss).toBeCloseTo(-Math.log(1e-7), 5);
    expect(at(0.5).tensors.get('n1.bias')?.[0]).toBeCloseTo(-2, 6);
  });

  test('a loss that overflows stops before the weights are touched', () => {
    const network = networkOf(line, options);
    network.write('n1.weight', [1, 1]);
    const inputs = Float64Array.of(0, 0, 1e200, 1e200);
    network.bind({ count: 2, inputs, targets: Float64Array.of(0, 0) });
    const result = network.train({ ...request, order: identity(2) });
    expect({
      divergedAt: result.divergedAt,
      losses: result.stepLosses.length,
      weight: [...network.read('n1.weight')],
    }).toEqual({
      divergedAt: 0,
      losses: 1,
      weight: [1, 1],
    });
  });

  test('weights that overflow are noticed in the same step', () => {
    const network = networkOf(line, options);
    network.bind({ count: 1, inputs: Float64Array.of(1, 1), targets: Float64Array.of(1) });
    const result = network.train({ ...request, order: identity(1), learningRate: Number.MAX_VALUE });
    const again = network.train({ ...request, order: identity(1), learningRate: 0.1 });
    expect([result.divergedAt, again.divergedAt]).toEqual([0, 0]);
  });

  test('many steps in one call are the same as one by one', () => {
    const [many, single] = [1, 2].map(() =>
      networkOf(chain([2], ['dense', { units: 3 }], ['dropout', { rate: 0.4 }], ['dense', { units: 1 }]), {
        ...options,
        batchSize: 2,
      }),
    );
    const inputs = Float64Array.from({ length: 10 }, (_, i) => Math.sin(i));
    const order = Uint32Array.of(4, 2, 0, 1, 3);
    for (const network of [many, single]) {
      network?.initialize(4);
      network?.bind({ count: 5, inputs, targets: Float64Array.of(1, 2, 3, 4, 5) });
    }
    many?.train({ order, from: 0, steps: 3, stepsBefore: 7, learningRate: 0.1 });
    for (let step = 0; step < 3; step++)
      single?.train({ order, from: 2 * step, steps: 1, stepsBefore: 7 + step, learningRate: 0.1 });
    const tensors = (network?: Network) => network?.tensors.map(({ key }) => [...network.read(key)]);
    expect(tensors(many)).toEqual(tensors(single));
  });
});

test('a sigmoid behind another node is not fused, in either mode', () => {
  const graph = chain([1], ['activation', { function: 'sigmoid' }], ['dropout', { rate: 0.5 }]);
  const network = networkOf(graph, { training: { ...training, loss: 'binary_cross_entropy' }, noise: false });
  const rows = { count: 1, inputs: Float64Array.of(1000), targets: Float64Array.of(0) };
  const clipped = -Math.log(1e-7);
  expect(network.gradients(rows).loss).toBeCloseTo(clipped, 6);
  expect(network.evaluate(rows).loss).toBeCloseTo(clipped, 6);
});

test('row weights make the loss a weighted mean', () => {
  const network = networkOf(chain([1]));
  const rows = {
    count: 3,
    inputs: Float64Array.of(1, 2, 3),
    targets: Float64Array.of(0, 0, 0),
    weights: Float64Array.of(1, 0, 2),
  };
  expect(network.evaluate(rows).loss).toBeCloseTo((1 + 2 * 9) / 3, 12);
});

test('adding a layer leaves the start of the others as it was', () => {
  const shorter = networkOf(chain([2], ['dense', { units: 3 }], ['dense', { units: 3 }]));
  const longer = networkOf(chain([2], ['dense', { units: 3 }], ['dense', { units: 3 }], ['dense', { units: 2 }]));
  shorter.initialize(1);
  longer.initialize(1);
  expect(longer.read('n1.weight')).toEqual(shorter.read('n1.weight'));
  longer.initialize(2);
  expect(longer.read('n1.weight')).not.toEqual(shorter.read('n1.weight'));
});

test('dropout silences its share in training, scales the rest, and rests in evaluation', () => {
  const graph = chain([1000], ['dropout', { rate: 0.3 }], ['dense', { units: 1, use_bias: false }]);
  const network = networkOf(graph, { batchSize: 1 });
  const inputs = new Float64Array(1000).fill(1);
  network.write('n2.weight', inputs);
  // With targets far away the gradient of each weight is proportional to the value that reached it.
  const values = (
    network.gradients({ count: 1, inputs, targets: Float64Array.of(0) }).tensors.get('n2.weight') ?? new Float64Array()
  ).map((g, _, all) => g / Math.max(...all));
  const silenced = values.filter((value) => value === 0).length;
  expect(new Set(values)).toEqual(new Set([0, 1]));
  expect(Math.abs(silenced - 300)).toBeLessThan(60); // four deviations of a binomial with n = 1000, p = 0.3
  expect(network.predict(inputs, 1)[0]).toBeCloseTo(1000, 9);
});

test('dropout masks change from step to step and repeat for the same step', () => {
  const network = networkOf(chain([50], ['dropout', { rate: 0.5 }], ['dense', { units: 1 }]), { batchSize: 1 });
  const inputs = new Float64Array(50).fill(1);
  network.bind({ count: 1, inputs, targets: Float64Array.of(1) });
  const movedAfter = (stepsBefore: number) => {
    network.initialize(1);
    network.train({ order: identity(1), from: 0, steps: 1, stepsBefore, learningRate: 0.1 });
    return [...network.read('n2.weight')];
  };
  const first = movedAfter(0);
  expect(movedAfter(1)).not.toEqual(first);
  expect(movedAfter(0)).toEqual(first);
});

test('ids outside the vocabulary are refused with the node', () => {
  const network = networkOf(chain([2], ['embedding', { vocabulary: 3, dims: 2 }]));
  expect(() => network.predict(Float64Array.of(0, 3), 1)).toThrow(
    'n1: expected whole numbers from 0 to 2 as ids, got 3',
  );
  expect(() => network.predict(Float64Array.of(0.5, 1), 1)).toThrow(
    'n1: expected whole numbers from 0 to 2 as ids, got 0.5',
  );
});

test('tensors of a wrong size or name are refused', () => {
  const network = networkOf(line);
  expect(() => network.write('n1.weight', [1])).toThrow('n1.weight: expected 2 numbers of shape [1, 2], got 1');
  expect(() => network.read('n9.weight')).toThrow(
    'n9.weight: expected a tensor of the network (n1.bias, n1.weight), got an unknown key',
  );
});

test('a network without training predicts', () => {
  const network = createNetwork({ graph: line, backend: 'fast', batchSize: 1 });
  network.write('n1.weight', [1, 10]);
  expect([...network.predict(Float64Array.of(2, 3), 1)]).toEqual([32]);
});

test('slots are listed by tensor and name', () => {
  const network = networkOf(line, { training: { ...training, optimizer: { type: 'adam' } } });
  expect(network.slots.map(({ key }) => key)).toEqual(['n1.bias/m', 'n1.bias/v', 'n1.weight/m', 'n1.weight/v']);
});

test('gradients from elsewhere are applied as those of the network', () => {
  const settings: TrainingSpec = {
    ...training,
    optimizer: { type: 'adam' },
    regularization: { l1: 0.01, l2: 0.1 },
    gradient_clip: { norm: 0.3 },
  };
  const [own, given] = [1, 2].map(() =>
    networkOf(chain([2], ['dense', { units: 3 }], ['dense', { units: 1 }]), { training: settings }),
  ) as [Network, Network];
  const rows = { count: 3, inputs: Float64Array.of(1, 2, 3, 4, 5, 6), targets: Float64Array.of(1, 0, 2) };
  for (const network of [own, given]) {
    network.initialize(1);
    network.bind(rows);
  }
  for (const stepsBefore of [0, 1, 2]) {
    own.train({ order: identity(3), from: 0, steps: 1, stepsBefore, learningRate: 0.05 });
    expect(given.applyGradients(given.gradients(rows).tensors, { stepsBefore, learningRate: 0.05 })).toBe(true);
  }
  const state = (network: Network) => [...network.tensors, ...network.slots].map(({ key }) => [...network.read(key)]);
  expect(state(given)).toEqual(state(own));
});

test('delta-bar-delta lengthens steps while the sign stays and shortens them when it flips', () => {
  const optimizer = { type: 'delta_bar_delta', learning_rate: 0.1, kappa: 0.05, phi: 0.5, theta: 0.4 };
  const network = networkOf(chain([1], ['dense', { units: 1, use_bias: false }]), {
    training: { ...training, optimizer },
    batchSize: 1,
  });
  network.bind({ count: 1, inputs: Float64Array.of(1), targets: Float64Array.of(0) });
  network.write('n1.weight', [1]);
  const weights = [0, 1, 2, 3, 4].map((stepsBefore) => {
    network.train({ order: identity(1), from: 0, steps: 1, stepsBefore, learningRate: 0.1 });
    return network.read('n1.weight')[0] ?? NaN;
  });
  let [w, rate, average] = [1, 0.1, NaN]; // by hand: g = 2w
  const expected = [0, 1, 2, 3, 4].map((step) => {
    const g = 2 * w;
    if (step === 0) average = g;
    else if (g * average > 0) rate += 0.05;
    else if (g * average < 0) rate *= 0.5;
    average = 0.6 * g + 0.4 * average;
    w -= rate * g;
    return w;
  });
  weights.forEach((weight, i) => expect(weight).toBeCloseTo(expected[i] ?? NaN, 12));
});

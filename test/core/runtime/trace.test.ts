/** One training step looked at node by node: against PyTorch, and on every backend. */
import { describe, expect, test } from 'vitest';
import type { Graph, TrainingSpec } from '../../../src-core/graph/model.ts';
import type { NodeTrace } from '../../../src-core/runtime/define.ts';
import { createNetwork } from '../../../src-core/runtime/network.ts';
import cases from '../../reference/trace/trace.json' with { type: 'json' };

const backends = [
  // Rounding of float64 and of float32, over sums of a dozen numbers.
  { title: 'reference', options: { backend: 'reference' }, tolerance: 1e-13 },
  { title: 'fast', options: { backend: 'fast' }, tolerance: 2e-6 },
  { title: 'fast without WebAssembly', options: { backend: 'fast', kernels: 'typescript' }, tolerance: 2e-6 },
] as const;

function graphWith(activation: string): Graph {
  return {
    nodes: [
      { id: 'in', type: 'input', params: { shape: [2] } },
      { id: 'a', type: 'dense', params: { units: 3, activation: 'tanh' } },
      { id: 'b', type: 'dense', params: { units: 3, activation: 'relu' } },
      { id: 'sum', type: 'add', params: {} },
      { id: 'out', type: 'dense', params: { units: 1, activation } },
      { id: 'y', type: 'output', params: {} },
    ],
    edges: [
      { from: 'in', to: 'a' },
      { from: 'a', to: 'b' },
      { from: 'a', to: 'sum' },
      { from: 'b', to: 'sum' },
      { from: 'sum', to: 'out' },
      { from: 'out', to: 'y' },
    ],
  };
}

function traced(
  options: (typeof backends)[number]['options'],
  { head, inputs, targets, tensors }: (typeof cases)[number],
) {
  const training: TrainingSpec = {
    loss: head === 'sigmoid' ? 'binary_cross_entropy' : 'mean_squared_error',
    optimizer: { type: 'sgd', learning_rate: 0.1 },
  };
  const network = createNetwork({ graph: graphWith(head), training, batchSize: 4, keepsNodes: true, ...options });
  for (const [key, values] of Object.entries(tensors)) network.write(key, values);
  const nodes = new Map<string, NodeTrace>();
  const rows = { count: 4, inputs: Float64Array.from(inputs), targets: Float64Array.from(targets) };
  const found = network.trace(rows, 0, (node) => nodes.set(node.node, node));
  return { nodes, ...found };
}

describe.each(backends)('a traced step on the $title backend', ({ options, tolerance }) => {
  test.each(cases)('agrees with PyTorch behind a $head head, node by node', (reference) => {
    const { nodes, loss, tensors } = traced(options, reference);
    const isClose = (found: ArrayLike<number> | null | undefined, expected: readonly number[]) => {
      expect(found).toHaveLength(expected.length);
      for (const [i, value] of expected.entries())
        expect(Math.abs((found?.[i] ?? NaN) - value) / Math.max(1, Math.abs(value))).toBeLessThanOrEqual(tolerance);
    };
    isClose([loss], [reference.loss]);
    for (const [id, { values, gradient }] of Object.entries(reference.nodes)) {
      isClose(nodes.get(id)?.values, values);
      isClose(nodes.get(id)?.gradient, gradient);
    }
    for (const [key, gradient] of Object.entries(reference.gradients)) isClose(tensors.get(key), gradient);
  });

  test('says where a gradient was taken: at the logits where the loss starts from them', () => {
    const places = cases.map((reference) => traced(options, reference).nodes.get('out')?.gradientOf);
    expect(places).toEqual(['logits', 'output']);
  });
});

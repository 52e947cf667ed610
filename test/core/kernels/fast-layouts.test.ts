/** Dense weights lie column by column in the fast backend, together with all that meets them; the rest stays plain. */
import { expect, test } from 'vitest';
import { lower } from '../../../src-core/compile/lower.ts';
import { chooseLayouts } from '../../../src-core/kernels/fast/layouts.ts';
import { isRowMajor } from '../../../src-core/tensor/layout.ts';

const graph = {
  nodes: [
    { id: 'in', type: 'input', params: { shape: [4] } },
    { id: 'h', type: 'dense', params: { units: 3, activation: 'tanh' } },
    { id: 'norm', type: 'layer_norm', params: {} },
    { id: 'out', type: 'dense', params: { units: 2 } },
    { id: 'y', type: 'output', params: {} },
  ],
  edges: [
    { from: 'in', to: 'h' },
    { from: 'h', to: 'norm' },
    { from: 'norm', to: 'out' },
    { from: 'out', to: 'y' },
  ],
};
const training = {
  loss: 'mean_squared_error',
  optimizer: { type: 'adam' },
  regularization: { l2: 0.1 },
  gradient_clip: { norm: 1 },
};

test('weights, their slots and their gradients share one order', () => {
  const program = lower({ graph, training, noise: true });
  const layouts = chooseLayouts(program);
  const transposed = program.values.flatMap(({ key, role, shape }, i) => {
    const layout = layouts[i];
    return layout && !isRowMajor(shape, layout) ? [key ?? role] : [];
  });
  expect(transposed.sort()).toEqual([
    // for each weight: the clipped and the penalised gradient, the gradient itself, two slots and the weight
    'gradient',
    'gradient',
    'h.weight',
    'h.weight/m',
    'h.weight/v',
    'out.weight',
    'out.weight/m',
    'out.weight/v',
    'transient',
    'transient',
    'transient',
    'transient',
  ]);
});

/** A small graph around every layer: what the sweeps run. A layer without a sample fails the sweep. */
import type { Graph } from '../../src-core/graph/model.ts';
import type { JsonObject } from '../../src-core/lib/json.ts';
import type { LayerType } from '../../src-core/layers/registry.ts';

export interface LayerSample {
  readonly shape: readonly number[];
  readonly params: JsonObject;
  /** The layer before it, for what depends on where a value comes from. */
  readonly before?: { readonly type: LayerType; readonly params: JsonObject };
  /** False: rows of a batch influence each other in training. */
  readonly separatesRows?: false;
  /** Inputs are ids below 5. */
  readonly ids?: true;
}

const image = [2, 5, 4];
const window = { kernel_size: [3, 2], stride: [2, 1], padding: 'same', activation: 'tanh', filters: 3 };

export const layerSamples: Readonly<Record<LayerType, readonly LayerSample[]>> = {
  activation: ['sigmoid', 'softmax', 'gelu', 'leaky_relu'].map((name) => ({ shape: [3], params: { function: name } })),
  add: [
    { shape: [3], params: {} },
    { shape: image, params: {} },
  ],
  attention: [{ shape: [3, 4], params: { heads: 2 } }],
  avg_pool2d: [
    { shape: image, params: {} },
    { shape: image, params: { pool_size: [3, 3], stride: [2, 2], padding: 'same' } },
  ],
  batch_norm: [
    { shape: [3], params: {}, separatesRows: false },
    { shape: image, params: { momentum: 0.3 }, separatesRows: false },
    { shape: [4, 3], params: {}, separatesRows: false },
    {
      shape: [2, 7],
      params: {},
      before: { type: 'conv1d', params: { filters: 3, kernel_size: 3 } },
      separatesRows: false,
    },
  ],
  concat: [
    { shape: [3], params: {} },
    { shape: image, params: { axis: 2 } },
  ],
  conv1d: [{ shape: [2, 7], params: { filters: 3, kernel_size: 3, stride: 2, padding: 'same', activation: 'tanh' } }],
  conv2d: [
    { shape: image, params: window },
    { shape: image, params: { filters: 2, kernel_size: [3, 3], use_bias: false } },
  ],
  conv_transpose2d: [{ shape: [2, 3, 2], params: { filters: 3, kernel_size: [2, 3], stride: [2, 1] } }],
  dense: [
    { shape: [3], params: { units: 4, activation: 'tanh' } },
    { shape: [2, 3], params: { units: 4, use_bias: false } },
  ],
  dropout: [{ shape: [6], params: { rate: 0.3 } }],
  embedding: [{ shape: [3], params: { vocabulary: 5, dims: 2 }, ids: true }],
  flatten: [{ shape: image, params: {} }],
  gaussian_noise: [{ shape: [6], params: { stddev: 0.2 } }],
  global_avg_pool2d: [{ shape: image, params: {} }],
  group_norm: [
    { shape: [4, 3, 2], params: { groups: 2 } },
    { shape: [6], params: { groups: 3 } },
  ],
  gru: [
    { shape: [3, 2], params: { units: 3 } },
    { shape: [3, 2], params: { units: 3, return_sequences: true } },
  ],
  input: [{ shape: [3], params: {} }],
  layer_norm: [
    { shape: [4], params: {} },
    { shape: [2, 4], params: { epsilon: 0.01 } },
  ],
  lstm: [
    { shape: [3, 2], params: { units: 3 } },
    { shape: [3, 2], params: { units: 3, return_sequences: true } },
  ],
  max_pool2d: [
    { shape: image, params: {} },
    { shape: image, params: { pool_size: [3, 3], stride: [2, 2], padding: 'same' } },
  ],
  multiply: [{ shape: [3], params: {} }],
  output: [{ shape: [3], params: {} }],
  positional_encoding: [{ shape: [3, 4], params: {} }],
  reshape: [{ shape: [6], params: { shape: [3, 2] } }],
  simple_rnn: [
    { shape: [3, 2], params: { units: 3 } },
    { shape: [3, 2], params: { units: 3, return_sequences: true } },
  ],
};

/** input → (dense, so that something is learnt before it) → layer → output; a merging layer gets the same value twice. */
export function graphAround(type: LayerType, sample: LayerSample): Graph {
  const { shape, params, before, ids } = sample;
  const input = { id: 'in', type: 'input', params: { shape } };
  const output = { id: 'y', type: 'output', params: {} };
  if (type === 'input' || type === 'output') return { nodes: [input, output], edges: [{ from: 'in', to: 'y' }] };
  const first = { id: 'first', ...(before ?? { type: 'dense', params: { units: shape.at(-1) ?? 1 } }) };
  const isImage = shape.length > 2;
  const hasFirst = ids !== true && (!isImage || before !== undefined);
  const source = hasFirst ? 'first' : 'in';
  const twice = type === 'add' || type === 'multiply' || type === 'concat';
  const edges = [
    ...(hasFirst ? [{ from: 'in', to: 'first' }] : []),
    { from: source, to: 'it' },
    ...(twice ? [{ from: source, to: 'it' }] : []),
    { from: 'it', to: 'y' },
  ];
  return { nodes: [input, ...(hasFirst ? [first] : []), { id: 'it', type, params }, output], edges };
}

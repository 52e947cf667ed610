/** The networks whose answering is measured: small, four and a half million parameters, images, many rows. */
import type { GraphNode, ProjectDocument, TrainingSpec } from '../../src-core/graph/model.ts';
import type { JsonObject } from '../../src-core/lib/json.ts';

interface Net {
  readonly document: ProjectDocument;
  /** Nodes whose inside is watched. */
  readonly watch: readonly string[];
}

type Layer = readonly [type: string, params: JsonObject];

const training: TrainingSpec = {
  loss: 'binary_cross_entropy',
  optimizer: { type: 'adam', learning_rate: 0.001 },
  batch_size: 32,
  epochs: 1_000_000,
  seed: 42,
};

function net(layers: readonly Layer[], data: JsonObject, change: JsonObject = {}): Net {
  const inner: GraphNode[] = layers.map(([type, params], i) => ({ id: `n${i}`, type, params }));
  const nodes = [
    { id: 'in', type: 'input', params: { shape: [2] } },
    ...inner,
    { id: 'y', type: 'output', params: {} },
  ];
  const edges = nodes.slice(1).map(({ id }, i) => ({ from: nodes[i]?.id ?? '', to: id }));
  const document = {
    ...{ format: 'netloom-project', version: 1, name: 'Answers' },
    graph: { nodes, edges },
    data: { kind: 'generator', ...data },
    training: { ...training, ...change },
  };
  return { document: document as ProjectDocument, watch: inner.map(({ id }) => id) };
}

const dense = (units: number, activation = 'relu'): Layer => ['dense', { units, activation }];
const spiral = { name: 'spiral', samples: 500, noise: 0.1, seed: 7, validation: { fraction: 0.5 } };

export const nets = {
  small: net([dense(8, 'tanh'), dense(8, 'tanh'), dense(1, 'sigmoid')], spiral),
  dense: net([dense(1500), dense(1500), dense(1500), dense(1, 'sigmoid')], { ...spiral, samples: 2000 }),
  cnn: net(
    [
      dense(784),
      ['reshape', { shape: [1, 28, 28] }],
      ['conv2d', { filters: 32, kernel_size: [3, 3], activation: 'relu' }],
      ['conv2d', { filters: 64, kernel_size: [3, 3], activation: 'relu' }],
      ['max_pool2d', {}],
      ['flatten', {}],
      dense(128),
      dense(1, 'sigmoid'),
    ],
    spiral,
  ),
  rows: net([dense(32, 'tanh'), dense(32, 'tanh'), dense(1, 'sigmoid')], { ...spiral, samples: 100_000 }),
} as const;

export type NetName = keyof typeof nets;

/** Project files with flawed graphs: nodes, parameters, wires and shapes. */
import { layers } from '../../../src-core/layers/registry.ts';
import { testFlaws } from '../../helpers/flaws.ts';

const LAYERS = Object.keys(layers).join(', ');

testFlaws([
  [[['graph.nodes.1.type', 'dens']], [`error: h1.type: expected one of ${LAYERS}, got "dens" [Change h1 to dense]`]],
  [[['graph.nodes.1.type', 'toString']], [`error: h1.type: expected one of ${LAYERS}, got "toString"`]],
  [
    [['graph.nodes.1.params.units', 0]],
    ['error: h1.units: expected a whole number from 1 to 65536, got 0 [Set units of h1 to 8]'],
  ],
  [
    [['graph.nodes.1.params.units', 1.5]],
    ['error: h1.units: expected a whole number from 1 to 65536, got 1.5 [Set units of h1 to 2]'],
  ],
  [
    [['graph.nodes.1.params.units', '12']],
    ['error: h1.units: expected a whole number from 1 to 65536, got "12" [Set units of h1 to 8]'],
  ],
  [
    [['graph.nodes.1.params.units', 65537]],
    ['error: h1.units: expected a whole number from 1 to 65536, got 65537 [Set units of h1 to 65536]'],
  ],
  [
    [['graph.nodes.1.params.units', undefined]],
    ['error: h1.units: expected a whole number from 1 to 65536, got nothing [Set units of h1 to 8]'],
  ],
  [
    [['graph.nodes.1.params.activation', 'tan']],
    [
      'error: h1.activation: expected one of elu, gelu, leaky_relu, linear, relu, sigmoid, silu, softmax, softplus, tanh, got "tan" [Set activation of h1 to tanh]',
    ],
  ],
  [
    [['graph.nodes.1.params.activation', { type: 'elu', alpha: 'x' }]],
    ['error: h1.activation.alpha: expected a number, got "x"'],
  ],
  [
    [['graph.nodes.1.params.use_bias', 'yes']],
    ['error: h1.use_bias: expected true or false, got "yes" [Set use_bias of h1 to true]'],
  ],
  [
    [['graph.nodes.1.params.weight_init', 'glorot']],
    [
      'error: h1.weight_init: expected one of constant, glorot_normal, glorot_uniform, he_normal, he_uniform, lecun_normal, normal, ones, uniform, zeros, got "glorot" [Set weight_init of h1 to glorot_uniform]',
    ],
  ],
  [[['graph.nodes.0.params.shape', [0]]], ['error: in.shape[0]: expected a whole number from 1 to 65536, got 0']],
  [
    [['graph.nodes.0.params.shape', [3]]],
    [
      "error: data: expected 3 values a row to fill the input shape [3], got 2 (x1, x2); change the input's shape to [2] [Set shape of in to [2]]",
    ],
  ],
  [
    [['graph.nodes.0.params.shape', 2]],
    ['error: in.shape: expected a list of 1 to 4 whole numbers from 1 to 65536, got 2 [Set shape of in to [2]]'],
  ],
  [
    [['graph.nodes.0.params.shape', [1, 1, 2]]],
    [
      'warning: h1: dense acts on the last axis of [1, 1, 2], so every unit sees 2 values of a row at a time; put a flatten layer before it to have it see them all [Insert a flatten layer before h1]',
    ],
  ],
  [
    [['graph.nodes.1', { id: 'h1', type: 'dropout', params: { rate: 1 } }]],
    ['error: h1.rate: expected a number in [0, 1), got 1 [Set rate of h1 to 0.5]'],
  ],
  [
    [['graph.nodes.4.type', 'flatten']],
    ['error: graph.nodes: expected exactly one node of type output, got none [Add an output layer]'],
  ],
  [
    [
      ['graph.nodes.0.type', 'output'],
      ['graph.nodes.0.params', {}],
    ],
    [
      'error: graph.nodes: expected exactly one node of type input, got none [Add an input layer]',
      'error: graph.nodes: expected exactly one node of type output, got 2 [Remove y]',
      'error: in: expected one wire in, got none; connect it or remove it',
    ],
  ],
  [
    [
      ['graph.nodes.1.type', 'input'],
      ['graph.nodes.1.params', { shape: [2] }],
    ],
    [
      'error: graph.nodes: expected exactly one node of type input, got 2 [Remove h1]',
      'error: h1: expected no wire into the input, got 1; remove it [Remove the wire from in to h1]',
    ],
  ],
  [
    [['graph.edges.1.from', 'nobody']],
    [
      'error: graph.edges[1].from: expected the id of a node, got "nobody"; remove this edge or add the node [Remove this edge]',
      'error: h2: expected one wire in, got none; connect it or remove it [Connect h1 to h2]',
      'error: out: expected a path from the input to this node, got none; connect it or remove it [Remove out]',
      'error: y: expected a path from the input to this node, got none; connect it or remove it [Remove y]',
      'warning: h1: no path leads from this node to the output, so it does nothing; connect it or remove it [Connect h1 to h2]',
    ],
  ],
  [
    [['graph.edges.1.to', 'nobody']],
    [
      'error: graph.edges[1].to: expected the id of a node, got "nobody"; remove this edge or add the node [Remove this edge]',
      'error: h2: expected one wire in, got none; connect it or remove it [Connect h1 to h2]',
      'error: out: expected a path from the input to this node, got none; connect it or remove it [Remove out]',
      'error: y: expected a path from the input to this node, got none; connect it or remove it [Remove y]',
      'warning: h1: no path leads from this node to the output, so it does nothing; connect it or remove it [Connect h1 to h2]',
    ],
  ],
  [
    [['graph.edges.+', { from: 'in', to: 'out' }]],
    [
      'error: out: expected one wire in, got 2; remove one, or join them first with add or concat [Remove the wire from in to out]',
    ],
  ],
  [
    [['graph.edges.+', { from: 'out', to: 'h1' }]],
    [
      'error: graph.edges: expected no cycle, got h1 → h2 → out → h1; remove one of these edges [Remove the wire from out to h1]',
      'error: h1: expected one wire in, got 2; remove one, or join them first with add or concat [Remove the wire from out to h1]',
    ],
  ],
  [
    [['graph.edges.+', { from: 'h1', to: 'in' }]],
    [
      'error: graph.edges: expected no cycle, got in → h1 → in; remove one of these edges [Remove the wire from h1 to in]',
      'error: in: expected no wire into the input, got 1; remove it [Remove the wire from h1 to in]',
    ],
  ],
  [
    [['graph.edges', []]],
    [
      'error: h1: expected one wire in, got none; connect it or remove it [Connect in to h1]',
      'error: h2: expected one wire in, got none; connect it or remove it [Connect in to h2]',
      'error: out: expected one wire in, got none; connect it or remove it [Connect in to out]',
      'error: y: expected one wire in, got none; connect it or remove it [Connect in to y]',
      'warning: in: no path leads from this node to the output, so it does nothing; connect it or remove it [Connect in to h1]',
      'warning: h1: no path leads from this node to the output, so it does nothing; connect it or remove it [Remove h1]',
      'warning: h2: no path leads from this node to the output, so it does nothing; connect it or remove it [Remove h2]',
      'warning: out: no path leads from this node to the output, so it does nothing; connect it or remove it [Remove out]',
    ],
  ],
  [
    [
      ['graph.nodes', []],
      ['graph.edges', []],
    ],
    [
      'error: graph.nodes: expected exactly one node of type input, got none [Add an input layer]',
      'error: graph.nodes: expected exactly one node of type output, got none [Add an output layer]',
    ],
  ],
  [
    [['graph.nodes.+', { id: 'extra', type: 'dense', params: { units: 2 } }]],
    [
      'error: extra: expected one wire in, got none; connect it or remove it [Connect out to extra]',
      'warning: extra: no path leads from this node to the output, so it does nothing; connect it or remove it [Remove extra]',
    ],
  ],
  [
    [
      ['graph.nodes.+', { id: 'extra', type: 'dense', params: { units: 2 } }],
      ['graph.edges.+', { from: 'h1', to: 'extra' }],
    ],
    [
      'warning: extra: no path leads from this node to the output, so it does nothing; connect it or remove it [Remove extra]',
    ],
  ],
  [
    [['graph.nodes.2', { id: 'h2', type: 'add', params: {} }]],
    ['error: h2: expected two or more wires in, got 1; connect another, or remove it'],
  ],
  [
    [
      ['graph.nodes.2', { id: 'h2', type: 'add', params: {} }],
      ['graph.edges.+', { from: 'in', to: 'h2' }],
    ],
    ['error: h2: add: expected inputs of one shape, got [16] and, as input 2, [2]'],
  ],
  [
    [
      ['graph.nodes.2', { id: 'h2', type: 'concat', params: { axis: 1 } }],
      ['graph.edges.+', { from: 'in', to: 'h2' }],
    ],
    ['error: h2: concat: expected inputs that differ only along axis 1, got [16] and [16]'],
  ],
  [
    [
      ['graph.nodes.2', { id: 'h2', type: 'concat', params: {} }],
      ['graph.edges.1.slot', 0],
      ['graph.edges.+', { from: 'in', to: 'h2', slot: 0 }],
    ],
    ['error: h2: expected one wire in slot 0, got 2; give each its own slot'],
  ],
  [
    [
      ['graph.nodes.2', { id: 'h2', type: 'concat', params: {} }],
      ['graph.edges.1.slot', 2],
      ['graph.edges.+', { from: 'in', to: 'h2' }],
    ],
    ['error: h2: expected slots 0 to 2 to be filled, got no wire in slot 1'],
  ],
  [
    [['graph.nodes.2', { id: 'h2', type: 'conv2d', params: { filters: 2, kernel_size: [3, 3] } }]],
    ['error: h2: conv2d: expected an input of shape [channels, height, width], got [16]'],
  ],
  [
    [
      ['graph.nodes.0.params.shape', [1, 1, 2]],
      ['graph.nodes.1', { id: 'h1', type: 'conv2d', params: { filters: 2, kernel_size: [3, 3] } }],
    ],
    [
      'error: h1: window: expected at most 1 (the input\'s length) with padding "valid", got 3; use padding "same" or a smaller window [Set padding of h1 to same]',
    ],
  ],
  [
    [['graph.nodes.1', { id: 'h1', type: 'reshape', params: { shape: [3] } }]],
    ['error: h1: reshape: expected an input of 3 numbers for [3], got [2] with 2'],
  ],
  [
    [['graph.nodes.3.params.units', 2]],
    ['error: out: expected 1 output value (one for two classes), got 2 [Set units of out to 1]'],
  ],
  [
    [['graph.nodes.3.params.activation', 'softmax']],
    [
      'warning: out: softmax over one value is always 1; use sigmoid, or one unit per class [Set activation of out to sigmoid]',
    ],
  ],
  [
    [['graph.nodes.3.params.activation', 'linear']],
    ['warning: out: linear is unusual before binary_cross_entropy; use sigmoid [Set activation of out to sigmoid]'],
  ],
  [
    [
      ['graph.nodes.1.params.units', 65536],
      ['graph.nodes.2.params.units', 65536],
    ],
    [
      'error: h2: expected at most 250000000 parameters in all, got 4295294977, 4295032832 of them here; make this layer smaller',
    ],
  ],
  [
    [['graph.nodes.0.params.shape', [2, 1]]],
    ['error: out: expected 1 output value (one for two classes), got 2 [Insert a flatten layer before out]'],
  ],
]);

/** Every layer as PyTorch has it: the module that holds its tensors, and what is called with its inputs. */
import { present } from '../../lib/assert.ts';
import { resolveVariant } from '../../lib/fields-check.ts';
import type { Json, JsonObject } from '../../lib/json.ts';
import { booleanParam, integersParam, numberParam } from '../../lib/params.ts';
import { activationField } from '../../layers/activations.ts';
import { windowAlong } from '../../ops/window.ts';
import type { Shape } from '../../tensor/shape.ts';

/** A node to be written, its parameters complete. */
export interface TorchNode {
  readonly params: JsonObject;
  /** Of the first input; [] for the input node. */
  readonly shape: Shape;
  /** Inputs as Python names. */
  readonly inputs: readonly string[];
  /** The node's module as Python has it. */
  readonly layer: string;
  /** Of batch norms: along the first axis of a row, or the last. */
  readonly axis: string | undefined;
}

/** What stands in `__init__` and in `forward`. */
export interface TorchCode {
  readonly module?: string;
  readonly value: string;
  /** Applied to the value: the layer's own activation. */
  readonly activation?: Json;
}

type Writer = (node: TorchNode) => TorchCode;

const first = ({ inputs }: TorchNode) => present(inputs[0], 'input');
const tuple = (numbers: readonly number[]) => `(${numbers.join(', ')}${numbers.length === 1 ? ',' : ''})`;
const yes = (value: boolean) => (value ? 'True' : 'False');
const axisOf = ({ shape }: TorchNode, axis: number) => present(shape.at(axis), 'axis');

/** x with the padding of "same" around its last axes, as F.pad counts them: from the last axis on. */
function padded(x: string, windows: readonly ReturnType<typeof windowAlong>[], fill = ''): string {
  const pads = windows.toReversed().flatMap(({ kernel, stride, input, output, before }) => {
    const total = Math.max((output - 1) * stride + kernel - input, 0);
    return [before, total - before];
  });
  return pads.every((pad) => pad === 0) ? x : `F.pad(${x}, ${tuple(pads)}${fill})`;
}

function windows(node: TorchNode, kernel: readonly number[], stride: readonly number[]) {
  const padding = String(node.params['padding'] ?? 'valid');
  return kernel.map((size, i) => {
    const length = present(node.shape[i + 1], 'axis of the input');
    const window = windowAlong(length, size, present(stride[i], 'stride'), padding);
    // Where windows end before the input does there is nothing to add.
    return padding === 'same' ? window : { ...window, input: (window.output - 1) * window.stride + size };
  });
}

const sizes = (params: JsonObject, key: string): readonly number[] => {
  const value = params[key];
  return typeof value === 'number' ? [value] : integersParam(params, key);
};

const convolution =
  (module: string): Writer =>
  (node) => {
    const { params, layer } = node;
    const [kernel, stride] = [sizes(params, 'kernel_size'), sizes(params, 'stride')];
    const words = `${axisOf(node, 0)}, ${numberParam(params, 'filters')}, ${tuple(kernel)}, stride=${tuple(stride)}`;
    return {
      module: `nn.${module}(${words}, bias=${yes(booleanParam(params, 'use_bias'))})`,
      value: `${layer}(${module.startsWith('ConvT') ? first(node) : padded(first(node), windows(node, kernel, stride))})`,
      activation: params['activation'] ?? 'linear',
    };
  };

const pool =
  (call: string, fill: string): Writer =>
  (node) => {
    const kernel = sizes(node.params, 'pool_size');
    const stride = Array.isArray(node.params['stride']) ? sizes(node.params, 'stride') : kernel;
    const x = padded(first(node), windows(node, kernel, stride), fill);
    if (call === 'F.max_pool2d' || x === first(node))
      return { value: `${call}(${x}, ${tuple(kernel)}, ${tuple(stride)})` };
    const present = padded(`torch.ones_like(${first(node)})`, windows(node, kernel, stride));
    const words = `${tuple(kernel)}, ${tuple(stride)}`;
    return { value: `${call}(${x}, ${words}) / ${call}(${present}, ${words})` }; // padding does not count
  };

const recurrent =
  (module: string): Writer =>
  (node) => ({
    module: `nn.${module}(${axisOf(node, 1)}, ${numberParam(node.params, 'units')}, batch_first=True)`,
    value: `${node.layer}(${first(node)})[0]${booleanParam(node.params, 'return_sequences') ? '' : '[:, -1]'}`,
  });

const merge =
  (sign: string): Writer =>
  ({ inputs }) => ({ value: inputs.join(` ${sign} `) });

const same: Writer = (node) => ({ value: first(node) });
const epsilon = ({ params }: TorchNode) => `eps=${numberParam(params, 'epsilon')}`;

const batchNorm: Writer = (node) => {
  const { shape, params, layer, axis } = node;
  const isFirst = axis === 'first';
  const channels = axisOf(node, isFirst ? 0 : -1);
  const kind = isFirst && shape.length === 3 ? 'BatchNorm2d' : 'BatchNorm1d';
  const x = first(node);
  return {
    module: `nn.${kind}(${channels}, ${epsilon(node)}, momentum=${numberParam(params, 'momentum')})`,
    value:
      isFirst || shape.length === 1 ? `${layer}(${x})` : `${layer}(${x}.reshape(-1, ${channels})).reshape(${x}.shape)`,
  };
};

/** By the type of the node. */
export const torchLayers: Readonly<Record<string, Writer>> = {
  input: () => ({ value: 'x' }),
  output: same,
  dense: (node) => ({
    module: `nn.Linear(${axisOf(node, -1)}, ${numberParam(node.params, 'units')}, bias=${yes(booleanParam(node.params, 'use_bias'))})`,
    value: `${node.layer}(${first(node)})`,
    activation: node.params['activation'] ?? 'linear',
  }),
  activation: (node) => {
    const { function: type, alpha } = node.params;
    const isSloped = type === 'leaky_relu' || type === 'elu';
    return { value: first(node), activation: isSloped && typeof alpha === 'number' ? { type, alpha } : String(type) };
  },
  conv1d: convolution('Conv1d'),
  conv2d: convolution('Conv2d'),
  conv_transpose2d: convolution('ConvTranspose2d'),
  max_pool2d: pool('F.max_pool2d', ', value=-math.inf'),
  avg_pool2d: pool('F.avg_pool2d', ''),
  global_avg_pool2d: (node) => ({ value: `${first(node)}.mean(dim=(2, 3))` }),
  flatten: (node) => ({ value: `${first(node)}.flatten(1)` }),
  reshape: (node) => ({ value: `${first(node)}.reshape(-1, ${integersParam(node.params, 'shape').join(', ')})` }),
  dropout: (node) => ({ value: `F.dropout(${first(node)}, ${numberParam(node.params, 'rate')}, self.training)` }),
  gaussian_noise: (node) => ({ value: `noisy(${first(node)}, ${numberParam(node.params, 'stddev')}, self.training)` }),
  batch_norm: batchNorm,
  layer_norm: (node) => ({
    module: `nn.LayerNorm(${axisOf(node, -1)}, ${epsilon(node)})`,
    value: `${node.layer}(${first(node)})`,
  }),
  group_norm: (node) => ({
    module: `nn.GroupNorm(${numberParam(node.params, 'groups')}, ${axisOf(node, 0)}, ${epsilon(node)})`,
    value: `${node.layer}(${first(node)})`,
  }),
  embedding: (node) => ({
    module: `nn.Embedding(${numberParam(node.params, 'vocabulary')}, ${numberParam(node.params, 'dims')})`,
    value: `${node.layer}(${first(node)}.long())`,
  }),
  simple_rnn: recurrent('RNN'),
  lstm: recurrent('LSTM'),
  gru: recurrent('GRU'),
  attention: (node) => ({
    module: `nn.MultiheadAttention(${axisOf(node, 1)}, ${numberParam(node.params, 'heads')}, batch_first=True)`,
    value: `${node.layer}(${first(node)}, ${first(node)}, ${first(node)}, need_weights=False)[0]`,
  }),
  positional_encoding: (node) => ({ value: `${first(node)} + positions(${first(node)})` }),
  add: merge('+'),
  multiply: merge('*'),
  concat: ({ inputs, params }) => ({
    value: `torch.cat((${inputs.join(', ')},), dim=${numberParam(params, 'axis') + 1})`,
  }),
};

/** An activation of `x` in Python; null for linear, which is none. */
export function torchActivation(spec: Json, x: string): string | null {
  const { type, params } = resolveVariant(activationField, spec);
  const calls: Readonly<Record<string, string>> = {
    elu: `F.elu(${x}, ${params['alpha']})`,
    gelu: `F.gelu(${x})`,
    leaky_relu: `F.leaky_relu(${x}, ${params['alpha']})`,
    relu: `F.relu(${x})`,
    sigmoid: `torch.sigmoid(${x})`,
    silu: `F.silu(${x})`,
    softmax: `F.softmax(${x}, dim=-1)`,
    softplus: `F.softplus(${x})`,
    tanh: `torch.tanh(${x})`,
  };
  return calls[type] ?? null;
}

/** Name of an activation spec. */
export function activationType(spec: Json): string {
  return resolveVariant(activationField, spec).type;
}

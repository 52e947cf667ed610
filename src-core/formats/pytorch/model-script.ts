/** Writes model.py: the network as a torch module, node by node, and what reads its weights. */
import { lower } from '../../compile/lower.ts';
import type { Graph } from '../../graph/model.ts';
import { inputsOf, topologicalOrder } from '../../graph/order.ts';
import { present } from '../../lib/assert.ts';
import { resolveParams } from '../../lib/fields-check.ts';
import { layerOf } from '../../layers/registry.ts';
import type { Shape } from '../../tensor/shape.ts';
import { activationType, torchActivation, torchLayers } from './layers.ts';

const HEAD = `"""The network as a torch module; written by Netloom. Needs nothing but torch (1.13 or later).

    from model import load_model
    model = load_model()            # with the weights beside this file
    outputs = model(inputs)         # {SHAPE}: what enters the network, after features and standardisation
"""
import json
import math
import pathlib
import struct

import torch
import torch.nn.functional as F
from torch import nn

HERE = pathlib.Path(__file__).parent
# The activation of the node before the output; losses that belong to it are computed from what enters it.
HEAD = {ACTIVATION}


def positions(x):
    """PE[t, 2i] = sin(t / 10000^(2i/D)), PE[t, 2i+1] = cos of the same, for x [N, T, D]."""
    length, width = x.shape[1:]
    t = torch.arange(length, dtype=torch.float64).unsqueeze(1)
    angle = t / 10000 ** (2 * torch.arange((width + 1) // 2, dtype=torch.float64) / width)
    table = torch.stack((angle.sin(), angle.cos()), dim=2).flatten(1)[:, :width]
    return table.to(x)


def noisy(x, stddev, training):
    return x + stddev * torch.randn_like(x) if training else x


`;

const TAIL = `

def read_tensors(path):
    """A safetensors file as a dict: length of the header, the header as JSON, numbers as little-endian float32."""
    raw = pathlib.Path(path).read_bytes()
    (length,) = struct.unpack("<Q", raw[:8])
    header, body = json.loads(raw[8 : 8 + length]), memoryview(bytearray(raw[8 + length :]))
    header.pop("__metadata__", None)
    found = {}
    for key, entry in header.items():
        start, end = entry["data_offsets"]
        shape = entry["shape"]
        found[key] = torch.frombuffer(body[start:end], dtype=torch.float32).reshape(shape) if end > start else torch.zeros(shape)
    return found


def write_tensors(path, tensors):
    """The same layout, so that every program that reads safetensors takes it."""
    header, parts, end = {"__metadata__": {"format": "pt"}}, [], 0
    for key in sorted(tensors):
        values = tensors[key].detach().cpu().float().contiguous()
        parts.append(struct.pack(f"<{values.numel()}f", *values.flatten().tolist()))
        header[key] = {"dtype": "F32", "shape": list(values.shape), "data_offsets": [end, end + len(parts[-1])]}
        end += len(parts[-1])
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    pathlib.Path(path).write_bytes(struct.pack("<Q", len(text)) + text + b"".join(parts))


def weights_of(model):
    """The tensors of the format: everything but the counters of batch norms."""
    return {key: value for key, value in model.state_dict().items() if not key.endswith("num_batches_tracked")}


def load_model(path=HERE / "weights.safetensors"):
    """The network with these weights, in evaluation mode."""
    model = Network()
    missing, unexpected = model.load_state_dict(read_tensors(path), strict=False)
    missing = [key for key in missing if not key.endswith("num_batches_tracked")]
    if missing or unexpected:
        raise ValueError(f"{path}: missing {missing}, unexpected {list(unexpected)}")
    return model.eval()
`;

interface Written {
  readonly modules: readonly string[];
  readonly forward: readonly string[];
  readonly activation: string;
}

/** The whole file. */
export function modelScript(graph: Graph): string {
  const { modules, forward, activation } = write(graph);
  const shape = present(
    graph.nodes.find(({ type }) => type === 'input'),
    'input',
  ).params['shape'];
  const head = HEAD.replace('{SHAPE}', `[N, ${String(shape).replaceAll(',', ', ')}]`).replace(
    '{ACTIVATION}',
    JSON.stringify(activation),
  );
  const body = [
    'class Network(nn.Module):',
    '    def __init__(self):',
    '        super().__init__()',
    '        # Set by name: a node may be called as a method of nn.Module is.',
    ...modules.map((line) => `        ${line}`),
    '',
    '    def forward(self, x, logits=False):',
    '        """The output; with logits=True also what enters the last activation (the output itself where there is none)."""',
    '        layers = self._modules',
    ...forward.map((line) => `        ${line}`),
    '',
  ];
  return head + body.join('\n') + TAIL;
}

function write(graph: Graph): Written {
  const sources = inputsOf(graph);
  const { shapes, axes } = lookInto(graph);
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const modules: string[] = [];
  const forward: string[] = [];
  let activation = 'linear';
  for (const id of topologicalOrder(graph)) {
    const node = present(nodes.get(id), id);
    const from = sources.get(id) ?? [];
    const code = present(
      torchLayers[node.type],
      `layer ${node.type} in PyTorch`,
    )({
      params: resolveParams(layerOf(node.type).fields, node.params),
      shape: shapes.get(from[0] ?? '') ?? [],
      inputs: from.map(valueName),
      layer: `layers[${JSON.stringify(id)}]`,
      axis: axes.get(id),
    });
    if (code.module !== undefined) modules.push(`self._modules[${JSON.stringify(id)}] = ${code.module}`);
    const feedsOutput = sources.get(outputOf(graph))?.[0] === id;
    const name = valueName(id);
    forward.push(`${name} = ${code.value}`);
    if (feedsOutput) {
      forward.push(`before = ${name}`);
      activation = code.activation === undefined ? 'linear' : activationType(code.activation);
    }
    const activated = code.activation === undefined ? null : torchActivation(code.activation, name);
    if (activated !== null) forward.push(`${name} = ${activated}`);
  }
  const result = valueName(outputOf(graph));
  forward.push(`return (${result}, before) if logits else ${result}`);
  return { modules: modules.length === 0 ? ['pass'] : modules, forward, activation };
}

/** Python's words are no names: every value gets a prefix. */
function valueName(id: string): string {
  return `v_${id}`;
}

function outputOf(graph: Graph): string {
  return present(
    graph.nodes.find(({ type }) => type === 'output'),
    'output',
  ).id;
}

/** Shape of every node's output, and the axis of every batch norm. */
function lookInto(graph: Graph): {
  readonly shapes: ReadonlyMap<string, Shape>;
  readonly axes: ReadonlyMap<string, string>;
} {
  const { values, nodes, sections } = lower({ graph, noise: false, keepsNodes: true });
  const shapes = new Map([...present(nodes, 'nodes')].map(([id, value]) => [id, present(values[value], id).shape]));
  const norms = sections.predict.filter(({ id }) => id === 'normalize_with');
  return { shapes, axes: new Map(norms.map(({ node, attributes }) => [node, String(attributes['axis'])])) };
}

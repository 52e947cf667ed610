/** What every layer answers to some rows: one small network a layer, cut off behind it. */
import type { LayerOutputs } from '../contract/insights.ts';
import type { Graph } from '../graph/model.ts';
import { inputsOf, topologicalOrder } from '../graph/order.ts';
import type { Network } from '../runtime/define.ts';
import { createNetwork } from '../runtime/network.ts';
import { sizeOf } from '../tensor/shape.ts';
import { distributionOf } from './distribution.ts';
import type { Weights } from './weights.ts';

/** Layers that only pass on what they get. */
const ENDS: readonly string[] = ['input', 'output'];
/** Two answers closer than this, beside the largest, are the same answer. */
const SAME = 1e-7;

/** The networks of one graph; made once, fed again and again. */
export class LayerProbes {
  readonly #probes: readonly { readonly id: string; readonly network: Network }[];

  /** @param rows most rows that are looked at in one go */
  constructor(graph: Graph, rows: number) {
    const inner = graph.nodes.filter(({ type }) => !ENDS.includes(type)).map(({ id }) => id);
    const order = topologicalOrder(graph).filter((id) => inner.includes(id));
    this.#probes = order.map((id) => ({
      id,
      network: createNetwork({ graph: cutBehind(graph, id), backend: 'fast', batchSize: rows }),
    }));
  }

  /** @param inputs [count × inputs] as fed */
  outputs(weights: Weights, inputs: Float64Array, count: number): readonly LayerOutputs[] {
    return this.#probes.map(({ id, network }) => {
      for (const { key } of network.tensors) network.write(key, weights.get(key) ?? []);
      const outputs = network.predict(inputs, count);
      const units = unitsOf(network);
      return { ...distributionOf(id, outputs), units, deadUnits: deadAmong(outputs, units, network) };
    });
  }

  dispose(): void {
    for (const { network } of this.#probes) network.dispose();
  }
}

/** The node with everything that feeds it, and the output behind it. */
function cutBehind(graph: Graph, id: string): Graph {
  const inputs = inputsOf(graph);
  const kept = new Set<string>();
  const waiting = [id];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (kept.has(next)) continue;
    kept.add(next);
    waiting.push(...(inputs.get(next) ?? []));
  }
  const end = graph.nodes.find(({ type }) => type === 'output');
  return {
    ...graph,
    nodes: graph.nodes.filter((node) => kept.has(node.id) || node === end),
    edges: [
      ...graph.edges.filter(({ from, to }) => kept.has(from) && kept.has(to)),
      ...(end ? [{ from: id, to: end.id }] : []),
    ],
  };
}

/** A unit is a value of a vector; of images [C, H, W] and sequences it is a channel. */
function unitsOf({ outputShape }: Network): number {
  return outputShape[0] ?? 1;
}

/** Units whose values are all the same over every row (and every place of a channel). */
function deadAmong(outputs: Float64Array, units: number, { outputShape }: Network): number {
  const width = sizeOf(outputShape);
  const places = width / units;
  let dead = 0;
  for (let unit = 0; unit < units; unit++) {
    let [min, max] = [Infinity, -Infinity];
    for (let start = unit * places; start < outputs.length; start += width) {
      for (let place = 0; place < places; place++) {
        const value = outputs[start + place] as number;
        if (value < min) min = value;
        if (value > max) max = value;
      }
    }
    if (max - min <= SAME * Math.max(Math.abs(min), Math.abs(max))) dead++;
  }
  return dead;
}

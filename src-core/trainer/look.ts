/** A look inside the network: what units answer, how strong gradients and weights are. Changes nothing in the run. */
import type { NetworkLook, NodeLook, TensorLook, UnitPage } from '../contract/network-look.ts';
import type { LoadedData } from '../datasets/define.ts';
import { encodeInputs } from '../datasets/encode.ts';
import type { Graph } from '../graph/model.ts';
import type { Turns } from '../lib/turns.ts';
import { gradientsOf, sourceOfNetwork, type TensorSource } from '../runtime/arrays.ts';
import type { Network, NodeValues } from '../runtime/define.ts';
import { createNetwork } from '../runtime/network.ts';
import { partsOf } from '../tensor/layout-part.ts';
import { gridRows } from './boundary.ts';
import { copyWeights, eachPart } from './copy-weights.ts';
import type { LookRequest } from './define.ts';
import { nodeOf } from './tensor-sizes.ts';
import { firstMaps, mapsOfPage } from './unit-maps.ts';
import { UnitRanges } from './unit-ranges.ts';

/** Rows that tell whether a unit is dead. */
const SAMPLE_ROWS = 64;
/** Rows behind the length of a gradient. */
const GRADIENT_ROWS = 32;
/** Cells along the edge of a map: fine enough for a thumbnail, and the coarsest that is still a picture. */
const FINEST = 24;
const COARSEST = 8;
/** Numbers of one tensor that are sent: a matrix of 512 × 512. */
export const MOST_NUMBERS = 2 ** 18;
/** Differences below this share of the value, or of 1, are rounding. */
const SAME = { same: 1e-6, floor: 1 };
/** Numbers of an answer that are worth a turn. */
const LARGE = 2 ** 15;

export interface LookerOptions {
  readonly graph: Graph;
  readonly data: LoadedData;
  /** The one that is trained. */
  readonly network: Network;
  readonly batchSize: number;
}

interface NodesRequest extends Pick<LookRequest, 'turnRows' | 'units'> {
  readonly sampled: number;
  readonly resolution: number;
}

interface NodesFound {
  readonly nodes: readonly NodeLook[];
  readonly unitPage: UnitPage | null;
}
const NOTHING: NodesFound = { nodes: [], unitPage: null };

interface GradientSizes {
  /** Length of the gradient of a node's tensors together. */
  readonly norms: ReadonlyMap<string, number>;
  /** Mean of |gradient| by tensor. */
  readonly means: ReadonlyMap<string, number>;
}

/** Rows the network is fed [count × inputs]. */
interface Fed {
  readonly inputs: Float64Array;
  readonly count: number;
}

/** Looks through a copy of the network whose nodes can be read; it takes over the weights at every look. */
export class Looker {
  readonly #options: LookerOptions;
  readonly #copy: Network;

  constructor(options: LookerOptions) {
    this.#options = options;
    this.#copy = createNetwork({ graph: options.graph, backend: 'fast', batchSize: SAMPLE_ROWS, keepsNodes: true });
  }

  /** Cost: at most `rows` rows forward, a few rows backward, and a copy of all weights. */
  *look(
    { nodes, weights, units, rows, turnRows, isTrial = false }: LookRequest,
    step: number,
  ): Turns<Omit<NetworkLook, 'phase'>> {
    const { sampled, resolution } = this.#plan(rows);
    if (isTrial) {
      const ranges = new Map<string, UnitRanges>();
      yield* this.#answers(nodes, this.#sample(sampled), turnRows, (node, answer) => addTo(ranges, node, answer));
      return { step, resolution: 0, nodes: [], tensors: [], unitPage: null };
    }
    const answers = nodes.length === 0 ? NOTHING : yield* this.#nodes(nodes, { sampled, resolution, turnRows, units });
    const tensors = weights === null ? [] : yield* this.#tensors(weights);
    return { step, resolution, tensors, ...answers };
  }

  dispose(): void {
    this.#copy.dispose();
  }

  #plan(rows: number): { readonly sampled: number; readonly resolution: number } {
    const { data, graph } = this.#options;
    // Embeddings take whole numbers, which the points of a plane are not.
    const isPlane = data.inputNames.length === 2 && graph.nodes.every(({ type }) => type !== 'embedding');
    const sampled = Math.max(1, Math.min(SAMPLE_ROWS, data.training.count, rows));
    const edge = Math.min(FINEST, Math.floor(Math.sqrt(Math.max(0, rows - sampled))));
    return { sampled, resolution: isPlane && edge >= COARSEST ? edge : 0 };
  }

  *#nodes(nodes: readonly string[], { sampled, resolution, turnRows, units }: NodesRequest): Turns<NodesFound> {
    const source = sourceOfNetwork(this.#options.network);
    yield* copyWeights(source, this.#copy);
    const ranges = new Map<string, UnitRanges>();
    yield* this.#answers(nodes, this.#sample(sampled), turnRows, (node, answer) => addTo(ranges, node, answer));
    const maps = yield* this.#maps(nodes, resolution, turnRows);
    const { norms, means } = yield* this.#gradientSizes();
    const looks: NodeLook[] = [];
    for (const [node, range] of ranges) {
      looks.push({
        node,
        unitCount: range.unitCount,
        deadShare: range.deadCount(SAME) / range.unitCount,
        gradientNorm: norms.get(node) ?? null,
        meanWeight: yield* meanWeight(source, node),
        meanGradient: means.get(`${node}.weight`) ?? null,
        ...firstMaps(maps.get(node), resolution),
      });
    }
    return { nodes: looks, unitPage: units ? mapsOfPage(maps.get(units.node), units, resolution) : null };
  }

  /** Runs rows through the copy, some in each turn. */
  *#answers(
    nodes: readonly string[],
    { inputs, count }: Fed,
    turnRows: number,
    visit: (node: string, answer: NodeValues, firstRow: number) => void,
  ): Turns<void> {
    const width = inputs.length / count;
    for (const { from, to } of partsOf(count, Math.min(count, Math.max(1, turnRows)))) {
      const answers = this.#copy.activations(nodes, inputs.subarray(from * width, to * width), to - from);
      for (const [node, answer] of answers) {
        visit(node, answer, from);
        if (answer.values.length > LARGE) yield;
      }
      if (to < count) yield;
    }
  }

  /** Outputs over the plane, of the nodes that answer with vectors. */
  *#maps(nodes: readonly string[], resolution: number, turnRows: number): Turns<ReadonlyMap<string, NodeValues>> {
    const maps = new Map<string, NodeValues>();
    if (resolution === 0) return maps;
    const { data } = this.#options;
    const count = resolution * resolution;
    const inputs = encodeInputs(data.encoding, gridRows(data, { resolution, x: 0, y: 1 }, { from: 0, to: count }));
    yield* this.#answers(nodes, { inputs, count }, turnRows, (node, { shape, values }, firstRow) => {
      if (shape.length > 1) return;
      const width = shape[0] ?? 1;
      const map = maps.get(node) ?? { shape, values: new Float64Array(count * width) };
      maps.set(node, map);
      map.values.set(values, firstRow * width);
    });
    return maps;
  }

  /** Training rows, evenly spread. */
  #sample(count: number): Fed {
    const { training, inputSize } = this.#options.data;
    const inputs = new Float64Array(count * inputSize);
    for (let i = 0; i < count; i++) {
      const row = Math.floor((i * training.count) / count);
      inputs.set(training.inputs.subarray(row * inputSize, (row + 1) * inputSize), i * inputSize);
    }
    return { inputs, count };
  }

  *#gradientSizes(): Turns<GradientSizes> {
    const { data, network, batchSize } = this.#options;
    const { inputSize, targetSize, training } = data;
    const count = Math.min(GRADIENT_ROWS, batchSize, training.count);
    network.gradientsInPlace({
      count,
      inputs: training.inputs.subarray(0, count * inputSize),
      targets: training.targets.subarray(0, count * targetSize),
    });
    yield;
    const gradients = gradientsOf(network);
    const squares = new Map<string, number>();
    const means = new Map<string, number>();
    for (const key of gradients.keys) {
      let [square, sum] = [0, 0];
      yield* eachPart(gradients, key, (values) => {
        for (const value of values) {
          square += value * value;
          sum += Math.abs(value);
        }
      });
      squares.set(nodeOf(key), (squares.get(nodeOf(key)) ?? 0) + square);
      means.set(key, sum / gradients.size(key));
    }
    return { norms: new Map([...squares].map(([node, square]) => [node, Math.sqrt(square)])), means };
  }

  *#tensors(node: string): Turns<TensorLook[]> {
    const { tensors, arrays } = this.#options.network;
    const looks: TensorLook[] = [];
    for (const { key, shape } of tensors.filter((tensor) => nodeOf(tensor.key) === node)) {
      const size = arrays.size(key);
      const row = size / (shape[0] ?? 1);
      const values = new Float32Array(Math.min(size, Math.max(1, Math.floor(MOST_NUMBERS / row)) * row));
      arrays.read(key, { from: 0, to: values.length }, values);
      looks.push({ key, shape, values });
      yield;
    }
    return looks;
  }
}

function addTo(ranges: Map<string, UnitRanges>, node: string, answer: NodeValues): void {
  const range = ranges.get(node) ?? new UnitRanges(answer.shape);
  ranges.set(node, range);
  range.add(answer);
}

function* meanWeight(source: TensorSource, node: string): Turns<number | null> {
  const key = `${node}.weight`;
  if (!source.keys.includes(key)) return null;
  let sum = 0;
  yield* eachPart(source, key, (values) => {
    for (const value of values) sum += Math.abs(value);
  });
  return sum / source.size(key);
}

/** A look inside the network: what units answer, how strong gradients and weights are. Changes nothing in the run. */
import type { NetworkLook, NodeLook, TensorLook } from '../contract/network-look.ts';
import type { LoadedData } from '../datasets/define.ts';
import { encodeInputs } from '../datasets/encode.ts';
import type { Graph } from '../graph/model.ts';
import type { Network, NodeValues } from '../runtime/define.ts';
import { createNetwork } from '../runtime/network.ts';
import { gridRows } from './boundary.ts';
import type { LookRequest } from './define.ts';

/** Rows that tell whether a unit is dead. */
const SAMPLE_ROWS = 64;
/** Rows behind the length of a gradient. */
const GRADIENT_ROWS = 32;
/** Cells along the edge of a map: fine enough for a thumbnail, and the coarsest that is still a picture. */
const FINEST = 24;
const COARSEST = 8;
/** Units that a card has room for. */
const MAPPED_UNITS = 8;
/** Numbers of one tensor that are sent: a matrix of 512 × 512. */
export const MOST_NUMBERS = 2 ** 18;
/** Rank from which the first axis of a value holds channels. */
const IMAGE_RANK = 3;
/** Differences below this share of the value are rounding. */
const SAME = 1e-6;
/** Half of the range of a byte: 128 − 127 is −scale, 128 + 127 is scale. */
const HALF = 127;
const ZERO = 128;

export interface LookerOptions {
  readonly graph: Graph;
  readonly data: LoadedData;
  /** The one that is trained. */
  readonly network: Network;
  readonly batchSize: number;
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
  look({ nodes, weights, rows }: LookRequest, step: number): Omit<NetworkLook, 'phase'> {
    const { data, graph } = this.#options;
    // Embeddings take whole numbers, which the points of a plane are not.
    const isPlane = data.inputNames.length === 2 && graph.nodes.every(({ type }) => type !== 'embedding');
    const sampled = Math.max(1, Math.min(SAMPLE_ROWS, data.training.count, rows));
    const edge = Math.min(FINEST, Math.floor(Math.sqrt(Math.max(0, rows - sampled))));
    const resolution = isPlane && edge >= COARSEST ? edge : 0;
    const found = nodes.length === 0 ? [] : this.#nodes(nodes, sampled, resolution);
    const tensors = weights === null ? [] : this.#tensors(weights);
    return { step, resolution, nodes: found, tensors };
  }

  #nodes(nodes: readonly string[], sampled: number, resolution: number): NodeLook[] {
    const { data, network } = this.#options;
    for (const { key } of network.tensors) this.#copy.write(key, network.read(key));
    const { values: inputs, count } = this.#sample(sampled);
    const answers = this.#copy.activations(nodes, inputs, count);
    const maps =
      resolution === 0
        ? new Map<string, NodeValues>()
        : this.#copy.activations(
            nodes,
            encodeInputs(data.encoding, gridRows(data, { resolution, x: 0, y: 1 })),
            resolution * resolution,
          );
    const norms = this.#gradientNorms();
    return [...answers].map(([node, answer]) => ({
      node,
      ...unitsOf(answer, count),
      gradientNorm: norms.get(node) ?? null,
      meanWeight: this.#meanWeight(node),
      ...drawMaps(maps.get(node), resolution),
    }));
  }

  /** Training rows, evenly spread. */
  #sample(count: number): { readonly values: Float64Array; readonly count: number } {
    const { training, inputSize } = this.#options.data;
    const values = new Float64Array(count * inputSize);
    for (let i = 0; i < count; i++) {
      const row = Math.floor((i * training.count) / count);
      values.set(training.inputs.subarray(row * inputSize, (row + 1) * inputSize), i * inputSize);
    }
    return { values, count };
  }

  #gradientNorms(): ReadonlyMap<string, number> {
    const { data, network, batchSize } = this.#options;
    const { inputSize, targetSize, training } = data;
    const count = Math.min(GRADIENT_ROWS, batchSize, training.count);
    const { tensors } = network.gradients({
      count,
      inputs: training.inputs.subarray(0, count * inputSize),
      targets: training.targets.subarray(0, count * targetSize),
    });
    const squares = new Map<string, number>();
    for (const [key, values] of tensors) {
      const node = nodeOf(key);
      squares.set(node, (squares.get(node) ?? 0) + values.reduce((sum, value) => sum + value * value, 0));
    }
    return new Map([...squares].map(([node, square]) => [node, Math.sqrt(square)]));
  }

  #meanWeight(node: string): number | null {
    const key = `${node}.weight`;
    if (!this.#copy.tensors.some((tensor) => tensor.key === key)) return null;
    const values = this.#copy.read(key);
    let sum = 0;
    for (const value of values) sum += Math.abs(value);
    return sum / values.length;
  }

  #tensors(node: string): TensorLook[] {
    const { network } = this.#options;
    return network.tensors
      .filter(({ key }) => nodeOf(key) === node)
      .map(({ key, shape }) => {
        const values = network.read(key);
        const row = values.length / (shape[0] ?? 1);
        const rows = Math.max(1, Math.floor(MOST_NUMBERS / row));
        return { key, shape, values: Float32Array.from(values.subarray(0, rows * row)) };
      });
  }
}

/** 'h1.weight' belongs to h1; ids of nodes have no dot. */
function nodeOf(key: string): string {
  return key.slice(0, key.indexOf('.'));
}

/** How many units there are, and which share of them answers the same to all rows. */
function unitsOf({ shape, values }: NodeValues, count: number): Pick<NodeLook, 'unitCount' | 'deadShare'> {
  const axis = shape.length >= IMAGE_RANK ? 0 : shape.length - 1;
  const unitCount = shape[axis] ?? 1;
  const size = values.length / count;
  /** Neighbours of one unit in memory: all positions of a channel, one number of a vector. */
  const run = axis === 0 ? size / unitCount : 1;
  const [low, high] = [new Float64Array(unitCount).fill(Infinity), new Float64Array(unitCount).fill(-Infinity)];
  for (let i = 0; i < values.length; i++) {
    const unit = Math.floor((i % size) / run) % unitCount;
    const value = values[i] as number;
    if (value < (low[unit] as number)) low[unit] = value;
    if (value > (high[unit] as number)) high[unit] = value;
  }
  const isDead = (least: number, unit: number) => {
    const most = high[unit] as number;
    return most - least <= SAME * Math.max(1, Math.abs(most));
  };
  return { unitCount, deadShare: low.reduce((sum, least, unit) => sum + (isDead(least, unit) ? 1 : 0), 0) / unitCount };
}

/** Bytes of the first units' outputs over the plane; nothing for values that are no vectors. */
function drawMaps(found: NodeValues | undefined, resolution: number): Pick<NodeLook, 'maps' | 'scale'> {
  const [unitCount = 1] = found?.shape ?? [];
  if (found === undefined || found.shape.length > 1) return { maps: null, scale: 0 };
  const { values } = found;
  const cells = resolution * resolution;
  const shown = Math.min(MAPPED_UNITS, unitCount);
  let scale = 0;
  for (const value of values) if (Math.abs(value) > scale) scale = Math.abs(value);
  const factor = scale > 0 ? HALF / scale : 0;
  const maps = new Uint8Array(shown * cells);
  for (let unit = 0; unit < shown; unit++) {
    for (let cell = 0; cell < cells; cell++) {
      maps[unit * cells + cell] = ZERO + Math.round((values[cell * unitCount + unit] as number) * factor);
    }
  }
  return { maps, scale };
}

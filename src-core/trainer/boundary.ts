/** The network over a grid of two inputs: what the decision boundary is drawn from. */
import type { BoundaryGrid } from '../contract/records.ts';
import type { LoadedData } from '../datasets/define.ts';
import { encodeInputs } from '../datasets/encode.ts';
import { unstandardize } from '../datasets/standardize.ts';
import type { Graph } from '../graph/model.ts';
import type { Turns } from '../lib/turns.ts';
import type { Network } from '../runtime/define.ts';
import { partsOf, type Part } from '../tensor/layout-part.ts';
import { sizeOf } from '../tensor/shape.ts';

/** Room left around the data, as a share of its width. */
const MARGIN = 0.08;

export interface BoundaryView {
  readonly resolution: number;
  /** Raw inputs on the two axes. */
  readonly x: number;
  readonly y: number;
}

/** Numbers of points that are kept for the next look. */
const MOST_KEPT = 2 ** 18;

/** Looks at one network again and again; the points of a view are worked out once where they are few. */
export class Boundary {
  readonly #network: Network;
  readonly #data: LoadedData;
  /** The inputs are ids: an embedding takes whole numbers of its vocabulary only. */
  readonly #takesIds: boolean;
  #view: BoundaryView | null = null;
  #points: Float64Array = new Float64Array(0);

  /** @param graph of the network */
  constructor(network: Network, data: LoadedData, graph: Graph) {
    this.#network = network;
    this.#data = data;
    this.#takesIds = graph.nodes.some(({ type }) => type === 'embedding');
  }

  /**
   * Outputs at the centres of resolution × resolution cells, rows from low y to high y; other inputs at their training
   * means. Where inputs are ids, at the ids of the data that are closest. The weights must stay as they are until it is finished.
   * @param turnRows points of one turn
   */
  *grid(view: BoundaryView, turnRows = Infinity): Turns<BoundaryGrid> {
    const { resolution, x, y } = view;
    const { targetStandardization } = this.#data;
    const count = resolution * resolution;
    const outputCount = sizeOf(this.#network.outputShape);
    const values = new Float32Array(count * outputCount);
    for (const part of partsOf(count, Math.min(count, Math.max(1, turnRows)))) {
      const outputs = this.#network.predict(this.#pointsOf(view, part), part.to - part.from);
      if (targetStandardization !== null) unstandardize(outputs, targetStandardization);
      values.set(outputs, part.from * outputCount);
      if (part.to < count) yield;
    }
    return { resolution, x, y, xRange: rangeOf(this.#data, x), yRange: rangeOf(this.#data, y), outputCount, values };
  }

  /** As fed. */
  #pointsOf(view: BoundaryView, part: Part): Float64Array {
    const { encoding, inputSize } = this.#data;
    const all = { from: 0, to: view.resolution * view.resolution };
    if (all.to * inputSize > MOST_KEPT) return encodeInputs(encoding, this.#rawRows(view, part));
    if (this.#view === null || !isSame(this.#view, view)) {
      this.#points = encodeInputs(encoding, this.#rawRows(view, all));
      this.#view = view;
    }
    return this.#points.subarray(part.from * inputSize, part.to * inputSize);
  }

  #rawRows(view: BoundaryView, part: Part): Float64Array {
    const rows = gridRows(this.#data, view, part);
    if (!this.#takesIds) return rows;
    const { inputRanges } = this.#data;
    return rows.map((value, i) => {
      const [low, high] = inputRanges[i % inputRanges.length] ?? [value, value];
      return Math.min(high, Math.max(low, Math.round(value)));
    });
  }
}

const isSame = (a: BoundaryView, b: BoundaryView): boolean =>
  a.resolution === b.resolution && a.x === b.x && a.y === b.y;

/** Raw rows at the centres of some cells [cells × inputs], counted in rows from low y to high y. */
export function gridRows(data: LoadedData, { resolution, x, y }: BoundaryView, { from, to }: Part): Float64Array {
  const [xRange, yRange] = [rangeOf(data, x), rangeOf(data, y)];
  const width = data.inputNames.length;
  const raw = new Float64Array((to - from) * width);
  const at = (range: readonly [number, number], cell: number) =>
    range[0] + ((range[1] - range[0]) * (cell + 0.5)) / resolution;
  for (let cell = from; cell < to; cell++) {
    const start = (cell - from) * width;
    raw.set(data.inputMeans, start);
    if (y < width) raw[start + y] = at(yRange, Math.floor(cell / resolution));
    if (x < width) raw[start + x] = at(xRange, cell % resolution);
  }
  return raw;
}

/** Range of a raw input with a margin; ±1 around an input that never changes. */
function rangeOf({ inputRanges }: LoadedData, input: number): readonly [number, number] {
  const [low, high] = inputRanges[input] ?? [0, 0];
  const margin = high > low ? (high - low) * MARGIN : 1;
  return [low - margin, high + margin];
}

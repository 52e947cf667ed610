/** The network over a grid of two inputs: what the decision boundary is drawn from. */
import type { BoundaryGrid } from '../contract/records.ts';
import type { LoadedData } from '../datasets/define.ts';
import { encodeInputs } from '../datasets/encode.ts';
import { unstandardize } from '../datasets/standardize.ts';
import type { Network } from '../runtime/define.ts';
import { sizeOf } from '../tensor/shape.ts';

/** Room left around the data, as a share of its width. */
const MARGIN = 0.08;

export interface BoundaryView {
  readonly resolution: number;
  /** Raw inputs on the two axes. */
  readonly x: number;
  readonly y: number;
}

/** Outputs at the centres of resolution × resolution cells, rows from low y to high y; other inputs at their training means. */
export function computeBoundary(network: Network, data: LoadedData, { resolution, x, y }: BoundaryView): BoundaryGrid {
  const [xRange, yRange] = [rangeOf(data, x), rangeOf(data, y)];
  const raw = gridRows(data, { resolution, x, y });
  const outputs = network.predict(encodeInputs(data.encoding, raw), resolution * resolution);
  if (data.targetStandardization !== null) unstandardize(outputs, data.targetStandardization);
  const values = Float32Array.from(outputs);
  return { resolution, x, y, xRange, yRange, outputCount: sizeOf(network.outputShape), values };
}

/** Raw rows at the centres of the cells [resolution² × inputs], rows from low y to high y. */
export function gridRows(data: LoadedData, { resolution, x, y }: BoundaryView): Float64Array {
  const [xRange, yRange] = [rangeOf(data, x), rangeOf(data, y)];
  const width = data.inputNames.length;
  const raw = new Float64Array(resolution * resolution * width);
  const at = (range: readonly [number, number], cell: number) =>
    range[0] + ((range[1] - range[0]) * (cell + 0.5)) / resolution;
  for (let row = 0; row < resolution; row++) {
    for (let column = 0; column < resolution; column++) {
      const start = (row * resolution + column) * width;
      raw.set(data.inputMeans, start);
      if (y < width) raw[start + y] = at(yRange, row);
      if (x < width) raw[start + x] = at(xRange, column);
    }
  }
  return raw;
}

/** Range of a raw input with a margin; ±1 around an input that never changes. */
function rangeOf({ inputRanges }: LoadedData, input: number): readonly [number, number] {
  const [low, high] = inputRanges[input] ?? [0, 0];
  const margin = high > low ? (high - low) * MARGIN : 1;
  return [low - margin, high + margin];
}

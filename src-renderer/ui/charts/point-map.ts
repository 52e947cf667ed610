/** Data points as a map over two of their inputs, or as values over their only one: what plots and previews have in common. */
import type { MapModel } from './map-model.ts';
import { classColor, valueColor, type DataPalette } from './palette.svelte.ts';
import { columnRange, padRange, type Range } from './scale.ts';
import type { ScatterLook, ScatterPoints } from './scatter.ts';

/** Rows to draw, with the names of their columns. */
export interface PointSet {
  readonly task: 'regression' | 'binary' | 'multiclass';
  readonly inputNames: readonly string[];
  readonly targetNames: readonly string[];
  readonly points: {
    /** [count × inputNames.length] */
    readonly inputs: Float32Array;
    /** Class index or value. */
    readonly targets: Float32Array;
    /** 1 for rows that are held out. */
    readonly validation: Uint8Array;
  };
}

export interface PointMapOptions {
  readonly preview: PointSet;
  /** The input on each axis. */
  readonly x: number;
  readonly y: number;
  readonly palette: DataPalette;
  readonly width: number;
  readonly height: number;
  readonly isBare?: boolean;
}

const PADDING = 0.08;
const UNIT: Range = [0, 1];
const RADIUS = 3.6;
const RADIUS_MANY = 2.6;
const RADIUS_LEAST = 2;
const MANY_POINTS = 700;
/** A map so many pixels wide has marks of one pixel's radius, larger ones in proportion. */
const PIXELS_A_RADIUS = 90;

/** Range of the targets among the points; one wide when they are all the same. */
export function targetRange({ points }: PointSet): Range {
  return padRange(columnRange(points.targets, 1, 0) ?? UNIT, 0);
}

/** Range of an input among the points, with some room around. */
function inputRange({ points, inputNames }: PointSet, input: number): Range {
  return padRange(columnRange(points.inputs, inputNames.length, input) ?? UNIT, PADDING);
}

/** The points with axes; no shading yet. */
export function pointMap(options: PointMapOptions): MapModel {
  const { preview, x, y, palette, width, height, isBare = false } = options;
  const { inputNames, targetNames, points } = preview;
  const isCurve = inputNames.length < 2;
  const xRange = inputRange(preview, isCurve ? 0 : x);
  const yRange = isCurve ? padRange(targetRange(preview), PADDING) : inputRange(preview, y);
  const largest = points.targets.length > MANY_POINTS ? RADIUS_MANY : RADIUS;
  const radius = Math.max(RADIUS_LEAST, Math.min(largest, Math.min(width, height) / PIXELS_A_RADIUS));
  return {
    width,
    height,
    palette,
    isBare,
    isSquare: !isCurve,
    xRange,
    yRange,
    xTitle: inputNames[isCurve ? 0 : x] ?? '',
    yTitle: (isCurve ? targetNames[0] : inputNames[y]) ?? '',
    grid: null,
    curve: null,
    points: isCurve ? valuePoints(preview) : mapPoints(preview, x, y),
    look: pointLook(preview, palette, { x: xRange, y: yRange }, radius),
  };
}

function mapPoints({ points, inputNames }: PointSet, x: number, y: number): ScatterPoints {
  return {
    inputs: points.inputs,
    columns: inputNames.length,
    x,
    y,
    targets: points.targets,
    heldOut: points.validation,
  };
}

/** A single input across, the target upwards. */
function valuePoints({ points }: PointSet): ScatterPoints {
  const count = points.targets.length;
  const inputs = new Float32Array(count * 2);
  for (let row = 0; row < count; row++) {
    inputs[row * 2] = points.inputs[row] as number;
    inputs[row * 2 + 1] = points.targets[row] as number;
  }
  return { inputs, columns: 2, x: 0, y: 1, targets: points.targets, heldOut: points.validation };
}

/** Colours by class or by value. */
function pointLook(
  preview: PointSet,
  palette: DataPalette,
  ranges: { x: Range; y: Range },
  radius: number,
): ScatterLook {
  const [low, high] = targetRange(preview);
  const isClass = preview.task !== 'regression';
  const colorOf = isClass
    ? (target: number) => classColor(palette, target)
    : (target: number) => valueColor(palette, (target - low) / (high - low));
  // Middle values have the neutral colour, which the surface would swallow without a visible edge.
  const edge = isClass ? palette.surface : palette.mutedText;
  return { xRange: ranges.x, yRange: ranges.y, radius, isClass, edge, colorOf };
}

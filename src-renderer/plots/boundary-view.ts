/** What the boundary plot shows, worked out from data, document and grid: ranges, reading of the outputs, the look of the points. */
import type { BoundaryGrid, DataPreview } from '../../src-core/contract/records.ts';
import type { DataSpec, ProjectDocument } from '../../src-core/graph/model.ts';
import { lossId } from '../../src-core/losses/registry.ts';
import type { Table } from '../ui/charts/csv-text.ts';
import { gridBox, type MapGrid, type MapModel } from '../ui/charts/map-model.ts';
import type { GridPaint, GridReading } from '../ui/charts/paint-grid.ts';
import type { DataPalette } from '../ui/charts/palette.svelte.ts';
import { pointMap, targetRange } from '../ui/charts/point-map.ts';
import type { Range } from '../ui/charts/scale.ts';
import { scatterSvg } from '../ui/charts/scatter.ts';
import { SVG_BOX, svgAxes, svgDocument, svgLines } from '../ui/charts/svg.ts';
import { svgLook } from './curve-look.ts';
import { KEY_WIDTH, mapKeySvg, type MapKey } from './map-key-svg.ts';

/** One output between two classes turns at ½, under hinge and the perceptron at 0 (formats.md section 1, "Predicted class"). */
export function readingOf(preview: DataPreview, { training }: ProjectDocument): GridReading {
  if (preview.task === 'multiclass') return { kind: 'multiclass' };
  if (preview.task === 'regression') {
    const [low, high] = targetRange(preview);
    return { kind: 'regression', low, high };
  }
  const turnsAtZero = lossId(training.loss) === 'hinge' || training.method === 'perceptron';
  return turnsAtZero ? { kind: 'binary', low: -1, high: 1 } : { kind: 'binary', low: 0, high: 1 };
}

/**
 * The network as a curve over its only input: both axes of the grid are that input, so its diagonal is the curve.
 * @returns [x, output] pairs from low to high x
 */
export function diagonalCurve(grid: BoundaryGrid): { x: number; y: number }[] {
  const { resolution, xRange, outputCount, values } = grid;
  const step = (xRange[1] - xRange[0]) / resolution;
  return Array.from({ length: resolution }, (_, i) => ({
    x: xRange[0] + (i + 0.5) * step,
    y: values[i * (resolution + 1) * outputCount] as number,
  }));
}

/** The input chosen for each axis. */
export interface Axes {
  readonly x: number;
  readonly y: number;
}

interface FrameSource extends Axes {
  readonly preview: DataPreview;
  readonly palette: DataPalette;
  readonly width: number;
  readonly height: number;
  /** Null while there is no grid. */
  readonly span: Span | null;
  readonly curve: MapModel['curve'];
}

interface PaintSource {
  readonly preview: DataPreview;
  /** The document the grid belongs to. */
  readonly document: ProjectDocument;
  readonly isDiscrete: boolean;
  readonly palette: DataPalette;
}

/** True for a grid over the inputs that are chosen. */
export function hasAxes(grid: Pick<BoundaryGrid, 'x' | 'y'>, { x, y }: Axes): boolean {
  return grid.x === x && grid.y === y;
}

/** A grid of another kind of network than the data ask for would be misread; it is not shown. */
export function fittingGrid(preview: DataPreview, grid: BoundaryGrid | null): BoundaryGrid | null {
  if (!grid) return null;
  const expected = preview.task === 'multiclass' ? preview.classes.length : Math.max(1, preview.targetNames.length);
  return grid.outputCount === expected ? grid : null;
}

/** Keys that choose among points of the same kind, or how they are fed; the inputs themselves stay the same. */
const SAME_INPUTS: readonly string[] = ['samples', 'noise', 'seed', 'validation', 'test', 'missing', 'standardize'];

/** True when both have the same inputs, so that a grid over those of one can stand under the points of the other. */
export function haveSameInputs(one: DataSpec, other: DataSpec): boolean {
  const text = (data: DataSpec): string =>
    JSON.stringify(
      Object.entries(data)
        .filter(([key]) => !SAME_INPUTS.includes(key))
        .sort(),
    );
  return one === other || text(one) === text(other);
}

/** What a grid spans. */
type Span = Pick<BoundaryGrid, 'xRange' | 'yRange'>;

/** Tells the span of a grid, by the same object as long as it is the same: a new grid alone moves no axes and no points. */
export function spanTeller(): (grid: Span | null) => Span | null {
  const isSame = (one: Range, other: Range): boolean => one[0] === other[0] && one[1] === other[1];
  let known: Span | null = null;
  return (grid) => {
    const isKnown = grid && known && isSame(grid.xRange, known.xRange) && isSame(grid.yRange, known.yRange);
    if (!isKnown) known = grid;
    return known;
  };
}

/** All but the shading: axes and points over what a grid spans, and the network as a curve over a single input. */
export function boundaryFrame({ span, curve, ...options }: FrameSource): MapModel {
  const map = pointMap(options);
  if (!span) return map;
  const { xRange, yRange } = map.isSquare ? span : { xRange: span.xRange, yRange: map.yRange };
  return { ...map, xRange, yRange, look: { ...map.look, xRange, yRange }, curve };
}

/** The grid itself, over two inputs. */
export function shadingOf(grid: BoundaryGrid, paint: GridPaint): MapGrid {
  return { values: grid, paint, xRange: grid.xRange, yRange: grid.yRange };
}

export function gridPaint({ preview, document, isDiscrete, palette }: PaintSource): GridPaint {
  const { classes, neutral, mutedText } = palette;
  return {
    reading: readingOf(preview, document),
    discrete: isDiscrete,
    colors: { classes, neutral, broken: mutedText },
  };
}

/** How the plot would be put in words: the picture's text alternative. */
export function describeBoundary(preview: DataPreview, { x, y }: Axes, hasGrid: boolean): string {
  const names = [...new Set([x, y])].map((input) => preview.inputNames[input] ?? '').join(' and ');
  const shading = hasGrid ? 'shaded with the output of the network' : 'no network has been trained yet';
  return `Decision boundary: ${preview.points.targets.length} data points over ${names}, ${shading}.`;
}

/** The points and what the network says beside each of them, read off the nearest cell of the grid. */
export function pointTable(preview: DataPreview, grid: BoundaryGrid | null, { x, y }: Axes): Table {
  const { points, inputNames, classes } = preview;
  const count = inputNames.length;
  const axes = [...new Set([x, y])];
  const shown = fittingGrid(preview, grid);
  const outputs = shown ? outputNames(preview, shown.outputCount) : [];
  const rows = Array.from(points.targets, (target, row) => {
    const at = (input: number): number => points.inputs[row * count + input] as number;
    return [
      ...axes.map(at),
      preview.task === 'regression' ? target : (classes[target] ?? target),
      points.validation[row] === 1 ? 'validation' : 'training',
      ...(shown ? cellAt(shown, at(x), at(y)) : []),
    ];
  });
  const target = preview.targetNames[0] ?? 'target';
  return {
    title: 'Data points',
    columns: [...axes.map((input) => inputNames[input] ?? ''), target, 'part', ...outputs],
    rows,
  };
}

function outputNames({ task, classes }: DataPreview, count: number): readonly string[] {
  if (task === 'multiclass') return classes.map((label) => `output ${label}`);
  return Array.from({ length: count }, (_, i) => (count === 1 ? 'output nearby' : `output ${i + 1} nearby`));
}

function cellAt({ resolution, xRange, yRange, outputCount, values }: BoundaryGrid, x: number, y: number): number[] {
  const index = (value: number, [min, max]: Range): number =>
    Math.min(resolution - 1, Math.max(0, Math.floor(((value - min) / (max - min)) * resolution)));
  const cell = (index(y, yRange) * resolution + index(x, xRange)) * outputCount;
  return Array.from(values.subarray(cell, cell + outputCount));
}

/** The plot as an SVG file; `picture` gives the grid's pixels as an address. */
export function boundarySvg(model: MapModel, key: MapKey, picture: (grid: MapGrid) => string): string {
  const look = svgLook(model.palette);
  const side = Math.min(SVG_BOX.width, SVG_BOX.height);
  const box = { ...SVG_BOX, width: model.isSquare ? side : SVG_BOX.width - KEY_WIDTH };
  const clip = `<clipPath id="frame"><rect x="${box.left}" y="${box.top}" width="${box.width}" height="${box.height}"/></clipPath>`;
  const place = model.grid && gridBox(model.grid, model, box);
  const image =
    model.grid && place
      ? `<image href="${picture(model.grid)}" x="${place.left}" y="${place.top}" width="${place.width}" height="${place.height}" preserveAspectRatio="none"/>`
      : '';
  const x = { title: model.xTitle, range: model.xRange };
  const y = { title: model.yTitle, range: model.yRange };
  const points = model.points ? scatterSvg(model.points, model.look, box) : '';
  const curve = model.curve
    ? svgLines(
        [{ label: 'network', color: model.palette.text, isDashed: false, points: [...model.curve] }],
        x,
        y,
        look,
        box,
      )
    : '';
  const legend = mapKeySvg(key, { left: box.left + box.width + 24, top: box.top }, look);
  const content = `${clip}${svgAxes(x, y, look, box)}<g clip-path="url(#frame)">${image}${points}</g>${curve}${legend}`;
  return svgDocument('Decision boundary', content, look);
}

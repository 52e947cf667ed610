/** A drawing brought to rows like those of the data: as large, as thick and in the same place as their pictures are. */
import type { PictureShape } from '../../src-core/datasets/images/pixel-names.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}
/** Points of a line drawn without lifting the pen, in shares of the field: 0 … 1, y downwards. */
export type Stroke = readonly Point[];

/** How the pictures of the data are drawn, in their pixels. */
export interface InkStyle {
  /** Of each channel. */
  readonly background: readonly number[];
  readonly ink: readonly number[];
  /** Width of the lines. */
  readonly pen: number;
  /** Longer side of what is drawn. */
  readonly extent: number;
  /** Middle of the ink. */
  readonly center: Point;
}

/** Pictures that are measured. */
const MOST_MEASURED = 200;
/** A pixel with more of the ink than this belongs to what is drawn. */
const INKED = 0.25;
const THINNEST = 0.8;
/** Pens thicker than this share of the picture draw nothing. */
const THICKEST = 0.25;
/** Used where the pictures are empty. */
const PLAIN = { extent: 0.75, pen: 0.1 } as const;

interface Pictures {
  /** [pictures × channels × height × width] */
  readonly pixels: Float32Array;
  readonly shape: PictureShape;
}

/** What pictures of the data have in common: medians over the first 200. */
export function inkStyle(pictures: Pictures): InkStyle {
  const { shape } = pictures;
  const size = shape.height * shape.width;
  const count = Math.min(MOST_MEASURED, Math.floor(pictures.pixels.length / (size * shape.channels)));
  const plane = (picture: number, c: number): Float32Array =>
    pictures.pixels.subarray((picture * shape.channels + c) * size, (picture * shape.channels + c + 1) * size);
  const numbers = Array.from({ length: count }, (_, i) => i);
  const channels = Array.from({ length: shape.channels }, (_, c) =>
    colorsOf(
      numbers.map((i) => plane(i, c)),
      shape,
    ),
  );
  const [first] = channels;
  const measured = numbers
    .map((i) => measure(plane(i, 0), shape, first ?? { background: 0, ink: 1 }))
    .filter((one) => one !== null);
  const side = Math.max(shape.height, shape.width);
  const middle = (values: readonly number[], fallback: number): number => median(values) ?? fallback;
  return {
    background: channels.map(({ background }) => background),
    ink: channels.map(({ ink }) => ink),
    pen: clamp(
      middle(
        measured.map(({ pen }) => pen),
        side * PLAIN.pen,
      ),
      THINNEST,
      side * THICKEST,
    ),
    extent: middle(
      measured.map(({ extent }) => extent),
      side * PLAIN.extent,
    ),
    center: {
      x: middle(
        measured.map(({ center }) => center.x),
        shape.width / 2,
      ),
      y: middle(
        measured.map(({ center }) => center.y),
        shape.height / 2,
      ),
    },
  };
}

interface Colors {
  readonly background: number;
  readonly ink: number;
}

/** The background is what most rims are; the ink lies at the other end. */
function colorsOf(planes: readonly Float32Array[], { height, width }: PictureShape): Colors {
  const rims = planes.flatMap((plane) => [...plane].filter((_, i) => isRim(i, height, width)));
  const background = median(rims) ?? 0;
  const far = (plane: Float32Array): number =>
    plane.reduce(
      (most, value) => (Math.abs(value - background) > Math.abs(most - background) ? value : most),
      background,
    );
  const ink = median(planes.map(far)) ?? 1;
  return { background, ink: ink === background ? background + 1 : ink };
}

function isRim(i: number, height: number, width: number): boolean {
  const [row, column] = [Math.floor(i / width), i % width];
  return row === 0 || column === 0 || row === height - 1 || column === width - 1;
}

interface Measured {
  readonly pen: number;
  readonly extent: number;
  readonly center: Point;
}

/** Twice the inked area over the length of its edge is the width of a line; the edge is the sum of all slopes. */
function measure(plane: Float32Array, { height, width }: PictureShape, { background, ink }: Colors): Measured | null {
  const at = (row: number, column: number): number =>
    row < 0 || column < 0 || row >= height || column >= width
      ? 0
      : clamp(((plane[row * width + column] as number) - background) / (ink - background), 0, 1);
  let [area, edge, sumX, sumY] = [0, 0, 0, 0];
  let [left, right, top, bottom] = [width, -1, height, -1];
  for (let row = -1; row < height; row++) {
    for (let column = -1; column < width; column++) {
      const value = at(row, column);
      edge += Math.hypot(at(row, column + 1) - value, at(row + 1, column) - value);
      area += value;
      sumX += value * (column + 0.5);
      sumY += value * (row + 0.5);
      if (value <= INKED) continue;
      [left, right] = [Math.min(left, column), Math.max(right, column)];
      [top, bottom] = [Math.min(top, row), Math.max(bottom, row)];
    }
  }
  if (right < 0 || edge === 0) return null;
  const extent = Math.max(right - left, bottom - top) + 1;
  return { pen: (2 * area) / edge, extent, center: { x: sumX / area, y: sumY / area } };
}

interface DrawOptions {
  readonly shape: PictureShape;
  readonly style: InkStyle;
  /** Brought to the size and the place of the data's pictures. */
  readonly isFitted: boolean;
  /** Width of the lines in pixels of the picture. */
  readonly pen: number;
}

/** The row that the drawing is: [channels × height × width], in the numbers of the data. */
export function drawnRow(strokes: readonly Stroke[], { shape, style, isFitted, pen }: DrawOptions): number[] {
  const { height, width } = shape;
  const placed = strokes.map((stroke) => stroke.map(({ x, y }) => ({ x: x * width, y: y * height })));
  const lines = isFitted ? fitted(placed, { shape, style, pen }) : placed;
  const coverage = cover(lines, shape, pen);
  return style.background.flatMap((background, c) => {
    const ink = style.ink[c] ?? background;
    return Array.from(coverage, (share) => Math.round(background + share * (ink - background)));
  });
}

/** A dot is not blown up to the size of a digit. */
const LEAST_EXTENT = 1;

/** Scaled to the usual extent, then moved until the middle of the ink is where it usually is. */
function fitted(lines: readonly Stroke[], { shape, style, pen }: Omit<DrawOptions, 'isFitted'>): readonly Stroke[] {
  const points = lines.flat();
  if (points.length === 0) return lines;
  const box = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity };
  for (const { x, y } of points) {
    [box.left, box.right] = [Math.min(box.left, x), Math.max(box.right, x)];
    [box.top, box.bottom] = [Math.min(box.top, y), Math.max(box.bottom, y)];
  }
  const extent = Math.max(box.right - box.left, box.bottom - box.top);
  const scale = extent < LEAST_EXTENT ? 1 : Math.max(LEAST_EXTENT, style.extent - pen) / extent;
  const from = { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 };
  const scaled = move(lines, scale, from, { x: shape.width / 2, y: shape.height / 2 });
  const middle = centerOf(cover(scaled, shape, pen), shape.width);
  return middle === null ? scaled : move(scaled, 1, middle, style.center);
}

function move(lines: readonly Stroke[], scale: number, from: Point, to: Point): readonly Stroke[] {
  return lines.map((line) =>
    line.map(({ x, y }) => ({ x: (x - from.x) * scale + to.x, y: (y - from.y) * scale + to.y })),
  );
}

function centerOf(coverage: Float64Array, width: number): Point | null {
  let [sum, sumX, sumY] = [0, 0, 0];
  coverage.forEach((share, i) => {
    sum += share;
    sumX += share * ((i % width) + 0.5);
    sumY += share * (Math.floor(i / width) + 0.5);
  });
  return sum === 0 ? null : { x: sumX / sum, y: sumY / sum };
}

/** Places looked at along each side of a pixel. */
const SAMPLES = 3;

/** Share of every pixel that the lines cover. */
function cover(lines: readonly Stroke[], { height, width }: PictureShape, pen: number): Float64Array {
  const fine = new Float64Array(height * width * SAMPLES * SAMPLES);
  const [rows, columns] = [height * SAMPLES, width * SAMPLES];
  const reach = (pen / 2) * SAMPLES;
  for (const line of lines) {
    line.forEach((point, i) => {
      const before = line[i - 1] ?? point;
      stamp(fine, { rows, columns }, { from: grown(before), to: grown(point), reach });
    });
  }
  return Float64Array.from({ length: height * width }, (_, i) => {
    const start = Math.floor(i / width) * SAMPLES * columns + (i % width) * SAMPLES;
    let sum = 0;
    for (let r = 0; r < SAMPLES; r++) for (let c = 0; c < SAMPLES; c++) sum += fine[start + r * columns + c] as number;
    return sum / (SAMPLES * SAMPLES);
  });
}

const grown = ({ x, y }: Point): Point => ({ x: x * SAMPLES, y: y * SAMPLES });

interface Segment {
  readonly from: Point;
  readonly to: Point;
  readonly reach: number;
}

/** A line with round ends; its edge is one sample soft. */
function stamp(fine: Float64Array, size: { rows: number; columns: number }, { from, to, reach }: Segment): void {
  const top = Math.max(0, Math.floor(Math.min(from.y, to.y) - reach - 1));
  const bottom = Math.min(size.rows - 1, Math.ceil(Math.max(from.y, to.y) + reach + 1));
  const left = Math.max(0, Math.floor(Math.min(from.x, to.x) - reach - 1));
  const right = Math.min(size.columns - 1, Math.ceil(Math.max(from.x, to.x) + reach + 1));
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = dx * dx + dy * dy;
  for (let row = top; row <= bottom; row++) {
    for (let column = left; column <= right; column++) {
      const [x, y] = [column + 0.5 - from.x, row + 0.5 - from.y];
      const along = length === 0 ? 0 : clamp((x * dx + y * dy) / length, 0, 1);
      const share = clamp(reach - Math.hypot(x - along * dx, y - along * dy) + 0.5, 0, 1);
      const at = row * size.columns + column;
      if (share > (fine[at] as number)) fine[at] = share;
    }
  }
}

function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? null;
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}

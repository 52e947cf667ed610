/** Points on two axes, drawn on a canvas or written as SVG from one and the same list of marks. */
import { formatColor, type Rgb } from './color.ts';
import { markerOf } from './marker.ts';
import { linearScale, type Range } from './scale.ts';

export interface ScatterPoints {
  /** Row-major [count × columns]. */
  readonly inputs: ArrayLike<number>;
  readonly columns: number;
  readonly x: number;
  readonly y: number;
  /** Class index or value per row. */
  readonly targets: ArrayLike<number>;
  /** 1 for rows that are held out: drawn as rings. */
  readonly heldOut: ArrayLike<number>;
}

export interface ScatterLook {
  readonly xRange: Range;
  readonly yRange: Range;
  readonly radius: number;
  /** Colour of a target; also what shape it has (classes only: a real value is a circle). */
  readonly colorOf: (target: number) => Rgb;
  readonly isClass: boolean;
  /** Line around every mark, so that it stands out from the shading. */
  readonly edge: Rgb;
}

/** The plotting area in pixels. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

interface Mark {
  readonly x: number;
  readonly y: number;
  readonly path: string;
  readonly color: string;
  readonly ring: boolean;
}

function* marks(points: ScatterPoints, look: ScatterLook, box: Box): Generator<Mark> {
  const toX = linearScale(look.xRange, [box.left, box.left + box.width]);
  const toY = linearScale(look.yRange, [box.top + box.height, box.top]);
  for (let row = 0; row < points.targets.length; row++) {
    const offset = row * points.columns;
    const x = toX(points.inputs[offset + points.x] as number);
    const y = toY(points.inputs[offset + points.y] as number);
    if (!Number.isFinite(x) || !Number.isFinite(y)) continue;
    const target = points.targets[row] as number;
    const path = markerOf(look.isClass ? target : 0).path;
    yield { x, y, path, color: formatColor(look.colorOf(target)), ring: points.heldOut[row] === 1 };
  }
}

const EDGE_WIDTH = 0.35;
const RING_WIDTH = 0.62;

/** Draws every point: filled for training, a ring for held-out rows. Sizes are in CSS pixels. */
export function drawScatter(
  context: CanvasRenderingContext2D,
  points: ScatterPoints,
  look: ScatterLook,
  box: Box,
): void {
  const outlines = new Map<string, Path2D>();
  const edge = formatColor(look.edge);
  context.save();
  context.beginPath();
  context.rect(box.left, box.top, box.width, box.height);
  context.clip();
  for (const mark of marks(points, look, box)) {
    const outline = outlines.get(mark.path) ?? new Path2D(mark.path);
    outlines.set(mark.path, outline);
    context.save();
    context.translate(mark.x, mark.y);
    context.scale(look.radius, look.radius);
    context.lineWidth = mark.ring ? RING_WIDTH + EDGE_WIDTH : EDGE_WIDTH;
    context.strokeStyle = edge;
    context.stroke(outline);
    if (mark.ring) {
      context.lineWidth = RING_WIDTH;
      context.strokeStyle = mark.color;
      context.stroke(outline);
    } else {
      context.fillStyle = mark.color;
      context.fill(outline);
    }
    context.restore();
  }
  context.restore();
}

/** The same marks as SVG elements. */
export function scatterSvg(points: ScatterPoints, look: ScatterLook, box: Box): string {
  const edge = formatColor(look.edge);
  return Array.from(marks(points, look, box), (mark) => {
    const place = `transform="translate(${fixed(mark.x)} ${fixed(mark.y)}) scale(${look.radius})"`;
    const outline = (paint: string): string => `<path d="${mark.path}" ${place} ${paint}/>`;
    if (!mark.ring) return outline(`fill="${mark.color}" stroke="${edge}" stroke-width="${EDGE_WIDTH}"`);
    const halo = outline(`fill="none" stroke="${edge}" stroke-width="${RING_WIDTH + EDGE_WIDTH}"`);
    return halo + outline(`fill="none" stroke="${mark.color}" stroke-width="${RING_WIDTH}"`);
  }).join('');
}

const fixed = (value: number): string => value.toFixed(2);

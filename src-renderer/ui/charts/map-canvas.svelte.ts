/** Canvases of a map: axes and points at the screen's own fineness, the grid under them in a pixel a cell. Each is drawn anew when its model changes. */
import type { Attachment } from 'svelte/attachments';
import { formatColor } from './color.ts';
import { mapBox, type MapGrid, type MapModel } from './map-model.ts';
import { paintGrid } from './paint-grid.ts';
import { formatNumber, linearScale, ticks } from './scale.ts';
import { drawScatter, type Box } from './scatter.ts';

const FONT_SIZE = 12;
/** Distance of the axis titles from the frame. */
const TITLE_BELOW = 33;
const TITLE_LEFT = 39;
const CURVE_WIDTH = 2.5;

/** Grid pixels, kept from frame to frame. */
export class GridPicture {
  #image: ImageData | null = null;
  readonly canvas: HTMLCanvasElement;

  constructor(canvas = document.createElement('canvas')) {
    this.canvas = canvas;
  }

  paint({ values, paint }: MapGrid): HTMLCanvasElement {
    const { resolution } = values;
    const context = this.canvas.getContext('2d');
    if (!context) throw new Error('the browser gave no 2D canvas');
    if (!this.#image || this.#image.width !== resolution) {
      this.canvas.width = resolution;
      this.canvas.height = resolution;
      this.#image = context.createImageData(resolution, resolution);
    }
    paintGrid(values, paint, this.#image.data);
    context.putImageData(this.#image, 0, 0);
    return this.canvas;
  }
}

function drawAxes(context: CanvasRenderingContext2D, model: MapModel, box: Box): void {
  const { palette, xRange, yRange } = model;
  const toX = linearScale(xRange, [box.left, box.left + box.width]);
  const toY = linearScale(yRange, [box.top + box.height, box.top]);
  const bottom = box.top + box.height;
  context.strokeStyle = formatColor(palette.gridLine);
  context.strokeRect(box.left, box.top, box.width, box.height);
  if (model.isBare) return;
  context.fillStyle = formatColor(palette.mutedText);
  context.font = `${FONT_SIZE}px ${palette.monoFont}`;
  context.textAlign = 'center';
  context.textBaseline = 'top';
  for (const value of ticks(xRange)) context.fillText(formatNumber(value), toX(value), bottom + 5);
  context.textAlign = 'right';
  context.textBaseline = 'middle';
  for (const value of ticks(yRange)) context.fillText(formatNumber(value), box.left - 5, toY(value));
  context.font = `${FONT_SIZE}px ${palette.font}`;
  context.textAlign = 'center';
  context.textBaseline = 'bottom';
  context.fillText(model.xTitle, box.left + box.width / 2, bottom + TITLE_BELOW);
  context.save();
  context.translate(box.left - TITLE_LEFT, box.top + box.height / 2);
  context.rotate(-Math.PI / 2);
  context.textBaseline = 'middle';
  context.fillText(model.yTitle, 0, 0);
  context.restore();
}

function drawCurve(context: CanvasRenderingContext2D, model: MapModel, box: Box): void {
  if (!model.curve) return;
  const toX = linearScale(model.xRange, [box.left, box.left + box.width]);
  const toY = linearScale(model.yRange, [box.top + box.height, box.top]);
  context.save();
  context.beginPath();
  context.rect(box.left, box.top, box.width, box.height);
  context.clip();
  context.beginPath();
  for (const point of model.curve) context.lineTo(toX(point.x), toY(point.y));
  context.lineWidth = CURVE_WIDTH;
  context.lineJoin = 'round';
  context.strokeStyle = formatColor(model.palette.text);
  context.stroke();
  context.restore();
}

function draw(canvas: HTMLCanvasElement, model: MapModel): void {
  const fineness = window.devicePixelRatio || 1;
  const width = Math.round(model.width * fineness);
  const height = Math.round(model.height * fineness);
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  const context = canvas.getContext('2d');
  if (!context || width === 0 || height === 0) return;
  context.setTransform(fineness, 0, 0, fineness, 0, 0);
  context.clearRect(0, 0, model.width, model.height);
  const box = mapBox(model);
  drawAxes(context, model, box);
  if (model.points) drawScatter(context, model.points, model.look, box);
  drawCurve(context, model, box);
}

/** `{@attach mapCanvas(() => model)}`: everything but the grid. */
export function mapCanvas(model: () => MapModel): Attachment<HTMLCanvasElement> {
  return (canvas) => {
    $effect(() => draw(canvas, model()));
  };
}

/** `{@attach gridCanvas(() => grid)}`: its cells alone, for the page to scale. */
export function gridCanvas(grid: () => MapGrid): Attachment<HTMLCanvasElement> {
  return (canvas) => {
    const picture = new GridPicture(canvas);
    $effect(() => void picture.paint(grid()));
  };
}

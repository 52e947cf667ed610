/** Lines on a canvas by chart.js, without animation: one attachment, fed from a function that is run again when its data change. */
import {
  Chart,
  LinearScale,
  LineController,
  LineElement,
  LogarithmicScale,
  PointElement,
  type ChartConfiguration,
  type ChartDataset,
  type Plugin,
} from 'chart.js';
import { untrack } from 'svelte';
import type { Attachment } from 'svelte/attachments';
import { formatColor, type Rgb } from './color.ts';
import type { Point } from './downsample.ts';
import type { DataPalette } from './palette.svelte.ts';
import { formatNumber } from './scale.ts';

Chart.register(LineController, LineElement, PointElement, LinearScale, LogarithmicScale);

export interface ChartLine {
  readonly id: string;
  readonly color: Rgb;
  readonly isDashed: boolean;
  readonly width: number;
  /** 0 … 1; faint lines stand behind. */
  readonly opacity: number;
  /** chart.js watches the array; the points in it are reused by whoever made them. */
  readonly points: Point[];
}

/** An upright line through the plot with a word at its top. */
export interface ChartMark {
  readonly x: number;
  readonly label: string;
  readonly color: Rgb;
}

export interface ChartModel {
  readonly lines: readonly ChartLine[];
  readonly marks: readonly ChartMark[];
  readonly xTitle: string;
  readonly yTitle: string;
  readonly xMin: number;
  readonly xMax: number;
  /** Where the upright axis begins; absent: where the lines do. */
  readonly yMin?: number;
  readonly isLog: boolean;
  /** Where the pointer or the arrow keys are; null for nowhere. */
  readonly cursorX: number | null;
  readonly palette: DataPalette;
}

/** What the page asks back: data position under a pixel of the canvas. */
export interface ChartHandle {
  xAt(pixel: number): number;
}

const FONT_SIZE = 12;
/** Lines that the words at marks take turns on, and how much their ground hides. */
const MARK_LINES = 3;
const LABEL_GROUND = 0.8;
const LONE_RADIUS = 3;
const MAX_X_TICKS = 8;
const MAX_Y_TICKS = 6;
const TICK_DIGITS = 6;
/** Lower charts give the room of their title below to the curves. */
const LEAST_TITLED_HEIGHT = 170;

/** A line of one point has no length: it is drawn as a dot. */
function drawLonePoints(chart: Chart, lines: readonly ChartLine[]): void {
  const { ctx, scales } = chart;
  const [xScale, yScale] = [scales['x'], scales['y']];
  for (const { points, color } of lines) {
    const [point] = points;
    if (points.length !== 1 || !point || !xScale || !yScale || !Number.isFinite(point.y)) continue;
    ctx.fillStyle = formatColor(color);
    ctx.beginPath();
    ctx.arc(xScale.getPixelForValue(point.x), yScale.getPixelForValue(point.y), LONE_RADIUS, 0, 2 * Math.PI);
    ctx.fill();
  }
}

/** Draws marks and cursor over the lines; reads them from the model of the last update. */
function overlay(model: () => ChartModel): Plugin<'line'> {
  return {
    id: 'overlay',
    afterDatasetsDraw(chart) {
      const { ctx, chartArea, scales } = chart;
      const { lines, marks, cursorX, palette } = model();
      const xScale = scales['x'];
      if (!xScale) return;
      const upright = (x: number, color: string, dash: number[]): number | null => {
        const pixel = xScale.getPixelForValue(x);
        if (pixel < chartArea.left || pixel > chartArea.right) return null;
        ctx.strokeStyle = color;
        ctx.setLineDash(dash);
        ctx.beginPath();
        ctx.moveTo(pixel, chartArea.top);
        ctx.lineTo(pixel, chartArea.bottom);
        ctx.stroke();
        return pixel;
      };
      ctx.save();
      drawLonePoints(chart, lines);
      ctx.lineWidth = 1;
      ctx.font = `${FONT_SIZE}px ${palette.font}`;
      ctx.textBaseline = 'top';
      marks.forEach((mark, i) => {
        const pixel = upright(mark.x, formatColor(mark.color), [2, 3]);
        if (pixel === null) return;
        const width = ctx.measureText(mark.label).width;
        const left = pixel + 4 + width > chartArea.right ? pixel - 4 - width : pixel + 4;
        const top = chartArea.top + 2 + (i % MARK_LINES) * (FONT_SIZE + 3);
        // Where curves pass behind it, the word stays legible.
        ctx.globalAlpha = LABEL_GROUND;
        ctx.fillStyle = formatColor(palette.surface);
        ctx.fillRect(left - 2, top - 1, width + 4, FONT_SIZE + 2);
        ctx.globalAlpha = 1;
        ctx.fillStyle = formatColor(mark.color);
        ctx.fillText(mark.label, left, top);
      });
      if (cursorX !== null) upright(cursorX, formatColor(palette.mutedText), []);
      ctx.restore();
    },
  };
}

type LineDataset = ChartDataset<'line', Point[]>;

/** chart.js keeps elements per dataset object, so a line keeps its object from frame to frame. */
function dataset(line: ChartLine, kept: Map<string, LineDataset>): LineDataset {
  const [red, green, blue] = line.color;
  const color = `rgb(${red} ${green} ${blue} / ${line.opacity})`;
  const made = kept.get(line.id) ?? { data: [] };
  kept.set(line.id, made);
  return Object.assign(made, {
    data: line.points,
    parsing: false,
    borderColor: color,
    backgroundColor: color,
    borderWidth: line.width,
    borderDash: line.isDashed ? [6, 4] : [],
    pointRadius: 0, // chart.js would keep the radius of the first update for all later points; see drawLonePoints
    tension: 0,
    spanGaps: false,
  } as const);
}

function configuration(model: () => ChartModel): ChartConfiguration<'line', Point[]> {
  return {
    type: 'line',
    data: { datasets: [] },
    options: {
      animation: false,
      responsive: true,
      maintainAspectRatio: false,
      events: [],
      normalized: true,
      layout: { padding: { top: 4, right: 8 } },
      scales: {},
    },
    plugins: [overlay(model)],
  };
}

function axis(title: string, { palette }: ChartModel, maxTicksLimit: number) {
  const color = formatColor(palette.mutedText);
  const line = formatColor(palette.gridLine);
  const font = { family: palette.font, size: FONT_SIZE };
  return {
    title: { display: title !== '', text: title, color, font, padding: 2 },
    grid: { color: line, tickLength: 4 },
    border: { color: line },
    ticks: {
      color,
      font: { family: palette.monoFont, size: FONT_SIZE },
      maxTicksLimit,
      maxRotation: 0,
      includeBounds: false, // the last epoch is no round number, and would crowd the one beside it
      callback: (value: string | number) => formatNumber(Number(value), TICK_DIGITS),
    },
  };
}

function apply(chart: Chart<'line', Point[]>, model: ChartModel, kept: Map<string, LineDataset>): void {
  chart.data.datasets = model.lines.map((line) => dataset(line, kept));
  const isRoomy = (chart.canvas.parentElement?.clientHeight ?? 0) >= LEAST_TITLED_HEIGHT;
  const x = axis(isRoomy ? model.xTitle : '', model, MAX_X_TICKS);
  const y = axis(model.yTitle, model, MAX_Y_TICKS);
  chart.options.scales = {
    x: { type: 'linear', min: model.xMin, max: model.xMax, ...x },
    y: model.isLog
      ? { type: 'logarithmic', ...y }
      : { type: 'linear', ...y, ...(model.yMin === undefined ? {} : { min: model.yMin }) },
  };
  chart.update('none');
}

/** `{@attach lineChart(() => model)}` on a canvas whose parent has a size of its own. */
export function lineChart(
  model: () => ChartModel,
  onready?: (handle: ChartHandle) => void,
): Attachment<HTMLCanvasElement> {
  return (canvas) => {
    let latest = untrack(model); // an attachment that read state would be torn down at every change of it
    const kept = new Map<string, LineDataset>();
    const chart = new Chart<'line', Point[]>(
      canvas,
      configuration(() => latest),
    );
    onready?.({ xAt: (pixel) => chart.scales['x']?.getValueForPixel(pixel) ?? NaN });
    $effect(() => {
      latest = model();
      apply(chart, latest, kept);
    });
    return () => chart.destroy();
  };
}

/**
 * Draws a chart that nobody sees, in an idle moment after the start: the first drawing pays for compiling chart.js,
 * and that must not fall on the first epoch of a run.
 */
export function warmUpCharts(palette: DataPalette): void {
  const points = [
    { x: 0, y: 0 },
    { x: 1, y: 1 },
  ];
  const line = { id: 'line', color: palette.text, isDashed: false, width: 1, opacity: 1, points };
  const titles = { xTitle: 'x', yTitle: 'y', xMin: 0, xMax: 1 };
  const model: ChartModel = { lines: [line], marks: [], ...titles, isLog: false, cursorX: null, palette };
  requestIdleCallback(() => {
    const { options, ...config } = configuration(() => model);
    const canvas = document.createElement('canvas');
    const chart = new Chart<'line', Point[]>(canvas, { ...config, options: { ...options, responsive: false } });
    apply(chart, model, new Map());
    chart.destroy();
  });
}

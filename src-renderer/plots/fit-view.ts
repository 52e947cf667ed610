/** Predictions against the truth: on the diagonal they are right. */
import type { FitPoints } from '../../src-core/contract/insights.ts';
import type { Table } from '../ui/charts/csv-text.ts';
import type { MapModel } from '../ui/charts/map-model.ts';
import type { DataPalette } from '../ui/charts/palette.svelte.ts';
import { columnRange, padRange, type Range } from '../ui/charts/scale.ts';
import { scatterSvg } from '../ui/charts/scatter.ts';
import { SVG_BOX, svgAxes, svgDocument, svgLines } from '../ui/charts/svg.ts';
import { svgLook } from './curve-look.ts';
import { mapKeySvg } from './map-key-svg.ts';

const PADDING = 0.05;
const RADIUS = 3;
const RADIUS_MANY = 2.2;
const MANY = 500;

interface FitSource {
  readonly fit: FitPoints;
  /** Name of the target. */
  readonly target: string;
  readonly palette: DataPalette;
  readonly width: number;
  readonly height: number;
}

/** Points over one and the same range on both axes, and the diagonal. */
export function fitModel({ fit, target, palette, width, height }: FitSource): MapModel {
  const range = commonRange(fit);
  const count = fit.truth.length;
  const inputs = new Float32Array(count * 2);
  for (let row = 0; row < count; row++) {
    inputs[row * 2] = fit.truth[row] as number;
    inputs[row * 2 + 1] = fit.predicted[row] as number;
  }
  const radius = count > MANY ? RADIUS_MANY : RADIUS;
  const look = {
    xRange: range,
    yRange: range,
    radius,
    isClass: false,
    edge: palette.surface,
    colorOf: () => palette.train,
  };
  return {
    width,
    height,
    palette,
    look,
    xRange: range,
    yRange: range,
    xTitle: `true ${target}`,
    yTitle: `predicted ${target}`,
    grid: null,
    curve: range.map((value) => ({ x: value, y: value })),
    points: { inputs, columns: 2, x: 0, y: 1, targets: fit.truth, heldOut: fit.validation },
    isSquare: true,
  };
}

function commonRange({ truth, predicted }: FitPoints): Range {
  const one = columnRange(truth, 1, 0) ?? [0, 1];
  const other = columnRange(predicted, 1, 0) ?? one;
  return padRange([Math.min(one[0], other[0]), Math.max(one[1], other[1])], PADDING);
}

export interface FitScore {
  readonly rows: number;
  /** Root of the mean squared error. */
  readonly rmse: number;
  /** 1 − Σ(y − ŷ)² / Σ(y − ȳ)²: 1 is perfect, 0 no better than the mean. */
  readonly r2: number;
}

/** Over the held-out points, or over the training points. Null without any. */
export function fitScore({ truth, predicted, validation }: FitPoints, isHeldOut: boolean): FitScore | null {
  const rows = [...truth.keys()].filter((row) => (validation[row] === 1) === isHeldOut);
  if (rows.length === 0) return null;
  const mean = rows.reduce((sum, row) => sum + (truth[row] as number), 0) / rows.length;
  let [errors, spread] = [0, 0];
  for (const row of rows) {
    errors += ((truth[row] as number) - (predicted[row] as number)) ** 2;
    spread += ((truth[row] as number) - mean) ** 2;
  }
  return { rows: rows.length, rmse: Math.sqrt(errors / rows.length), r2: spread === 0 ? NaN : 1 - errors / spread };
}

export function fitTable({ truth, predicted, validation }: FitPoints, target: string): Table {
  return {
    title: 'Predictions against truth',
    columns: [`true ${target}`, `predicted ${target}`, 'error', 'part'],
    rows: Array.from(truth, (value, row) => {
      const answer = predicted[row] as number;
      return [value, answer, answer - value, validation[row] === 1 ? 'validation' : 'training'];
    }),
  };
}

export function fitSvg(model: MapModel): string {
  const look = svgLook(model.palette);
  const side = Math.min(SVG_BOX.width, SVG_BOX.height);
  const box = { ...SVG_BOX, width: side, height: side };
  const x = { title: model.xTitle, range: model.xRange };
  const y = { title: model.yTitle, range: model.yRange };
  const diagonal = { label: 'perfect', color: model.palette.text, isDashed: true, points: [...(model.curve ?? [])] };
  const points = model.points ? scatterSvg(model.points, model.look, box) : '';
  const hasHeldOut = Array.from(model.points?.heldOut ?? []).includes(1);
  const place = { left: box.left + box.width + 24, top: box.top };
  const key = mapKeySvg({ classes: [], hasHeldOut, scale: null }, place, look);
  const content = svgAxes(x, y, look, box) + points + svgLines([diagonal], x, y, look, box) + key;
  return svgDocument('Predictions against truth', content, look);
}

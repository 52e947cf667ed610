/** What a map with axes, a shaded grid and points is made of, and where its parts lie: no drawing here. */
import type { GridPaint, GridValues } from './paint-grid.ts';
import type { DataPalette } from './palette.svelte.ts';
import { linearScale, type Range } from './scale.ts';
import type { Box, ScatterLook, ScatterPoints } from './scatter.ts';

export interface MapGrid {
  readonly values: GridValues;
  readonly paint: GridPaint;
  /** Where the grid lies in data units: the outer edges of its outer cells. */
  readonly xRange: Range;
  readonly yRange: Range;
}

export interface MapModel {
  readonly width: number;
  readonly height: number;
  readonly xRange: Range;
  readonly yRange: Range;
  readonly xTitle: string;
  readonly yTitle: string;
  readonly grid: MapGrid | null;
  /** A line over the points: the network as a curve. */
  readonly curve: readonly { readonly x: number; readonly y: number }[] | null;
  readonly points: ScatterPoints | null;
  readonly look: ScatterLook;
  readonly palette: DataPalette;
  /** Small previews go without tick texts and titles. */
  readonly isBare?: boolean;
  /** The plotting area is as wide as it is high: right for two inputs, not for a curve. */
  readonly isSquare?: boolean;
}

const MARGIN = { left: 48, top: 6, right: 8, bottom: 34 };
const BARE_MARGIN = { left: 1, top: 1, right: 1, bottom: 1 };

/** The plotting area inside the canvas. */
export function mapBox(model: Pick<MapModel, 'width' | 'height' | 'isBare' | 'isSquare'>): Box {
  const { left, top, right, bottom } = model.isBare ? BARE_MARGIN : MARGIN;
  const width = Math.max(1, model.width - left - right);
  const height = Math.max(1, model.height - top - bottom);
  if (!model.isSquare) return { left, top, width, height };
  const side = Math.min(width, height);
  return { left: left + (width - side) / 2, top: top + (height - side) / 2, width: side, height: side };
}

/** Where the grid's picture goes. */
export function gridBox({ xRange, yRange }: MapGrid, model: Pick<MapModel, 'xRange' | 'yRange'>, box: Box): Box {
  const toX = linearScale(model.xRange, [box.left, box.left + box.width]);
  const toY = linearScale(model.yRange, [box.top + box.height, box.top]);
  const left = toX(xRange[0]);
  const top = toY(yRange[1]);
  return { left, top, width: toX(xRange[1]) - left, height: toY(yRange[0]) - top };
}

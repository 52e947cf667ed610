/** Small pictures of what units answer over the plane of the two inputs, in rows on one canvas. */
import type { NodeLook } from '../../../src-core/contract/network-look.ts';
import { valueColor, type DataPalette } from '../../ui/charts/palette.svelte.ts';

export type Maps = Pick<NodeLook, 'maps'>;

/** Cells between two pictures. */
const GAP = 2;
const BYTE = 255;
const CHANNELS = 4;

/** How many units have a picture. */
export function mappedUnits({ maps }: Maps, resolution: number): number {
  return maps === null || resolution === 0 ? 0 : maps.length / (resolution * resolution);
}

/** How the pictures of a card stand. */
export interface TileGrid {
  readonly columns: number;
  readonly rows: number;
  /** Width of all of them on the card, in pixels. */
  readonly widthPx: number;
}

const MOST_COLUMNS = 4;
const LARGE_PX = 30;
/** Beside the button that shows the units without a picture. */
const SMALL_PX = 27;

/** As many side by side as a card has room for at a size that can be read. */
export function tileGrid(units: number, rest: number): TileGrid {
  const columns = Math.max(1, Math.min(MOST_COLUMNS, units));
  return { columns, rows: Math.ceil(units / columns), widthPx: columns * (rest > 0 ? SMALL_PX : LARGE_PX) };
}

/** Cells along a row or column of so many pictures, with the gaps between them. */
export function cellsAcross(pictures: number, resolution: number): number {
  return pictures * resolution + (pictures - 1) * GAP;
}

/** The unit whose picture is at this share of the width and the height; null where there is none. */
export function unitAt({ x, y }: { readonly x: number; readonly y: number }, units: number): number | null {
  const { columns, rows } = tileGrid(units, 0);
  const along = (share: number, count: number): number => Math.max(0, Math.min(count - 1, Math.floor(share * count)));
  const unit = along(y, rows) * columns + along(x, columns);
  return unit < units ? unit : null;
}

/** The picture of one unit alone. */
export function unitOf({ maps }: Maps, unit: number, resolution: number): Maps {
  const cells = resolution * resolution;
  return { maps: maps?.subarray(unit * cells, (unit + 1) * cells) ?? null };
}

/** RGBA of all pictures; the gaps stay transparent. Rows of the maps go from low y upwards, those of a picture downwards. */
export function paintMaps({ maps }: Maps, resolution: number, palette: DataPalette): Uint8ClampedArray<ArrayBuffer> {
  const cells = resolution * resolution;
  const units = (maps?.length ?? 0) / cells;
  const { columns, rows } = tileGrid(units, 0);
  const width = cellsAcross(columns, resolution);
  const pixels = new Uint8ClampedArray(width * cellsAcross(rows, resolution) * CHANNELS);
  const step = resolution + GAP;
  const colors = Array.from({ length: BYTE + 1 }, (_, value) => valueColor(palette, (value - 1) / (BYTE - 1)));
  for (let i = 0; i < units * cells; i++) {
    const [unit, cell] = [Math.floor(i / cells), i % cells];
    const row = Math.floor(unit / columns) * step + resolution - 1 - Math.floor(cell / resolution);
    const at = (row * width + (unit % columns) * step + (cell % resolution)) * CHANNELS;
    pixels.set([...(colors[maps?.[i] ?? 0] ?? palette.neutral), BYTE], at);
  }
  return pixels;
}

/** Draws all of them on a canvas, a pixel for each cell. */
export function drawMaps(canvas: HTMLCanvasElement, shown: Maps, resolution: number, palette: DataPalette): void {
  const units = mappedUnits(shown, resolution);
  if (units === 0) return;
  const width = cellsAcross(tileGrid(units, 0).columns, resolution);
  const image = new ImageData(paintMaps(shown, resolution, palette), width);
  canvas.width = image.width;
  canvas.height = image.height;
  canvas.getContext('2d')?.putImageData(image, 0, 0);
}

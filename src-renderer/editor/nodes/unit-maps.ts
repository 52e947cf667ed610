/** Small pictures of what units answer over the plane of the two inputs, side by side on one canvas. */
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

/** Cells across all pictures with the gaps between them. */
export function stripWidth(units: number, resolution: number): number {
  return units * resolution + (units - 1) * GAP;
}

const LARGEST_PX = 30;
/** Width of a card inside, and of the number of units that have no picture. */
const ROOM_PX = 138;
const REST_PX = 26;

/** Side of a picture on its card: large for few units. */
export function tilePx(units: number, rest: number): number {
  return Math.min(LARGEST_PX, Math.floor((ROOM_PX - (rest > 0 ? REST_PX : 0)) / Math.max(1, units)));
}

/** The picture of one unit alone. */
export function unitOf({ maps }: Maps, unit: number, resolution: number): Maps {
  const cells = resolution * resolution;
  return { maps: maps?.subarray(unit * cells, (unit + 1) * cells) ?? null };
}

/** RGBA of the whole strip; the gaps stay transparent. Rows of the maps go from low y upwards, those of a picture downwards. */
export function paintStrip({ maps }: Maps, resolution: number, palette: DataPalette): Uint8ClampedArray<ArrayBuffer> {
  const cells = resolution * resolution;
  const units = (maps?.length ?? 0) / cells;
  const width = stripWidth(units, resolution);
  const pixels = new Uint8ClampedArray(width * resolution * CHANNELS);
  const colors = Array.from({ length: BYTE + 1 }, (_, value) => valueColor(palette, (value - 1) / (BYTE - 1)));
  for (let i = 0; i < units * cells; i++) {
    const [unit, cell] = [Math.floor(i / cells), i % cells];
    const [row, column] = [resolution - 1 - Math.floor(cell / resolution), cell % resolution];
    const at = (row * width + unit * (resolution + GAP) + column) * CHANNELS;
    pixels.set([...(colors[maps?.[i] ?? 0] ?? palette.neutral), BYTE], at);
  }
  return pixels;
}

/** Draws all of them on a canvas, a pixel for each cell. */
export function drawMaps(canvas: HTMLCanvasElement, shown: Maps, resolution: number, palette: DataPalette): void {
  const width = stripWidth(mappedUnits(shown, resolution), resolution);
  if (width <= 0) return;
  canvas.width = width;
  canvas.height = resolution;
  const image = new ImageData(paintStrip(shown, resolution, palette), width, resolution);
  canvas.getContext('2d')?.putImageData(image, 0, 0);
}

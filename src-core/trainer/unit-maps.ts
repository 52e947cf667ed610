/** What units answer over the plane of two inputs, as bytes for small pictures. */
import type { NodeLook, UnitPage, UnitsWanted } from '../contract/network-look.ts';
import type { NodeValues } from '../runtime/define.ts';

/** Units that a card has room for. */
const CARD_UNITS = 8;
/** Half of the range of a byte: 128 − 127 is −scale, 128 + 127 is scale. */
const HALF = 127;
const ZERO = 128;

/**
 * The first units of a node, as many as its card shows; null for values that are no vectors.
 * @param found outputs over the grid, [resolution² × units], rows from low y to high y
 */
export function firstMaps(found: NodeValues | undefined, resolution: number): Pick<NodeLook, 'maps' | 'scale'> {
  const [unitCount = 1] = found?.shape ?? [];
  if (found === undefined || found.shape.length > 1) return { maps: null, scale: 0 };
  const scale = largest(found.values);
  return { maps: draw(found, { from: 0, to: Math.min(CARD_UNITS, unitCount) }, { scale, resolution }), scale };
}

/** These units in the scale of all; null where there is none of them. */
export function mapsOfPage(
  found: NodeValues | undefined,
  { node, from, count }: UnitsWanted,
  resolution: number,
): UnitPage | null {
  const [unitCount = 1] = found?.shape ?? [];
  if (found === undefined || found.shape.length > 1 || from >= unitCount) return null;
  const part = { from, to: Math.min(from + count, unitCount) };
  return { node, from, maps: draw(found, part, { scale: largest(found.values), resolution }) };
}

function draw(
  { shape: [unitCount = 1], values }: NodeValues,
  { from, to }: { readonly from: number; readonly to: number },
  { scale, resolution }: { readonly scale: number; readonly resolution: number },
): Uint8Array {
  const cells = resolution * resolution;
  const factor = scale > 0 ? HALF / scale : 0;
  const maps = new Uint8Array((to - from) * cells);
  for (let unit = from; unit < to; unit++) {
    for (let cell = 0; cell < cells; cell++) {
      maps[(unit - from) * cells + cell] = ZERO + Math.round((values[cell * unitCount + unit] as number) * factor);
    }
  }
  return maps;
}

function largest(values: NodeValues['values']): number {
  let scale = 0;
  for (const value of values) if (Math.abs(value) > scale) scale = Math.abs(value);
  return scale;
}

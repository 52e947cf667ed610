/** The shape of a point by its class: one table of outlines, for canvas and SVG alike. Colour never tells classes apart alone. */

/** Outlines around (0, 0) of about the same area as a circle of radius 1. */
const OUTLINES = [
  { name: 'circle', path: 'M1 0A1 1 0 1 1-1 0A1 1 0 1 1 1 0Z' },
  { name: 'diamond', path: 'M0-1.25L1.25 0L0 1.25L-1.25 0Z' },
  { name: 'square', path: 'M-.89-.89H.89V.89H-.89Z' },
  { name: 'triangle', path: 'M0-1.35L1.17.67H-1.17Z' },
  { name: 'triangle pointing down', path: 'M0 1.35L1.17-.67H-1.17Z' },
  { name: 'plus', path: 'M-.45-1.25H.45V-.45H1.25V.45H.45V1.25H-.45V.45H-1.25V-.45H-.45Z' },
  {
    name: 'star',
    path: 'M0-1.5L.38-.46L1.43-.46L.59.19L.88 1.21L0 .6L-.88 1.21L-.59.19L-1.43-.46L-.38-.46Z',
  },
  { name: 'hexagon', path: 'M1.1 0L.55.95L-.55.95L-1.1 0L-.55-.95L.55-.95Z' },
] as const;

export interface Marker {
  readonly name: string;
  /** SVG path data around (0, 0), about one unit in radius. */
  readonly path: string;
}

/**
 * The marker of a class. After eight classes colours and shapes come round again, the shapes one further each time: 64
 * classes differ in one of them.
 */
export function markerOf(classIndex: number): Marker {
  const round = Math.floor(classIndex / OUTLINES.length);
  return OUTLINES[(classIndex + round) % OUTLINES.length] ?? OUTLINES[0];
}

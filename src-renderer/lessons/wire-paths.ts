/** The ways of wires between cards that have their places: curves along the direction of the graph. */
import { assert } from '../../src-core/lib/assert.ts';

export interface Place {
  readonly x: number;
  readonly y: number;
}
export interface Size {
  readonly width: number;
  readonly height: number;
}
/** Top left corner and size. */
export interface Box extends Place, Size {}

/** Of an edge: its bends from start to end, the same as path data, and the middle of its two numbers. */
export interface Way {
  readonly points: readonly Place[];
  readonly path: string;
  readonly label: Place;
}

/** From left to right, or from top to bottom. */
export type Direction = 'LR' | 'TB';

export interface DrawnEdge {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  /** Between its ends. */
  readonly inner: readonly Place[];
  readonly label: Place;
}

/** Wires by id; those into one gate end beside each other, so that they do not cross there. */
export function waysOf(
  edges: readonly DrawnEdge[],
  boxes: Readonly<Record<string, Box>>,
  direction: Direction,
): Readonly<Record<string, Way>> {
  const along = ({ label: { x, y } }: DrawnEdge): number => (direction === 'LR' ? y : x);
  const ways = edges.map(({ id, from, to, inner, label }) => {
    const [start, end] = [boxes[from], boxes[to]];
    assert(start !== undefined && end !== undefined, 'both ends of a wire are placed');
    const beside = edges.filter((one) => one.to === to).sort((a, b) => along(a) - along(b));
    const offset = (beside.findIndex((one) => one.id === id) - (beside.length - 1) / 2) * ENDS_APART;
    const points = [leaving(start, direction), ...inner, arriving(end, direction, offset)];
    return [id, { points, path: pathOf(points, direction), label }] as const;
  });
  return Object.fromEntries(ways);
}

function leaving({ x, y, width, height }: Box, direction: Direction): Place {
  return direction === 'LR' ? { x: x + width, y: y + height / 2 } : { x: x + width / 2, y: y + height };
}

/** @param offset from the middle of the side */
function arriving({ x, y, width, height }: Box, direction: Direction, offset: number): Place {
  return direction === 'LR' ? { x, y: y + height / 2 + offset } : { x: x + width / 2 + offset, y };
}

const ENDS_APART = 10;

/** Curves that leave and arrive along the direction of the graph. */
function pathOf([first, ...rest]: readonly Place[], direction: Direction): string {
  const at = ({ x, y }: Place): string => `${x.toFixed(1)} ${y.toFixed(1)}`;
  let from = first ?? { x: 0, y: 0 };
  const curves = rest.map((to) => {
    const middle = direction === 'LR' ? (from.x + to.x) / 2 : (from.y + to.y) / 2;
    const controls =
      direction === 'LR'
        ? [
            { x: middle, y: from.y },
            { x: middle, y: to.y },
          ]
        : [
            { x: from.x, y: middle },
            { x: to.x, y: middle },
          ];
    from = to;
    return `C${[...controls, to].map(at).join(' ')}`;
  });
  return `M${at(first ?? from)}${curves.join('')}`;
}

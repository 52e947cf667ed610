/** Points drawn by hand: the rows of inline data with two inputs and a class, one change at a time. */
import type { DataSpec, Json } from '../../src-core/graph/model.ts';

export interface DrawnPoint {
  readonly x: number;
  readonly y: number;
  readonly label: string;
}

/** Points are drawn from −6 to 6 on both axes. */
export const EXTENT = 6;
/** Classes that keys choose: '1' … '9'. */
export const LABELS: readonly string[] = Array.from({ length: 9 }, (_, i) => String(i + 1));

/** What the other button draws: of two classes the other one, of more the one before. */
export function otherClass(label: string): string {
  const at = LABELS.indexOf(label);
  return LABELS[at === 0 ? 1 : at - 1] ?? label;
}

const FIRST: readonly DrawnPoint[] = [
  { x: -3, y: -3, label: '1' },
  { x: 3, y: 3, label: '1' },
  { x: -3, y: 3, label: '2' },
  { x: 3, y: -3, label: '2' },
];

const isList = (value: Json | undefined): value is readonly Json[] => Array.isArray(value);

/** The points of inline data; null where its rows are not two numbers and a class each, or its classes are fixed. */
export function pointsOf(data: DataSpec): readonly DrawnPoint[] | null {
  const { inputs, targets } = data;
  if (data.kind !== 'inline' || data['task'] === 'regression' || !isList(inputs) || !isList(targets)) return null;
  if (inputs.length !== targets.length || data['classes'] !== undefined) return null;
  const points: DrawnPoint[] = [];
  for (const [i, row] of inputs.entries()) {
    const target = targets[i];
    const label = isList(target) ? target[0] : target;
    if (!isList(row) || row.length !== 2 || (typeof label !== 'string' && typeof label !== 'number')) return null;
    const [x, y] = row;
    if (typeof x !== 'number' || typeof y !== 'number') return null;
    points.push({ x, y, label: String(label) });
  }
  return points;
}

/** Inline data of those points; two classes are binary, more are not. Everything else that `data` says is kept. */
export function withPoints(data: DataSpec, points: readonly DrawnPoint[]): DataSpec {
  const task = new Set(points.map(({ label }) => label)).size > 2 ? 'multiclass' : 'binary';
  const inputs = points.map(({ x, y }) => [x, y]);
  return { ...data, kind: 'inline', task, inputs, targets: points.map(({ label }) => label) };
}

/** Four points of two classes that no straight line parts, all of them to train on. */
export function startDrawing(): DataSpec {
  return withPoints({ kind: 'inline' }, FIRST);
}

/** Index of the point nearest to a place, within `reach`; −1 when there is none. */
export function nearestPoint(points: readonly DrawnPoint[], place: { x: number; y: number }, reach: number): number {
  let best = -1;
  let least = reach;
  points.forEach(({ x, y }, i) => {
    const distance = Math.hypot(x - place.x, y - place.y);
    if (distance > least) return;
    best = i;
    least = distance;
  });
  return best;
}

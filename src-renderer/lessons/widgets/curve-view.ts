/** What a curve pane draws: sampled lines, marks, and the straight lines of differences and tangents. */
import { compileExpression } from '../../../src-core/autodiff/evaluate.ts';
import { scalarGraph } from '../../../src-core/autodiff/scalar-graph.ts';
import type { CurvePane } from '../../../src-core/lessons/panes.ts';
import { readNumber } from '../../../src-core/lessons/readings.ts';
import type { Scene } from '../../../src-core/lessons/scene.ts';
import { linearScale, padRange, ticks, type Range } from '../../ui/charts/scale.ts';

export interface Mark {
  readonly x: number;
  readonly y: number;
  /** 'here' is the point itself, 'curve' another one on the curve, 'guess' one beside it. */
  readonly kind: 'here' | 'curve' | 'guess';
}
interface End {
  readonly x: number;
  readonly y: number;
}
export interface CurveView {
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
  readonly xTicks: readonly number[];
  readonly yTicks: readonly number[];
  /** Path data. */
  readonly curve: string;
  readonly slope: string | null;
  /** The ends of a straight line across the whole width. */
  readonly line: readonly [End, End] | null;
  readonly marks: readonly Mark[];
}

const SAMPLES = 200;
export const EDGE = { left: 44, right: 12, top: 12, bottom: 26 };

/** @param size of the drawing in pixels */
export function curveView(
  pane: CurvePane,
  scene: Scene,
  size: { readonly width: number; readonly height: number },
): CurveView {
  const { variable, domain, overlay, by } = pane;
  const value = valuesOf(scene, variable);
  const xs = Array.from({ length: SAMPLES + 1 }, (_, i) => domain[0] + ((domain[1] - domain[0]) * i) / SAMPLES);
  const curve = xs.map((at) => value(at));
  const slopes = overlay === 'slope' ? xs.map((at) => slopeAt(scene, variable, at)) : [];
  const here = scene.at[variable] ?? 0;
  const h = by === undefined ? 0 : (scene.at[by] ?? 0);
  const ends = [domain, rangeOf([...curve, ...slopes])] as const;
  const x = linearScale(ends[0], [EDGE.left, size.width - EDGE.right]);
  const y = linearScale(ends[1], [size.height - EDGE.bottom, EDGE.top]);
  const path = (ys: readonly number[]): string => pathOf(xs, ys, x, y);
  const on = (at: number, kind: Mark['kind']): Mark => ({ x: at, y: value(at), kind });
  const guess: Mark = {
    x: here + h,
    y: by === undefined ? NaN : readNumber(`tangent ${variable} ${by}`, scene),
    kind: 'guess',
  };
  const through = overlay === 'secant' ? value(here + h) : value(here);
  const tilt = overlay === 'secant' ? (value(here + h) - value(here - h)) / (2 * h) : slopeAt(scene, variable, here);
  const start = overlay === 'secant' ? here + h : here;
  const straight = overlay === 'slope' ? null : (at: number): End => ({ x: at, y: through + tilt * (at - start) });
  return {
    x,
    y,
    xTicks: ticks(ends[0], 6),
    yTicks: ticks(ends[1], 5),
    curve: path(curve),
    slope: overlay === 'slope' ? path(slopes) : null,
    line: straight === null ? null : [straight(domain[0]), straight(domain[1])],
    marks: [
      ...(overlay === 'secant' ? [on(here - h, 'curve'), on(here + h, 'curve')] : []),
      ...(overlay === 'step' ? [on(here + h, 'curve'), guess] : []),
      ...(overlay === 'slope' ? [{ x: here, y: slopeAt(scene, variable, here), kind: 'guess' } as const] : []),
      on(here, 'here'),
    ],
  };
}

/** Rows for the table of a pane: the point, the value and the slope there. */
export function tableRows(pane: CurvePane, scene: Scene): readonly (readonly [number, number, number])[] {
  const value = valuesOf(scene, pane.variable);
  return (pane.table ?? []).map((at) => [at, value(at), slopeAt(scene, pane.variable, at)]);
}

function valuesOf({ expression, at }: Scene, variable: string): (value: number) => number {
  const names = Object.keys(at);
  const evaluate = compileExpression(expression, names);
  return (moved) => evaluate(names.map((name) => (name === variable ? moved : (at[name] ?? NaN))));
}

function slopeAt({ expression, at }: Scene, variable: string, moved: number): number {
  const { nodes } = scalarGraph(expression, { ...at, [variable]: moved });
  return nodes.find(({ id }) => id === variable)?.gradient ?? 0;
}

const PADDING = 0.06;

function rangeOf(values: readonly number[]): Range {
  const finite = values.filter(Number.isFinite);
  return padRange([Math.min(...finite), Math.max(...finite)], PADDING);
}

function pathOf(
  xs: readonly number[],
  ys: readonly number[],
  x: (v: number) => number,
  y: (v: number) => number,
): string {
  return xs.map((at, i) => `${i === 0 ? 'M' : 'L'}${x(at).toFixed(1)} ${y(ys[i] ?? 0).toFixed(1)}`).join('');
}

/** The check of every lesson: a derivative by formula, by the engine and by differences must be one number. */
import { difference, roundingOf, stepFor, type Difference } from '../autodiff/difference.ts';
import type { Scene } from './scene.ts';

/** Relative difference up to which two numbers agree. */
const AGREEMENT = 1e-6;

export type Verdict =
  | 'agree'
  /** The formula and the engine agree; the difference cannot tell, since rounding covers it. */
  | 'rounding'
  /** Slopes from the left and from the right differ: there is no derivative here. */
  | 'corner'
  /** The formula has no value here, or not on both sides. */
  | 'undefined'
  | 'differ';

export interface ThreeNumbers {
  readonly name: string;
  /** null: no formula was written. */
  readonly formula: number | null;
  readonly engine: number;
  readonly difference: number;
  readonly left: number;
  readonly right: number;
  readonly h: number;
  /** What rounding alone can put into the difference. */
  readonly rounding: number;
  readonly verdict: Verdict;
}

/** One row for each variable. */
export function threeNumbers({ expression, at, graph, formulas }: Scene): readonly ThreeNumbers[] {
  return Object.entries(formulas).map(([name, formula]) => {
    const engine = graph.nodes.find(({ id }) => id === name)?.gradient ?? 0;
    const h = stepFor(at[name] ?? 0);
    const wide = difference(expression, at, name, h);
    const rounding = roundingOf(expression, at, name, h);
    const numbers = {
      name,
      formula,
      engine,
      difference: wide.central,
      left: wide.left,
      right: wide.right,
      h,
      rounding,
    };
    const isCorner = hasCorner(wide, difference(expression, at, name, h / NARROWER), rounding);
    return { ...numbers, verdict: isCorner ? 'corner' : verdictOn(numbers) };
  });
}

/** Slopes left and right further apart than this share of them, and not by rounding. */
const CORNER = 1e-3;
const NARROWER = 4;

/** The gap between the slopes of both sides shrinks with h where a function is smooth, and stays at a corner. */
function hasCorner(wide: Difference, narrow: Difference, rounding: number): boolean {
  const gap = ({ left, right }: Difference): number => Math.abs(left - right);
  const size = Math.max(Math.abs(wide.left), Math.abs(wide.right));
  return gap(wide) > CORNER * size + 2 * NARROWER * rounding && gap(narrow) > gap(wide) / 2;
}

function verdictOn({ formula, engine, difference, rounding }: Omit<ThreeNumbers, 'verdict'>): Verdict {
  if (!Number.isFinite(difference) || !Number.isFinite(engine)) return 'undefined';
  if (formula !== null && !isNear(formula, engine, 0)) return 'differ';
  if (isNear(engine, difference, 0)) return 'agree';
  return isNear(engine, difference, rounding) ? 'rounding' : 'differ';
}

function isNear(a: number, b: number, slack: number): boolean {
  return Math.abs(a - b) <= AGREEMENT * Math.max(Math.abs(a), Math.abs(b)) + slack;
}

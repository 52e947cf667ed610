/** What a pane shows at this moment, as numbers can be asked of it: a formula, a point, and derivatives by closed form. */
import { compileExpression } from '../autodiff/evaluate.ts';
import { parseExpression, type Expression } from '../autodiff/parse.ts';
import { scalarGraph, type ScalarGraph } from '../autodiff/scalar-graph.ts';
import type { Point } from '../autodiff/tape.ts';
import { assert } from '../lib/assert.ts';
import { chainDerivative, chainExpression } from './deep-chain.ts';
import type { Choice, ClosedForm, Pane } from './panes.ts';

export interface Scene {
  readonly expression: Expression;
  readonly at: Point;
  readonly graph: ScalarGraph;
  /** By variable, in the order shown: the value of the closed form, NaN at its corner, null without one. */
  readonly formulas: Readonly<Record<string, number | null>>;
}

/**
 * @param choice index of the formula among those the pane offers
 * Throws AppError 'expression.*'
 */
export function sceneOf(pane: Pane, choice: number, at: Point): Scene {
  if (pane.widget !== 'chain') {
    const chosen = pane.choices[choice];
    assert(chosen !== undefined, `there is a choice ${choice}`);
    return sceneOfChoice(chosen, at);
  }
  const activation = pane.activations[choice];
  const { w, b, x, depth } = at;
  assert(
    activation !== undefined && w !== undefined && b !== undefined && x !== undefined && depth !== undefined,
    'w, b, x and depth have values',
  );
  const expression = parseExpression(chainExpression(activation, depth));
  const point = { w1: w, w, b, x };
  const formulas = { w1: chainDerivative(activation, { w, b, x, depth }) };
  return { expression, at: point, graph: scalarGraph(expression, point), formulas };
}

/** The scene of one formula. */
export function sceneOfChoice({ expression: text, derivatives }: Choice, at: Point): Scene {
  const expression = parseExpression(text);
  const graph = scalarGraph(expression, at);
  const shown = graph.nodes.filter(({ op }) => op === 'variable').map(({ id }) => id);
  const names = [...new Set([...Object.keys(derivatives), ...shown])];
  const valueOf = (name: string): number | null => {
    const form = Object.hasOwn(derivatives, name) ? derivatives[name] : undefined;
    return form === undefined ? null : closedFormValue(form, at);
  };
  return { expression, at, graph, formulas: Object.fromEntries(names.map((name) => [name, valueOf(name)])) };
}

function closedFormValue(form: ClosedForm, at: Point): number {
  if (typeof form === 'string') return valueAt(form, at);
  const sign = valueAt(form.sign, at);
  return sign === 0 ? NaN : valueAt(sign > 0 ? form.plus : form.minus, at);
}

/** The value of a formula at a point that has all its variables. */
export function valueAt(text: string, at: Point): number {
  const names = Object.keys(at);
  return compileExpression(parseExpression(text), names)(names.map((name) => at[name] ?? NaN));
}

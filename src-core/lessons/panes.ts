/** The live side of a lesson step: which widget shows it, and what it starts with. */

export interface Variable {
  readonly value: number;
  readonly min: number;
  readonly max: number;
  /** Of the slider. */
  readonly step: number;
}
export type Variables = Readonly<Record<string, Variable>>;

/**
 * A derivative written by hand: a formula, or cases by the sign of another one ('plus' above zero, 'minus' below; at
 * zero there is a corner and no derivative).
 */
export type ClosedForm = string | { readonly sign: string; readonly plus: string; readonly minus: string };

export interface Choice {
  /** Words or $TeX$; needed where there are several. */
  readonly label?: string;
  readonly expression: string;
  /** Closed forms by variable; a variable without one is not checked against a formula. */
  readonly derivatives: Readonly<Record<string, ClosedForm>>;
}
export type Choices = readonly [Choice, ...Choice[]];

/** A formula as gates and wires. */
export interface GraphPane {
  readonly widget: 'graph';
  readonly variables: Variables;
  readonly choices: Choices;
  /** How far the sweeps have gone at first; everything when left out. */
  readonly start?: 'inputs' | 'values';
  /** Reverse or forward accumulation can be chosen, and passes are counted. */
  readonly hasModes?: boolean;
  /** Gates that can be drawn as one: parts of the formula between which they lie. */
  readonly fold?: { readonly op: string; readonly input: string; readonly output: string };
  /** Two digits can be shown, as on a slide. */
  readonly hasTwoDigits?: boolean;
  /** "Update" moves these variables against their gradients. */
  readonly learns?: { readonly weights: readonly string[]; readonly rate: string };
  readonly hasCosts?: boolean;
  /** A person may type a formula of their own. */
  readonly isTyped?: boolean;
}

/** A function of one variable as a curve. */
export interface CurvePane {
  readonly widget: 'curve';
  /** The variable along the axis. */
  readonly variable: string;
  readonly domain: readonly [number, number];
  readonly variables: Variables;
  readonly choices: Choices;
  /**
   * 'secant': the line through x ± h. 'step': the tangent, followed for h. 'slope': the derivative as a second curve.
   */
  readonly overlay: 'secant' | 'step' | 'slope';
  /** The variable that is h. */
  readonly by?: string;
  /** Points for a table of values and slopes. */
  readonly table?: readonly number[];
  /** Numbers beside the curve: readings by what they are called. */
  readonly readings?: Readonly<Record<string, string>>;
}

/** Layers of one unit each, all with weight w and bias b, on an input x. */
export interface ChainPane {
  readonly widget: 'chain';
  readonly activations: readonly [string, ...string[]];
  /** w, b, x and depth. */
  readonly variables: Variables;
}

export type Pane = GraphPane | CurvePane | ChainPane;
export type WidgetId = Pane['widget'];

/** Values that a pane starts with. */
export function startPoint({ variables }: Pane): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(variables).map(([name, { value }]) => [name, value]));
}

/** How many formulas a pane offers. */
export function choiceLabels(pane: Pane): readonly string[] {
  return pane.widget === 'chain' ? pane.activations : pane.choices.map(({ label, expression }) => label ?? expression);
}

/** A variable with a slider. */
export function slider(value: number, min: number, max: number, step = 0.1): Variable {
  return { value, min, max, step };
}

type GraphOptions = Omit<GraphPane, 'widget' | 'choices' | 'variables'>;

/** A pane that shows one formula as a graph. */
export function graphPane(
  expression: string,
  derivatives: Choice['derivatives'],
  variables: Variables,
  options: GraphOptions = {},
): GraphPane {
  return { widget: 'graph', choices: [{ expression, derivatives }], variables, ...options };
}

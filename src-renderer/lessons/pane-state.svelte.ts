/** What is live in one step of a lesson: values of the variables, the formula chosen or typed, and all that follows. */
import { namesIn, parseExpression, type Expression } from '../../src-core/autodiff/parse.ts';
import type { Point } from '../../src-core/autodiff/tape.ts';
import { AppError } from '../../src-core/lib/errors.ts';
import { ownEntry } from '../../src-core/lib/fields-check.ts';
import { slider, startPoint, type Choice, type Pane, type Variable } from '../../src-core/lessons/panes.ts';
import { sceneOf, sceneOfChoice, type Scene } from '../../src-core/lessons/scene.ts';
import { threeNumbers, type ThreeNumbers } from '../../src-core/lessons/three-numbers.ts';
import { Sweeps } from './sweeps.svelte.ts';

/** Gates that can still be drawn and followed. */
const MOST_GATES = 60;

function refuseLarge(expression: Expression): void {
  if (gatesIn(expression) > MOST_GATES)
    throw new AppError('expression.too_long', { limit: `${MOST_GATES} gates to draw` });
}

function gatesIn(expression: Expression): number {
  if (expression.kind !== 'apply') return 0;
  return expression.inputs.reduce((sum, input) => sum + gatesIn(input), 1);
}

/** Of a variable that a person has typed. */
const UNKNOWN = slider(1, -5, 5);

export class PaneState {
  readonly pane: Pane;
  readonly sweeps: Sweeps;
  #point: Point = $state.raw({});
  #choice = $state(0);
  #typed: string | null = $state(null);
  #typedError: string | null = $state(null);
  showsTwoDigits = $state(false);

  constructor(pane: Pane) {
    this.pane = pane;
    this.#point = startPoint(pane);
    this.sweeps = new Sweeps(pane, () => this.scene);
  }

  get point(): Point {
    return this.#point;
  }
  get choice(): number {
    return this.#choice;
  }
  /** What is wrong with what was typed last; the formula before it stays. */
  get typedError(): string | null {
    return this.#typedError;
  }

  readonly scene: Scene = $derived.by(() =>
    this.#typed === null
      ? sceneOf(this.pane, this.#choice, this.#point)
      : sceneOfChoice({ expression: this.#typed, derivatives: {} }, this.#point),
  );
  readonly checks: readonly ThreeNumbers[] = $derived.by(() => threeNumbers(this.scene));

  /** Closed forms of the formula that is shown, by variable; none for one that was typed. */
  get closedForms(): Choice['derivatives'] {
    const { pane } = this;
    return this.#typed !== null || pane.widget === 'chain' ? {} : (pane.choices[this.#choice]?.derivatives ?? {});
  }

  /** The formula as it was written; the activation's name for a chain. */
  get formula(): string {
    const { pane } = this;
    return this.#typed ?? (pane.widget === 'chain' ? '' : (pane.choices[this.#choice]?.expression ?? ''));
  }

  range(name: string): Variable {
    return ownEntry(this.pane.variables, name) ?? UNKNOWN;
  }

  set(name: string, value: number): void {
    this.#point = { ...this.#point, [name]: value };
  }

  choose(choice: number): void {
    this.#choice = choice;
  }

  /** A formula of one's own; what it is about gets values. */
  type(text: string): void {
    try {
      const expression = parseExpression(text);
      refuseLarge(expression);
      const names = namesIn(expression);
      this.#point = { ...Object.fromEntries(names.map((name) => [name, UNKNOWN.value])), ...this.#point };
      this.#typed = this.pane.widget !== 'chain' && text === this.pane.choices[0].expression ? null : text;
      this.#typedError = null;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      this.#typedError = error.message;
    }
  }

  /** Values, formula and sweeps as the step began. */
  reset(): void {
    this.#typed = null;
    this.#typedError = null;
    this.#choice = 0;
    this.#point = startPoint(this.pane);
    this.sweeps.reset();
  }

  /** One step of gradient descent; the gradients belong to the old weights and are gone. */
  update(): void {
    const { pane, scene } = this;
    if (pane.widget !== 'graph' || pane.learns === undefined) return;
    const { weights, rate } = pane.learns;
    const gradients = new Map(scene.graph.nodes.map(({ id, gradient }) => [id, gradient]));
    const moved = weights.map((name) => {
      const step = (this.#point[rate] ?? 0) * (gradients.get(name) ?? 0);
      return [name, (this.#point[name] ?? 0) - step] as const;
    });
    this.#point = { ...this.#point, ...Object.fromEntries(moved) };
    this.sweeps.toValues();
  }
}

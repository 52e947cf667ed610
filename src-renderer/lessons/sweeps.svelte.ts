/** How far the sweeps over a graph have gone, and what is to be seen of it. */
import { foldGates } from '../../src-core/autodiff/fold-gates.ts';
import { parseExpression } from '../../src-core/autodiff/parse.ts';
import { nodeOfSource, type ScalarGraph } from '../../src-core/autodiff/scalar-graph.ts';
import { derivativeSteps, seenAfter, valueSteps, type Seen, type SweepStep } from '../../src-core/autodiff/sweep.ts';
import type { Mode } from '../../src-core/autodiff/trace.ts';
import type { Pane } from '../../src-core/lessons/panes.ts';
import type { Scene } from '../../src-core/lessons/scene.ts';

export class Sweeps {
  readonly #pane: Pane;
  readonly #scene: () => Scene;
  /** Steps done; more than there are means all, whatever the formula. */
  #done = $state(Infinity);
  #mode: Mode = $state('reverse');
  #isFolded = $state(false);

  constructor(pane: Pane, scene: () => Scene) {
    this.#pane = pane;
    this.#scene = scene;
    this.#done = startOf(pane, scene);
  }

  readonly graph: ScalarGraph = $derived.by(() => {
    const { graph } = this.#scene();
    return this.#isFolded ? folded(graph, this.#pane) : graph;
  });
  readonly #values: readonly SweepStep[] = $derived.by(() => valueSteps(this.graph));
  readonly steps: readonly SweepStep[] = $derived.by(() => [
    ...this.#values,
    ...derivativeSteps(this.graph, this.#mode),
  ]);
  readonly done: number = $derived(Math.min(this.#done, this.steps.length));
  readonly seen: Seen = $derived.by(() => seenAfter(this.graph, this.steps.slice(0, this.done)));
  /** The step that was done last. */
  readonly last: SweepStep | null = $derived(this.steps[this.done - 1] ?? null);
  readonly isComplete: boolean = $derived(this.done === this.steps.length);
  /** Sweeps for derivatives begun so far. */
  readonly passes: number = $derived(
    this.steps.slice(0, this.done).filter(({ kind }) => kind === 'seed' || kind === 'start').length,
  );

  get mode(): Mode {
    return this.#mode;
  }
  get isFolded(): boolean {
    return this.#isFolded;
  }

  forward(): void {
    this.#done = Math.min(this.done + 1, this.steps.length);
  }
  back(): void {
    this.#done = Math.max(0, this.done - 1);
  }
  all(): void {
    this.#done = Infinity;
  }
  clear(): void {
    this.#done = 0;
  }
  /** Values are known, derivatives are not. */
  toValues(): void {
    this.#done = this.#values.length;
  }
  setMode(mode: Mode): void {
    this.#mode = mode;
    this.all();
  }
  setFolded(isFolded: boolean): void {
    this.#isFolded = isFolded;
    this.all();
  }
  reset(): void {
    this.#mode = 'reverse';
    this.#isFolded = false;
    this.#done = startOf(this.#pane, this.#scene);
  }
}

function startOf(pane: Pane, scene: () => Scene): number {
  if (pane.widget !== 'graph' || pane.start === undefined) return Infinity;
  return pane.start === 'inputs' ? 0 : valueSteps(scene().graph).length;
}

function folded(graph: ScalarGraph, pane: Pane): ScalarGraph {
  if (pane.widget !== 'graph' || pane.fold === undefined) return graph;
  const { op, input, output } = pane.fold;
  const [from, to] = [input, output].map((part) => nodeOfSource(graph, parseExpression(part))?.id);
  return from === undefined || to === undefined ? graph : foldGates(graph, { op, input: from, output: to });
}

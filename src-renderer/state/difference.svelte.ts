/** A run's graph held against the canvas: which cards are new, changed or fed by others, and which layers are missing. */
import { compareGraphs, isSameGraph, type GraphDifference, type NodeDifference } from '../../src-core/graph/compare.ts';
import type { Graph } from '../../src-core/graph/model.ts';
import type { ProjectState } from './project.svelte.ts';

interface Against {
  /** Name of the run. */
  readonly name: string;
  readonly graph: Graph;
}

export class DifferenceState {
  /** Null: nothing is held against the canvas. */
  against: Against | null = $state.raw(null);
  readonly #project: ProjectState;

  constructor(project: ProjectState) {
    this.#project = project;
  }

  /** Follows the canvas as it is edited. */
  readonly found: GraphDifference | null = $derived.by(() =>
    this.against === null ? null : compareGraphs(this.against.graph, this.#project.document.graph),
  );
  readonly isSame: boolean = $derived(this.found !== null && isSameGraph(this.found));

  of(id: string): NodeDifference | undefined {
    return this.found?.nodes.get(id);
  }

  hold(against: Against): void {
    this.against = against;
  }

  close(): void {
    this.against = null;
  }
}

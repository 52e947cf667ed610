/** What is selected on the canvas. Never part of the document and never of its history. */

export class SelectionState {
  nodes: ReadonlySet<string> = $state.raw(new Set());
  /** Edges as `edgeKey` names them. */
  edges: ReadonlySet<string> = $state.raw(new Set());
  /** The node that is meant when one is meant: the only selected one. */
  readonly node: string | null = $derived(this.nodes.size === 1 ? ([...this.nodes][0] ?? null) : null);
  readonly isEmpty = $derived(this.nodes.size === 0 && this.edges.size === 0);

  select(nodes: Iterable<string>, edges: Iterable<string> = []): void {
    this.nodes = new Set(nodes);
    this.edges = new Set(edges);
  }

  clear(): void {
    this.select([]);
  }

  /** Forgets what the document no longer has. */
  keepOnly(nodes: ReadonlySet<string>, edges: ReadonlySet<string>): void {
    const keptNodes = [...this.nodes].filter((id) => nodes.has(id));
    const keptEdges = [...this.edges].filter((key) => edges.has(key));
    if (keptNodes.length !== this.nodes.size || keptEdges.length !== this.edges.size) this.select(keptNodes, keptEdges);
  }
}

/** Between the document and Svelte Flow: its nodes and edges are derived, and what it changes is told apart again. */
import type { Edge, Node } from '@xyflow/svelte';
import { moveNodes, type Position } from '../../src-core/graph/edit.ts';
import type { Analysis } from '../../src-core/analysis/define.ts';
import type { GraphNode } from '../../src-core/graph/model.ts';
import type { AppState } from '../state/app.svelte.ts';
import { positionsOf, withPositions } from '../state/layout.ts';
import { batchShape, cardName, cardOf, wireShape, type Card } from './card.ts';
import { Stragglers } from './stragglers.svelte.ts';

export type CardNode = Node<{ card: Card }, 'card'>;
export type WireEdge = Edge<{ shape: string | null; index: number }, 'wire'>;

/** Closer to where it lay than this, a node was clicked and not moved. */
const STILL_PX = 0.01;

export class FlowAdapter {
  readonly #app: AppState;
  /** Places during a drag; the document gets them when it ends. */
  #dragged: ReadonlyMap<string, Position> | null = $state.raw(null);
  /** A drag is being given up. */
  #keepsPlaces = false;
  /** Sizes that Svelte Flow measured. */
  readonly #measured = new Map<string, NonNullable<CardNode['measured']>>();
  /** Svelte Flow sets the nodes again to be looked at again. */
  #version = $state(0);
  readonly #cards = new Map<string, { key: string; card: Card }>();
  readonly #lastNodes = new Map<string, CardNode>();
  readonly #lastEdges = new Map<string, WireEdge>();

  /** Cards on their way to where an edit puts them. */
  readonly #stragglers = new Stragglers();

  constructor(app: AppState) {
    this.#app = app;
  }

  /** While the canvas stands: what many cards are moved by is drawn in parts. Returns what ends it. */
  follow(): () => void {
    const { project } = this.#app;
    let [places, opened] = [this.#places, project.opened];
    return project.onChange(() => {
      if (project.opened === opened) this.#stragglers.moved(places, this.#places);
      else this.#stragglers.settle();
      [places, opened] = [this.#places, project.opened];
    });
  }

  /** Calls back once every card is drawn where the document has it. */
  whenArrived(callback: () => void): void {
    this.#stragglers.whenArrived(callback);
  }

  readonly #places = $derived.by(() => positionsOf(this.#app.project.document.graph));

  /** What the cards say; unchanged while nodes are only moved about. */
  readonly #cardsById = $derived.by(() => {
    const { document, analysis } = this.#app.project;
    return new Map(document.graph.nodes.map((node) => [node.id, this.#card(node, analysis)] as const));
  });

  readonly nodes: CardNode[] = $derived.by(() => {
    void this.#version;
    return [...this.#cardsById].map(([id, card]) => this.#node(id, card));
  });

  readonly edges: WireEdge[] = $derived.by(() => {
    const { project, selection } = this.#app;
    return project.document.graph.edges.map(({ from, to }, index) => {
      const id = project.edgeKeys[index] ?? `${from}→${to}`;
      const report = Object.hasOwn(project.analysis.nodes, from) ? project.analysis.nodes[from] : undefined;
      const shape = report?.outputShape;
      return reuse(this.#lastEdges, {
        id,
        type: 'wire' as const,
        source: from,
        target: to,
        data: { shape: shape === undefined ? null : wireShape(shape), index },
        selected: selection.edges.has(id),
        ariaLabel: `Wire from ${from} to ${to}${shape === undefined ? '' : `, shape ${batchShape(shape)}`}`,
      });
    });
  });

  /** Svelte Flow's own changes: selection, measured sizes, places during a drag. */
  setNodes(next: CardNode[]): void {
    const { selection } = this.#app;
    const dragged = new Map<string, Position>();
    for (const { id, measured, position } of next) {
      if (measured !== undefined) this.#measured.set(id, measured);
      const place = this.#placeOf(id);
      const moved =
        place !== undefined && (Math.abs(place.x - position.x) > STILL_PX || Math.abs(place.y - position.y) > STILL_PX);
      if (moved) dragged.set(id, position);
    }
    this.#dragged = dragged.size === 0 || this.#keepsPlaces ? null : dragged;
    const chosen = next.filter(({ selected }) => selected).map(({ id }) => id);
    if (!sameSet(selection.nodes, chosen)) selection.select(chosen, selection.edges);
    this.#version++;
  }

  setEdges(next: WireEdge[]): void {
    const { selection } = this.#app;
    const chosen = next.filter(({ selected }) => selected).map(({ id }) => id);
    if (!sameSet(selection.edges, chosen)) selection.select(selection.nodes, chosen);
  }

  get isDragging(): boolean {
    return this.#dragged !== null;
  }

  /** Runs what ends a drag: every card is where it was before it. */
  withoutMoving(end: () => void): void {
    this.#keepsPlaces = true;
    end();
    this.#keepsPlaces = false;
    this.#dragged = null;
  }

  /** The drag ended: one entry in the history, whatever its way was. */
  endDrag(): void {
    const dragged = this.#dragged;
    if (dragged === null) return;
    const count = dragged.size;
    this.#app.project.edit(count === 1 ? 'Move layer' : `Move ${count} layers`, (document) =>
      moveNodes(withPositions(document), rounded(dragged)),
    );
    this.#stragglers.settle(); // they are where they were dropped
    this.#dragged = null;
  }

  /** Moves the chosen nodes by keyboard. */
  nudge(ids: Iterable<string>, by: Position): void {
    const places = this.#places;
    const moved = [...ids].map((id) => {
      const { x, y } = places[id] ?? { x: 0, y: 0 };
      return [id, { x: x + by.x, y: y + by.y }] as const;
    });
    this.#app.project.edit('Move layers', (document) => moveNodes(withPositions(document), Object.fromEntries(moved)));
  }

  #placeOf(id: string): Position | undefined {
    return this.#stragglers.placeOf(id) ?? this.#places[id];
  }

  #node(id: string, card: Card): CardNode {
    const { selection } = this.#app;
    const position = this.#dragged?.get(id) ?? this.#placeOf(id) ?? { x: 0, y: 0 };
    const measured = this.#measured.get(id);
    return reuse(this.#lastNodes, {
      id,
      type: 'card' as const,
      position: { x: position.x, y: position.y },
      data: { card },
      selected: selection.nodes.has(id),
      dragging: this.#dragged?.has(id) ?? false,
      ariaLabel: cardName(id, card),
      ...(measured === undefined ? {} : { measured }),
    });
  }

  /** The same object while it says the same, so that only what changed is drawn again. */
  #card(node: GraphNode, analysis: Analysis): Card {
    const card = cardOf(node, analysis);
    const key = JSON.stringify(card);
    const known = this.#cards.get(node.id);
    // Fixes are functions, which the key does not hold: cards with problems are always taken anew.
    if (known?.key === key && card.problems.length === 0) return known.card;
    this.#cards.set(node.id, { key, card });
    return card;
  }
}

function rounded(places: ReadonlyMap<string, Position>): Readonly<Record<string, Position>> {
  return Object.fromEntries([...places].map(([id, { x, y }]) => [id, { x: Math.round(x), y: Math.round(y) }] as const));
}

function sameSet(a: ReadonlySet<string>, b: readonly string[]): boolean {
  return a.size === b.length && b.every((item) => a.has(item));
}

/** The object made last time, while nothing in it changed: Svelte Flow compares by identity. */
function reuse<T extends { readonly id: string }>(last: Map<string, T>, made: T): T {
  const before = last.get(made.id);
  if (before !== undefined && shallowEqual(before, made)) return before;
  last.set(made.id, made);
  return made;
}

/** Equal keys with identical values; `position` and `data` are looked into. */
function shallowEqual(a: object, b: object): boolean {
  const keys = Object.keys(b);
  if (Object.keys(a).length !== keys.length) return false;
  const left: Readonly<Record<string, unknown>> = { ...a };
  const right: Readonly<Record<string, unknown>> = { ...b };
  return keys.every((key) => {
    const x = left[key];
    const y = right[key];
    if (x === y) return true;
    const isInner = key === 'position' || key === 'data';
    return isInner && typeof x === 'object' && x !== null && typeof y === 'object' && y !== null && shallowEqual(x, y);
  });
}

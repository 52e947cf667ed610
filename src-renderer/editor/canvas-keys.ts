/** The canvas by keyboard: arrows move, Enter chooses, C draws a wire, Escape gives up. */
import { connect } from '../../src-core/graph/edit.ts';
import type { AppState } from '../state/app.svelte.ts';
import { whyNotConnect } from './connection.ts';
import type { FlowAdapter } from './flow-adapter.svelte.ts';

const STEP_PX = 10;
const FAR = 5;
const ARROWS: Readonly<Record<string, { x: number; y: number }>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

export class CanvasKeys {
  readonly #app: AppState;
  readonly #adapter: FlowAdapter;
  #isMoving = false;

  constructor(app: AppState, adapter: FlowAdapter) {
    this.#app = app;
    this.#adapter = adapter;
  }

  down(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || !(event.target instanceof Element)) return;
    if (event.key === 'Escape') return this.#escape();
    const node = event.target.matches('.svelte-flow__node') ? event.target.getAttribute('data-id') : null;
    const edge = event.target.matches('.svelte-flow__edge') ? event.target.getAttribute('data-id') : null;
    const done = node === null ? edge !== null && this.#onEdge(edge, event) : this.#onNode(node, event);
    if (done) event.preventDefault();
  }

  /** A click on a card ends a wire that was begun; without one it chooses the card, and of several this one alone. */
  clicked(id: string, { ctrlKey, metaKey, shiftKey }: MouseEvent | TouchEvent): void {
    const { selection, surfaces } = this.#app;
    if (surfaces.connectingFrom !== null) this.#connectTo(id);
    else if (!ctrlKey && !metaKey && !shiftKey) selection.select([id]);
    surfaces.inspectorTab = 'layer';
  }

  /** What Tab reaches is chosen, so that Delete and the inspector mean what has the focus. */
  focused(target: Element): void {
    const { selection, surfaces } = this.#app;
    const id = target.getAttribute('data-id');
    if (id === null || surfaces.connectingFrom !== null) return;
    if (target.matches('.svelte-flow__node') && !selection.nodes.has(id)) selection.select([id]);
    if (target.matches('.svelte-flow__edge') && !selection.edges.has(id)) selection.select([], [id]);
  }

  /** Arrow presses up to the release are one entry of the history. */
  up(event: KeyboardEvent): void {
    if (!this.#isMoving || !Object.hasOwn(ARROWS, event.key)) return;
    this.#isMoving = false;
    this.#app.project.endGesture();
  }

  #escape(): void {
    const { surfaces, selection } = this.#app;
    if (surfaces.connectingFrom === null) selection.clear();
    surfaces.connectingFrom = null;
  }

  /** True: the key meant something here. */
  #onNode(id: string, event: KeyboardEvent): boolean {
    const { selection, surfaces } = this.#app;
    const arrow = Object.hasOwn(ARROWS, event.key) ? ARROWS[event.key] : undefined;
    if (arrow !== undefined) {
      this.#move(id, { x: arrow.x * this.#step(event), y: arrow.y * this.#step(event) });
    } else if (event.key === 'Enter' || event.key === ' ') {
      if (surfaces.connectingFrom !== null) this.#connectTo(id);
      else {
        selection.select([id]);
        if (event.key === 'Enter') surfaces.focusInspector();
      }
      surfaces.inspectorTab = 'layer';
    } else if (event.key.toLowerCase() === 'c') {
      surfaces.connectingFrom = id;
      surfaces.announcement = `Wire from ${id}: move to another layer with Tab and press Enter, or Escape`;
    } else return false;
    return true;
  }

  #onEdge(key: string, event: KeyboardEvent): boolean {
    const { selection, surfaces } = this.#app;
    if (event.key === 'Enter' || event.key === ' ') {
      selection.select([], [key]);
      surfaces.inspectorTab = 'layer';
      if (event.key === 'Enter') surfaces.focusInspector();
      return true;
    }
    return false;
  }

  #step({ shiftKey }: KeyboardEvent): number {
    return shiftKey ? STEP_PX * FAR : STEP_PX;
  }

  #move(id: string, by: { x: number; y: number }): void {
    const { project, selection, surfaces } = this.#app;
    if (!selection.nodes.has(id)) selection.select([id]);
    if (!this.#isMoving) project.beginGesture('Move layers');
    this.#isMoving = true;
    this.#adapter.nudge(selection.nodes, by);
    const place = project.nodesById.get(id)?.position;
    surfaces.announcement = `${id} at ${place?.x ?? 0}, ${place?.y ?? 0}`;
  }

  #connectTo(to: string): void {
    const { project, surfaces, notices } = this.#app;
    const from = surfaces.connectingFrom;
    surfaces.connectingFrom = null;
    if (from === null || from === to) return;
    const reason = whyNotConnect(project.document.graph, from, to);
    if (reason !== null) return notices.say('info', reason);
    project.edit('Connect', (document) => connect(document, from, to));
    surfaces.announcement = `Connected ${from} to ${to}`;
  }
}

/** What of the network is in view: fitting, zooming, and keeping the whole in view when it grows or the canvas shrinks. */
import { tick } from 'svelte';
import type { Attachment } from 'svelte/attachments';
import type { Position } from '../../src-core/graph/edit.ts';
import type { AppState } from '../state/app.svelte.ts';
import type { CanvasActions } from '../state/surfaces.svelte.ts';
import type { FlowAdapter } from './flow-adapter.svelte.ts';
import type { FlowInside } from './flow-inside.ts';

export const FIT = { padding: '28px', maxZoom: 1.1, minZoom: 0.08 } as const;
const MOVE_MS = 150;
/** A layer that is gone to is shown at least this large. */
const LEGIBLE_ZOOM = 0.8;

export class Camera implements CanvasActions {
  /** Svelte Flow, once it is there. */
  inside: FlowInside | null = $state.raw(null);
  /** The element in which the network is seen. */
  pane: HTMLElement | null = null;
  /** Nobody moved the camera since it showed everything: it goes on to when the canvas gets another size. */
  #isFitted = true;
  readonly #app: AppState;
  readonly #adapter: FlowAdapter;

  constructor(app: AppState, adapter: FlowAdapter) {
    this.#app = app;
    this.#adapter = adapter;
  }

  readonly #zoom = $derived(this.inside?.zoom() ?? 1);

  /** How far the camera is away, in classes: a number would make the browser look at every style again. */
  readonly distance = $derived({
    away: this.#zoom < 0.85,
    far: this.#zoom < 0.56,
    'very-far': this.#zoom < 0.4,
    farther: this.#zoom < 0.25,
    farthest: this.#zoom < 0.12,
  });

  /** Follows the pane's size while nobody moved the camera, and shows the whole graph when another document is opened. */
  readonly watch: Attachment<HTMLElement> = (element) => {
    this.pane = element;
    const observer = new ResizeObserver(() => {
      if (this.#isFitted) this.#fitNow();
    });
    observer.observe(element);
    return () => observer.disconnect();
  };

  readonly followOpened: Attachment = () => {
    void this.#app.project.opened;
    queueMicrotask(() => this.#fitNow());
  };

  /** The person moved the camera. */
  moved(): void {
    this.#isFitted = false;
  }

  fit(): void {
    this.#adapter.whenArrived(() => this.#fitNow());
  }

  fitNodes(ids: readonly string[]): void {
    this.moved();
    void this.inside?.flow.fitView({ ...FIT, nodes: ids.map((id) => ({ id })), duration: MOVE_MS });
  }

  keepInView(change: () => void): void {
    const wasInView = this.#isAllInView();
    change();
    if (wasInView) void tick().then(() => (this.#isAllInView() ? undefined : this.#fitNow(MOVE_MS)));
  }

  zoomIn(): void {
    this.moved();
    void this.inside?.flow.zoomIn();
  }

  zoomOut(): void {
    this.moved();
    void this.inside?.flow.zoomOut();
  }

  focusNode(id: string): void {
    this.pane?.querySelector<HTMLElement>(`.svelte-flow__node[data-id="${CSS.escape(id)}"]`)?.focus();
  }

  show(id: string): void {
    this.moved();
    const [maxZoom, minZoom] = [Math.max(this.#zoom, 1), Math.max(this.#zoom, LEGIBLE_ZOOM)];
    void this.inside?.flow.fitView({ nodes: [{ id }], maxZoom, minZoom, duration: MOVE_MS });
    this.focusNode(id);
  }

  centre(): Position {
    const box = this.pane?.getBoundingClientRect() ?? new DOMRect();
    return this.toDocument({ x: box.x + box.width / 2, y: box.y + box.height / 2 });
  }

  /** The point of the document at a point of the window. */
  toDocument(point: Position): Position {
    return this.inside?.flow.screenToFlowPosition(point) ?? point;
  }

  /** Brings a card that got the keyboard into view as it is, and leaves those in view where they are. */
  reveal(card: Element): void {
    const id = card.getAttribute('data-id');
    if (id === null || this.#isInView(card)) return;
    this.moved();
    void this.inside?.flow.fitView({ nodes: [{ id }], maxZoom: this.#zoom, minZoom: this.#zoom });
  }

  #fitNow(duration = 0): void {
    this.#isFitted = true;
    void this.inside?.flow.fitView({ ...FIT, duration });
  }

  #isInView(card: Element): boolean {
    const frame = this.pane?.getBoundingClientRect() ?? new DOMRect();
    const box = card.getBoundingClientRect();
    const { left, right, top, bottom } = frame;
    return box.left >= left && box.right <= right && box.top >= top && box.bottom <= bottom;
  }

  #isAllInView(): boolean {
    return [...(this.pane?.querySelectorAll('.svelte-flow__node') ?? [])].every((card) => this.#isInView(card));
  }
}

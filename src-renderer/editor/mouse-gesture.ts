/** A drag of cards or a pulled wire, and how Escape ends it as if it had never been. */
import type { FlowAdapter } from './flow-adapter.svelte.ts';

export class MouseGesture {
  readonly #adapter: FlowAdapter;
  #isPulling = false;
  #isGivenUp = false;

  constructor(adapter: FlowAdapter) {
    this.#adapter = adapter;
  }

  /** A wire that was given up joins nothing. */
  get isGivenUp(): boolean {
    return this.#isGivenUp;
  }

  pullStarted(): void {
    this.#isPulling = true;
  }

  pullEnded(): void {
    this.#isPulling = false;
  }

  /** Escape, wherever the keyboard is: it means the gesture, and nothing else, while there is one. */
  keydown(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || (!this.#isPulling && !this.#adapter.isDragging)) return;
    event.preventDefault();
    event.stopPropagation();
    this.#isGivenUp = true;
    // Svelte Flow ends its gestures at a release and at nothing else.
    this.#adapter.withoutMoving(() =>
      document.dispatchEvent(new MouseEvent('mouseup', { view: window, bubbles: true })),
    );
    this.#isGivenUp = false;
  }
}

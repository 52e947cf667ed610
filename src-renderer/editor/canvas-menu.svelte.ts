/** The context menu of the canvas: what it was opened on is selected, and the commands that belong there are offered. */
import type { Position } from '../../src-core/graph/edit.ts';
import { canvasEntries } from '../commands/menu-entries.ts';
import type { CanvasPlace } from '../commands/define.ts';
import type { AppState } from '../state/app.svelte.ts';
import type { MenuEntry } from '../ui/menu.ts';
import type { Camera } from './camera.svelte.ts';

const NAMES: Readonly<Record<CanvasPlace, string>> = {
  layer: 'Layer',
  selection: 'Selected layers',
  wire: 'Wire',
  canvas: 'Canvas',
};

export class CanvasMenu {
  readonly #app: AppState;
  readonly #camera: Camera;
  #place: CanvasPlace = $state('canvas');

  constructor(app: AppState, camera: Camera) {
    this.#app = app;
    this.#camera = camera;
  }

  readonly label = $derived(NAMES[this.#place]);

  /** The fixes of the layer's problems first, then the commands. */
  readonly entries: readonly MenuEntry[] = $derived.by(() => {
    const fixes = this.#place === 'layer' ? this.#fixes() : [];
    const commands = canvasEntries(this.#app, this.#place);
    return fixes.length === 0 ? commands : [...fixes, { kind: 'separator', id: 'line-fixes' }, ...commands];
  });

  /** A right click: on a control in a corner of the canvas it means nothing. */
  open(event: MouseEvent): void {
    const target = event.target instanceof Element ? event.target : null;
    if (target?.closest('.svelte-flow__panel')) return event.preventDefault();
    this.#place = this.#select(target);
    this.#app.surfaces.menuPoint = this.#camera.toDocument({ x: event.clientX, y: event.clientY });
  }

  close(): void {
    this.#app.surfaces.menuPoint = null;
  }

  /** By keyboard: on the card or wire that has the focus, else on the selected one, else on the canvas. */
  openByKeyboard(): void {
    const { pane } = this.#camera;
    const focused = document.activeElement?.closest('.svelte-flow__node, .svelte-flow__edge');
    const target = focused ?? pane?.querySelector('.svelte-flow__node.selected, .svelte-flow__edge.selected') ?? pane;
    if (pane === null || target === null) return;
    const { x: clientX, y: clientY } = seenMiddle(target.getBoundingClientRect(), pane.getBoundingClientRect());
    target.dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, cancelable: true, clientX, clientY }));
  }

  /** What is meant is what is selected from now on. */
  #select(target: Element | null): CanvasPlace {
    const { selection, surfaces } = this.#app;
    const node = target?.closest('.svelte-flow__node')?.getAttribute('data-id') ?? null;
    const edge = target?.closest('.svelte-flow__edge')?.getAttribute('data-id') ?? null;
    if (node !== null) {
      if (!selection.nodes.has(node)) selection.select([node]);
      surfaces.inspectorTab = 'layer';
      return selection.nodes.size > 1 ? 'selection' : 'layer';
    }
    if (edge === null) {
      selection.clear();
      return 'canvas';
    }
    selection.select([], [edge]);
    surfaces.inspectorTab = 'layer';
    return 'wire';
  }

  #fixes(): readonly MenuEntry[] {
    const { project, selection, tabs } = this.#app;
    const problems = selection.node === null || tabs.isWatching ? [] : project.problemsOf(selection.node);
    const fixes = new Map(problems.flatMap(({ fix }) => (fix === undefined ? [] : [[fix.label, fix] as const])));
    return [...fixes].map(([label, fix]) => ({
      kind: 'action',
      id: `fix-${label}`,
      label,
      onselect: () => project.applyFix(fix),
    }));
  }
}

/** The middle of a box, or the nearest point to it that is seen in the frame and in the window. */
function seenMiddle(box: DOMRect, frame: DOMRect): Position {
  const clamp = (value: number, least: number, most: number): number => Math.max(least, Math.min(value, most));
  return {
    x: clamp(box.x + box.width / 2, Math.max(0, frame.left), Math.min(window.innerWidth, frame.right)),
    y: clamp(box.y + box.height / 2, Math.max(0, frame.top), Math.min(window.innerHeight, frame.bottom)),
  };
}

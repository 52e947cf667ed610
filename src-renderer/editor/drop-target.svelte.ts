/** Where a layer dragged from the palette would land, shown while it is held and done when it is let go. */
import type { XYPosition } from '@xyflow/svelte';
import type { AppState } from '../state/app.svelte.ts';
import type { InsertPlace } from '../state/insert-place.ts';
import { placeLayer } from './place-layer.ts';

/** The card is held by its middle. */
const HALF_CARD = { x: 80, y: 48 };

export class DropTarget {
  readonly #app: AppState;
  readonly #toFlow: (point: XYPosition) => XYPosition;

  constructor(app: AppState, toFlow: (point: XYPosition) => XYPosition) {
    this.#app = app;
    this.#toFlow = toFlow;
  }

  over(event: DragEvent): void {
    const { surfaces } = this.#app;
    if (surfaces.draggedLayer === null) return;
    event.preventDefault();
    if (event.dataTransfer !== null) event.dataTransfer.dropEffect = 'copy';
    const under = this.#under(event);
    surfaces.dropEdge = under.edge;
    surfaces.dropNode = under.edge === null ? under.node : null;
  }

  leave(): void {
    this.#app.surfaces.dropEdge = null;
    this.#app.surfaces.dropNode = null;
  }

  drop(event: DragEvent): void {
    const { surfaces } = this.#app;
    const type = surfaces.draggedLayer;
    if (type === null) return;
    event.preventDefault();
    event.stopPropagation();
    const target = this.#target(event);
    this.leave();
    surfaces.draggedLayer = null;
    insertLayer(this.#app, type, target);
  }

  #target(event: DragEvent): InsertPlace {
    const { node, edge } = this.#under(event);
    const index = edge === null ? -1 : this.#app.project.edgeKeys.indexOf(edge);
    if (index >= 0) return { kind: 'edge', index };
    if (node !== null) return { kind: node.side, node: node.id };
    const { x, y } = this.#toFlow({ x: event.clientX, y: event.clientY });
    return { kind: 'canvas', at: { x: Math.round(x - HALF_CARD.x), y: Math.round(y - HALF_CARD.y) } };
  }

  /** The wire or the card under the pointer; on a card, its nearer half says before or after. */
  #under({ clientX, clientY }: DragEvent): {
    readonly edge: string | null;
    readonly node: { readonly id: string; readonly side: 'before' | 'after' } | null;
  } {
    const element = document.elementFromPoint(clientX, clientY);
    const edge = element?.closest('.svelte-flow__edge')?.getAttribute('data-id') ?? null;
    const card = element?.closest('.svelte-flow__node') ?? null;
    const id = card?.getAttribute('data-id') ?? null;
    if (card === null || id === null) return { edge, node: null };
    const box = card.getBoundingClientRect();
    const type = this.#app.project.nodesById.get(id)?.type;
    const left = clientX < box.left + box.width / 2;
    // Nothing comes before the input or after the output.
    const side = type === 'output' || (left && type !== 'input') ? 'before' : 'after';
    return { edge, node: { id, side } };
  }
}

/** One entry in the history, the new layer selected and shown in the inspector. */
export function insertLayer(app: AppState, type: string, target: InsertPlace): void {
  const { project, selection, surfaces } = app;
  const { document, id } = placeLayer(project.document, type, target);
  const edit = (): void => project.edit(target.kind === 'canvas' ? 'Add layer' : 'Insert layer', () => document);
  if (surfaces.canvas === null) edit();
  else surfaces.canvas.keepInView(edit);
  selection.select([id]);
  surfaces.inspectorTab = 'layer';
  surfaces.announcement = `Added ${id}`;
}

/** Where a layer goes that is chosen and not dragged: after the selected one, else before the output. */
export function appendTarget(app: AppState): InsertPlace {
  const { project, selection, surfaces } = app;
  const { nodes, edges } = project.document.graph;
  const chosen = selection.node === null ? undefined : project.nodesById.get(selection.node);
  if (chosen !== undefined && chosen.type !== 'output') return { kind: 'after', node: chosen.id };
  const output = nodes.find(({ type }) => type === 'output');
  const last = edges.findIndex(({ to }) => to === output?.id);
  if (last >= 0) return { kind: 'edge', index: last };
  const loose = nodes.findLast(({ id, type }) => type !== 'output' && edges.every(({ from }) => from !== id));
  if (loose !== undefined) return { kind: 'after', node: loose.id };
  return { kind: 'canvas', at: surfaces.canvas?.centre() ?? { x: 0, y: 0 } };
}

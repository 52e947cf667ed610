/** Which dialog is open, what the canvas can be asked to do, and which inspector tab shows. */
import type { Position } from '../../src-core/graph/edit.ts';
import { DroppedTable } from './dropped-table.ts';
import type { InsertPlace } from './insert-place.ts';

export type Surface =
  'export' | 'find' | 'insert' | 'palette' | 'recent' | 'rename' | 'replace' | 'save_as' | 'shortcuts' | 'templates';
export type InspectorTab = 'layer' | 'training';

/** What the canvas offers to commands while it is on the screen. */
export interface CanvasActions {
  fit(): void;
  /** Brings these nodes into view, and nothing else if they are few. */
  fitNodes(ids: readonly string[]): void;
  /** Runs a change; where the whole graph was in view before it, it is afterwards. */
  keepInView(change: () => void): void;
  zoomIn(): void;
  zoomOut(): void;
  /** Puts the keyboard on a node. */
  focusNode(id: string): void;
  /** Brings a node into the middle, near enough to be read, and puts the keyboard on it. */
  show(id: string): void;
  /** The point of the document in the middle of the view. */
  centre(): { x: number; y: number };
}

export class SurfacesState {
  readonly droppedTable = new DroppedTable();
  open: Surface | null = $state(null);
  /** The layer whose units are all looked at. */
  unitsOf: string | null = $state(null);
  /** The list of problems under the canvas is unfolded. */
  showProblems = $state(false);
  /** The run that the export dialog is about. */
  exportedRun: string | null = $state(null);
  /** Where the layer goes that the dialog asks for. */
  insertAt: InsertPlace | null = $state.raw(null);
  /** The point of the document that a context menu was opened on, while it is open. */
  menuPoint: Position | null = null;
  inspectorTab: InspectorTab = $state('training');
  /** The node from which a wire is being drawn by keyboard. */
  connectingFrom: string | null = $state(null);
  /** The layer type being dragged from the palette. */
  draggedLayer: string | null = $state(null);
  /** The wire it would be inserted on. */
  dropEdge: string | null = $state(null);
  /** The node it would go before or after. */
  dropNode: { readonly id: string; readonly side: 'before' | 'after' } | null = $state.raw(null);
  /** The last thing worth saying to a screen reader about the canvas. */
  announcement = $state('');
  /** The warnings that were shown when training was started last. */
  warned = '';
  canvas: CanvasActions | null = null;
  /** Puts the keyboard on the first control of the inspector, once that shows what is selected now. */
  focusInspector: () => void = () => {};
  /** Opens the context menu of what has the keyboard on the canvas, or is selected there. */
  openMenu: () => void = () => {};

  /** A wire that begins at a layer which is gone is given up, and nothing is put beside one. */
  keepOnly(nodes: ReadonlyMap<string, unknown>): void {
    if (this.connectingFrom !== null && !nodes.has(this.connectingFrom)) this.connectingFrom = null;
    if (this.dropNode !== null && !nodes.has(this.dropNode.id)) this.dropNode = null;
  }

  /** Asks which layer goes there. */
  insert(place: InsertPlace): void {
    this.insertAt = place;
    this.open = 'insert';
  }

  /** Asks what a run's network is to be taken home as. */
  export(runId: string | null): void {
    this.exportedRun = runId;
    this.open = 'export';
  }
}

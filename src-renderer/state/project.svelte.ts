/** The open document: what it is, what analysis says about it, how it changes, what was saved. */
import { analyze } from '../../src-core/analysis/analyze.ts';
import type { ProjectFile } from '../../src-core/contract/app.ts';
import type { Analysis, DataFacts, Fix, Problem } from '../../src-core/analysis/define.ts';
import { readProject, writeProject } from '../../src-core/formats/project.ts';
import { present } from '../../src-core/lib/assert.ts';
import { AppError } from '../../src-core/lib/errors.ts';
import { sameJson } from '../../src-core/graph/diff.ts';
import { History, type Mark } from '../../src-core/graph/history.ts';
import type { GraphNode, ProjectDocument } from '../../src-core/graph/model.ts';
import { edgeKeys } from './edge-keys.ts';

type Change = (document: ProjectDocument) => ProjectDocument;
type Listener = (document: ProjectDocument) => void;

interface Opening {
  /** It is in a file just like this. */
  readonly saved: boolean;
  readonly file?: ProjectFile | null;
}

export class ProjectState {
  #document: ProjectDocument | null = $state.raw(null);
  /** The document as it last went to a file; the open one is unsaved while it is another. */
  saved: ProjectDocument | null = $state.raw(null);
  /** What undo would take back, and redo bring back. */
  undoLabel: string | null = $state(null);
  redoLabel: string | null = $state(null);
  /** The file it was opened from or saved to; null before. `path` is known in Electron once it was saved. */
  file: ProjectFile | null = $state.raw(null);
  /** Another page edits: this one shows the document and changes nothing. */
  isReadOnly = $state(false);
  /** Called when something would have been changed all the same. */
  onRefused: (error: AppError) => void = () => {};
  /** Grows whenever another document is opened: the canvas fits its view to it. */
  opened = $state(0);

  readonly #facts: () => DataFacts | undefined;
  #history: History;
  readonly #listeners = new Set<Listener>();

  readonly analysis: Analysis = $derived.by(() => analyze(this.document, this.#facts()));
  readonly errors: readonly Problem[] = $derived(this.analysis.problems.filter(({ severity }) => severity === 'error'));
  readonly isSaved = $derived(this.saved !== null && sameJson(this.document, this.saved));
  readonly edgeKeys: readonly string[] = $derived(edgeKeys(this.document.graph));
  readonly nodesById: ReadonlyMap<string, GraphNode> = $derived(
    new Map(this.document.graph.nodes.map((node) => [node.id, node])),
  );

  /** @param facts what is known about the present data, if anything; read whenever analysis runs */
  constructor(document: ProjectDocument, facts: () => DataFacts | undefined = () => undefined) {
    this.#document = document;
    this.saved = document;
    this.#facts = facts;
    this.#history = new History(document);
  }

  get document(): ProjectDocument {
    return present(this.#document, 'the open document');
  }

  /** Called after every change, and when another document is opened. Returns what ends the subscription. */
  onChange(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  problemsOf(node: string): readonly Problem[] {
    return this.analysis.problems.filter((problem) => problem.node === node);
  }

  /** The first problem about a key of the document ('training.batch_size'), for the form field beside it. */
  problemAt(path: string): Problem | undefined {
    return this.analysis.problems.find((problem) => problem.path === path);
  }

  /** One change, one entry of the history (or a part of the gesture under way). */
  edit(label: string, change: Change): void {
    if (this.#isRefused()) return;
    this.#history.change(change(this.document), label);
    this.#changed();
  }

  /** Starts a gesture: every edit until `endGesture` becomes one entry. */
  beginGesture(label: string): Mark {
    return this.#history.mark(label);
  }

  endGesture(): void {
    this.#history.keep();
    this.#changed();
  }

  /** As if the gesture had never been. */
  cancelGesture(): void {
    this.#history.bail();
    this.#changed();
  }

  applyFix(fix: Fix): void {
    this.edit(fix.label, fix.apply);
  }

  undo(): boolean {
    if (this.#isRefused()) return false;
    const done = this.#history.undo();
    this.#changed();
    return done;
  }

  redo(): boolean {
    if (this.#isRefused()) return false;
    const done = this.#history.redo();
    this.#changed();
    return done;
  }

  /** Another document takes the place of this one; its history starts empty. */
  open(document: ProjectDocument, { saved, file = null }: Opening): void {
    if (this.#isRefused()) return;
    this.#history = new History(document);
    this.saved = saved ? document : null;
    this.file = file;
    this.opened++;
    this.#changed();
  }

  /** What `open` would bring back. */
  get snapshot(): { readonly document: ProjectDocument; readonly isSaved: boolean; readonly file: ProjectFile | null } {
    return { document: this.document, isSaved: this.isSaved, file: this.file };
  }

  /** Shows the document as another page has edited it; there is nothing to undo in it here. */
  follow(document: ProjectDocument, { saved, file = null }: Opening): void {
    this.file = file;
    if (saved) this.saved = document;
    if (sameJson(document, this.document)) return;
    const isOther = document.name !== this.document.name;
    this.#history = new History(document);
    if (!saved) this.saved = null;
    if (isOther) this.opened++;
    this.#changed();
  }

  /**
   * Opens what is in a project file. Throws AppError when it is none; the open document then stays as it is.
   */
  openFile(file: string | Uint8Array): void {
    const { document } = readProject(file);
    this.open(document, { saved: true });
  }

  /** The document as a project file. */
  text(): string {
    return writeProject(this.document);
  }

  markSaved(document: ProjectDocument): void {
    this.saved = document;
  }

  #isRefused(): boolean {
    if (this.isReadOnly) this.onRefused(new AppError('host.watching', {}));
    return this.isReadOnly;
  }

  #changed(): void {
    this.undoLabel = this.#history.undoLabel;
    this.redoLabel = this.#history.redoLabel;
    if (this.document === this.#history.document) return;
    this.#document = this.#history.document;
    for (const listener of this.#listeners) listener(this.document);
  }
}

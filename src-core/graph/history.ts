/**
 * Undo and redo of the document, one entry per gesture, by reversed diffs. Selection and camera never enter.
 * The design (marks, a pending entry that is kept or bailed out of) follows tldraw's history manager.
 */
import { assert } from '../lib/assert.ts';
import { applyDiff, diffOf, isEmptyDiff, reverseDiff, type Diff } from './diff.ts';
import type { ProjectDocument } from './model.ts';

/** Older entries are forgotten beyond this many. */
const MAX_ENTRIES = 1_000;

interface Entry {
  readonly label: string;
  readonly diff: Diff;
}

/** A point in the history to squash back to. */
export type Mark = number;

export class History {
  #document: ProjectDocument;
  #undo: Entry[] = [];
  #redo: Entry[] = [];
  /** The gesture under way: its label and the document it started from. */
  #gesture: { readonly label: string; readonly start: ProjectDocument } | null = null;
  /** Entries ever forgotten, so that marks stay valid. */
  #forgotten = 0;

  constructor(document: ProjectDocument) {
    this.#document = document;
  }

  get document(): ProjectDocument {
    return this.#document;
  }

  /** What undo would take back: 'Move nodes'; null when there is nothing. */
  get undoLabel(): string | null {
    return this.#gesture?.label ?? this.#undo.at(-1)?.label ?? null;
  }

  /** What redo would bring back; null when there is nothing. */
  get redoLabel(): string | null {
    return this.#redo.at(-1)?.label ?? null;
  }

  /** Starts a gesture: changes gather in one entry until it is kept or bailed out of. One under way is kept first. */
  mark(label: string): Mark {
    this.keep();
    this.#gesture = { label, start: this.#document };
    return this.#forgotten + this.#undo.length;
  }

  /** The next document: part of the gesture under way, else an entry of its own. */
  change(next: ProjectDocument, label = 'Edit'): void {
    if (this.#gesture !== null) {
      this.#document = next;
      return;
    }
    this.#push(label, this.#document, next);
    this.#document = next;
  }

  /** Ends the gesture; its changes become one entry (none when nothing changed). */
  keep(): void {
    if (this.#gesture === null) return;
    const { label, start } = this.#gesture;
    this.#gesture = null;
    this.#push(label, start, this.#document);
  }

  /** Ends the gesture as if it had never been. */
  bail(): void {
    if (this.#gesture === null) return;
    this.#document = this.#gesture.start;
    this.#gesture = null;
  }

  /** Makes one entry of everything since `mark`. */
  squash(mark: Mark, label: string): void {
    this.keep();
    const since = this.#undo.splice(Math.max(0, mark - this.#forgotten));
    const start = since
      .toReversed()
      .reduce((document, entry) => step(document, reverseDiff(entry.diff)), this.#document);
    this.#push(label, start, this.#document);
  }

  /** Takes the last entry back (a gesture under way is ended first). False: there was nothing. */
  undo(): boolean {
    this.keep();
    const entry = this.#undo.pop();
    if (entry === undefined) return false;
    this.#document = step(this.#document, reverseDiff(entry.diff));
    this.#redo.push(entry);
    return true;
  }

  /** Brings the last undone entry back. False: there was nothing. */
  redo(): boolean {
    this.keep();
    const entry = this.#redo.pop();
    if (entry === undefined) return false;
    this.#document = step(this.#document, entry.diff);
    this.#undo.push(entry);
    return true;
  }

  #push(label: string, from: ProjectDocument, to: ProjectDocument): void {
    const diff = diffOf(from, to);
    if (isEmptyDiff(diff)) return;
    this.#redo = [];
    this.#undo.push({ label, diff });
    if (this.#undo.length > MAX_ENTRIES) {
      this.#undo.shift();
      this.#forgotten++;
    }
  }
}

function step(document: ProjectDocument, diff: Diff): ProjectDocument {
  const next = applyDiff(document, diff);
  assert(isDocument(next), 'a diff between documents gives a document');
  return next;
}

function isDocument(value: unknown): value is ProjectDocument {
  return typeof value === 'object' && value !== null && 'graph' in value && 'training' in value && 'data' in value;
}

/** Service `app`: what host this is, and the document the person was working on. */
import * as v from 'valibot';
import type { ProjectDocument } from '../graph/model.ts';
import { call } from './define.ts';
import { documentSchema, jobSchema, nameSchema, nothing } from './schemas.ts';

export type EngineState = 'starting' | 'up' | 'restarting' | 'failed';

export interface HostInfo {
  readonly kind: 'electron' | 'browser';
  readonly version: string;
  readonly nodeVersion: string;
  readonly engine: EngineState;
  /** False: the data folder cannot be written, nothing will be kept. */
  readonly persistent: boolean;
}

/** The open document as the host has it. */
export interface Kept {
  readonly document: ProjectDocument;
  readonly savedAt: number;
  /** It is in a file just like this. */
  readonly isSaved: boolean;
}

export interface RecentProject {
  readonly name: string;
  readonly savedAt: number;
}

export interface OpenedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Where it lies; saving goes there again without asking. */
  readonly path: string;
}

export const appService = {
  name: 'app',
  calls: {
    info: call<HostInfo>()(nothing),
    /** The recovery copy of the open document; null on the very first start. */
    recover: call<Kept | null>()(nothing),
    /** Keeps a recovery copy; sent 1,000 ms after the last edit. */
    keep: call<null>()(v.strictObject({ document: documentSchema })),
    /** The document went to a file, or came from one: it is unsaved again once it is another, and it is among the recent ones. */
    markSaved: call<null>()(v.strictObject({ document: documentSchema })),
    /** Projects saved or opened last, newest first. */
    recent: call<readonly RecentProject[]>()(nothing),
    /** One of them, as it was saved; null when it is no longer among them. */
    openRecent: call<ProjectDocument | null>()(v.strictObject({ name: v.string() })),
    /** Electron: the project file the person chooses in a dialog, null when they choose none. In the browser the page asks by itself. */
    openFile: call<OpenedFile | null>()(nothing),
    /**
     * Electron: an atomic write, to `to` when that is where this person has already chosen to save, else where the dialog says.
     * Browser host: null, and the page downloads the bytes itself.
     */
    saveFile: call<{ path: string } | null>()(
      v.strictObject({ name: nameSchema, bytes: v.instance(Uint8Array), to: v.optional(v.string()) }),
    ),
    /** The same for a file that comes in pieces: begin, every piece in order, finish; until then nothing stands there. */
    beginFile: call<{ file: string; path: string } | null>()(v.strictObject({ name: nameSchema })),
    addToFile: call<null>()(v.strictObject({ file: jobSchema, bytes: v.instance(Uint8Array) })),
    finishFile: call<null>()(v.strictObject({ file: jobSchema })),
    dropFile: call<null>()(v.strictObject({ file: jobSchema })),
  },
  edits: ['keep', 'markSaved'],
  events: ['engine', 'kept'],
} as const;

export interface AppEvents {
  readonly engine: { readonly state: EngineState; readonly reason: string | null };
  /** The recovery copy is another one now: pages that watch show it. */
  readonly kept: null;
}

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

/** A project's file, as far as the person's side knows it. */
export interface ProjectFile {
  readonly name: string;
  /** Null where only the browser knows. */
  readonly path: string | null;
  /** Which of the recent projects it is. */
  readonly recent: string;
}

/** The open document as the host has it. */
export interface Kept {
  readonly document: ProjectDocument;
  readonly savedAt: number;
  /** It is in a file just like this. */
  readonly isSaved: boolean;
  /** The file it came from or went to; null for none yet. */
  readonly file: ProjectFile | null;
}

export interface RecentProject {
  /** What it is asked for by: several may have one name. */
  readonly recent: string;
  readonly name: string;
  /** Name of its file, where it has one. */
  readonly file: string | null;
  readonly savedAt: number;
}

export interface OpenedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Where it lies; saving goes there again without asking. */
  readonly path: string;
}

const placeSchema = v.strictObject({ name: v.string(), path: v.nullable(v.string()) });
const fileSchema = v.strictObject({ ...placeSchema.entries, recent: v.string() });

export const appService = {
  name: 'app',
  calls: {
    info: call<HostInfo>()(nothing),
    /** The recovery copy of the open document; null on the very first start. */
    recover: call<Kept | null>()(nothing),
    /** Keeps a recovery copy; sent 1,000 ms after the last edit. */
    keep: call<null>()(v.strictObject({ document: documentSchema, file: v.nullable(fileSchema) })),
    /**
     * The document went to a file, or came from one: it is unsaved again once it is another, and it is among the recent
     * ones. Answers with which of them it is: `recent` where that is known, else one of its own.
     */
    markSaved: call<string>()(
      v.strictObject({
        document: documentSchema,
        file: v.optional(placeSchema),
        recent: v.optional(v.string()),
      }),
    ),
    /** Projects saved or opened last, newest first. */
    recent: call<readonly RecentProject[]>()(nothing),
    /** One of them, as it was saved; null when it is no longer among them. */
    openRecent: call<ProjectDocument | null>()(v.strictObject({ recent: v.string() })),
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

/** Service `app`: what host this is, and the document the person was working on. */
import * as v from 'valibot';
import type { ProjectDocument } from '../graph/model.ts';
import { call } from './define.ts';
import { documentSchema, nameSchema, nothing } from './schemas.ts';

export type EngineState = 'starting' | 'up' | 'restarting' | 'failed';

export interface HostInfo {
  readonly kind: 'electron' | 'browser';
  readonly version: string;
  readonly nodeVersion: string;
  readonly engine: EngineState;
  /** False: the data folder cannot be written, nothing will be kept. */
  readonly persistent: boolean;
}

export const appService = {
  name: 'app',
  calls: {
    info: call<HostInfo>()(nothing),
    /** The recovery copy of the open document; null on the very first start. */
    recover: call<{ document: ProjectDocument; savedAt: number } | null>()(nothing),
    /** Keeps a recovery copy; sent 1,000 ms after the last edit. */
    keep: call<null>()(v.strictObject({ document: documentSchema })),
    /** Electron: a save dialog and an atomic write. Browser host: null, and the page downloads the bytes itself. */
    saveFile: call<{ path: string } | null>()(v.strictObject({ name: nameSchema, bytes: v.instance(Uint8Array) })),
  },
  edits: ['keep'],
  events: ['engine', 'kept'],
} as const;

export interface AppEvents {
  readonly engine: { readonly state: EngineState; readonly reason: string | null };
  /** The recovery copy is another one now: pages that watch show it. */
  readonly kept: null;
}

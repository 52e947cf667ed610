/** Which calls of the store change it. A host leaves those to its writing thread and reads by itself. */
import type { Store } from './store.ts';

export const WRITES = [
  'createRun',
  'setStarted',
  'appendRecords',
  'forgetUnsaved',
  'rewind',
  'putPart',
  'abandonCheckpoints',
  'sweep',
  'setStatus',
  'beat',
  'interruptOrphans',
  'annotate',
  'hideRun',
  'restoreRun',
  'eraseHidden',
  'deleteRun',
  'keepProject',
  'keepSavedProject',
  'backUpDaily',
] as const satisfies readonly (keyof Store)[];

export type WriteName = (typeof WRITES)[number];

/** Resolves when it is on the disk. Rejects as the store throws, and with 'host.store_failed' when the thread ended over it. */
export type StoreWrites = {
  readonly [K in WriteName]: (...args: Parameters<Store[K]>) => Promise<ReturnType<Store[K]>>;
};

/** The store for those who only look. */
export type StoreReads = Pick<
  Store,
  | 'file'
  | 'loadCheckpoint'
  | 'savedState'
  | 'getRun'
  | 'getSummary'
  | 'source'
  | 'listRuns'
  | 'countRuns'
  | 'history'
  | 'metricPart'
  | 'metricPoints'
  | 'epochEnds'
  | 'recoverProject'
  | 'recentProjects'
  | 'recentProject'
>;

/** What goes to the thread; null asks it to close the store and end. */
export interface WriteCall {
  readonly id: number;
  readonly name: WriteName;
  readonly args: readonly unknown[];
}

/** What comes back. An error of the catalogue crosses as its code and values, a bug as it is. */
export type WriteAnswer =
  | { readonly id: number; readonly result: unknown }
  | { readonly id: number; readonly failure: { readonly code: string; readonly detail: unknown } }
  | { readonly id: number; readonly bug: unknown };

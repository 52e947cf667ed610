/** Service `tabs`: which of the pages that a host serves may change things. One edits, the others watch until they take over. */
import * as v from 'valibot';
import { call } from './define.ts';
import { nothing } from './schemas.ts';

export interface Joined {
  /** Number of this connection. */
  readonly tab: number;
  /** The one that edits; null while nobody does. */
  readonly editor: number | null;
}

export const tabsService = {
  name: 'tabs',
  calls: {
    /** First call of a page. One that wants to edit does so when nobody else is; one that only watched before a lost connection waits. */
    join: call<Joined>()(v.strictObject({ wants: v.picklist(['edit', 'watch']) })),
    /** Answers once this page may edit; the one that did has then kept its last edit, or had a second to do so. */
    takeOver: call<null>()(nothing),
    /** The answer of a page that was asked to hand over: its last edit is kept. */
    giveWay: call<null>()(nothing),
  },
  events: ['editor', 'handOver'],
} as const;

export interface TabsEvents {
  /** Another page edits now; null: the one that did is gone. */
  readonly editor: { readonly tab: number | null };
  /** The page of that number is asked to keep its last edit and give way. */
  readonly handOver: { readonly tab: number };
}

/** What a spec needs of the app around its window, whichever shell it runs in. */
import type { Page } from '@playwright/test';
import type { GiveProject, TakeFile } from '../pages/window.ts';

export type HostKind = 'browser' | 'electron';

/** An app that runs on a data folder, and its first window. */
export interface RunningApp {
  readonly page: Page;
  /** How a file that the app makes reaches the person. */
  readonly takeFile: TakeFile;
  /** How the system's dialog is answered; null where the page asks by itself. */
  readonly giveProject: GiveProject | null;
  /** The page goes away and comes back: nothing else ends. */
  reopen(): Promise<void>;
  /** A further window; null where there can be only one. */
  readonly openAnother: (() => Promise<Page>) | null;
  /** Ends the process that trains, as kill -9 does. */
  killEngine(): Promise<void>;
  /** Ends the host, as kill -9 does. */
  kill(): Promise<void>;
  close(): Promise<void>;
}

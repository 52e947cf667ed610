/** The app behind a window, the same in both hosts: somewhere to attach a page's wire, and an orderly end. */
import type { Wire } from '../../src-core/contract/wire.ts';
import type { Host } from './host.ts';

export interface App {
  /** A page has connected: it is answered and hears events until its wire closes. */
  attach(wire: Wire): void;
  /** Saves what runs, ends the engine, closes the store and gives the data folder free. */
  close(): Promise<void>;
}

/**
 * Takes the data folder, opens the store, starts the engine and the services.
 * Rejects with AppError host.locked when another host has the folder, and with the store's errors.
 */
export type OpenApp = (host: Host) => Promise<App>;

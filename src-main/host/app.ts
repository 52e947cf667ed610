/** The app behind a window, the same in both hosts: data folder, store, engine and services, served to any number of pages. */
import { appService, dataService, runsService, tabsService, trainingService } from '../../src-core/contract/all.ts';
import type { AppEvents } from '../../src-core/contract/app.ts';
import type { DataEvents } from '../../src-core/contract/data.ts';
import type { RunsEvents } from '../../src-core/contract/runs.ts';
import type { TabsEvents } from '../../src-core/contract/tabs.ts';
import type { TrainingEvents } from '../../src-core/contract/training.ts';
import type { Wire } from '../../src-core/contract/wire.ts';
import { AppError } from '../../src-core/lib/errors.ts';
import type { SpawnEngine } from '../engine/process.ts';
import { Supervisor } from '../engine/supervisor.ts';
import { Events } from '../rpc/events.ts';
import { implement, serve, type Served } from '../rpc/serve.ts';
import { createServices } from '../services/all.ts';
import type { Services } from '../services/define.ts';
import { copyStore, isReadable } from '../store/copy.ts';
import { storeFile } from '../store/folder.ts';
import { makeTemporaryFolder } from '../store/io.ts';
import { acquireLock, type InstanceLock } from '../store/lock.ts';
import { salvageStore, salvageText } from '../store/salvage.ts';
import { openStore, type Store } from '../store/store.ts';
import { StoreWriter } from '../store/writer.ts';
import type { Host } from './host.ts';
import { Tabs, type Tab } from './tabs.ts';
import { Watches } from './watches.ts';

export interface App {
  /** A page has connected: it is answered and hears events until its wire closes. */
  attach(wire: Wire): void;
  /** Closing would break off a run: where a person can be asked, they are asked first. */
  isTraining(): boolean;
  /** Saves what runs, ends the engine, closes the store and gives the data folder free. */
  close(): Promise<void>;
}

/**
 * Takes the data folder, opens the store, starts the engine and the services.
 * Rejects with AppError host.locked when another host has the folder, and with the store's errors.
 */
export type OpenApp = (host: Host) => Promise<App>;

export interface AppOptions {
  readonly dataFolder: string;
  readonly version: string;
  readonly spawn: SpawnEngine;
  /** Script of the thread that writes to the store. */
  readonly writerEntry: string;
  readonly log: (line: string) => void;
}

interface Place {
  readonly folder: string;
  readonly isPersistent: boolean;
  readonly lock: InstanceLock;
  readonly store: Store;
}

/** The folder cannot be written: the app works without keeping anything, and says so. */
const unwritable: readonly string[] = ['host.store_read_only', 'file.read_only', 'file.not_allowed'];

function takeFolder(folder: string, shell: Host['kind'], isPersistent: boolean): Place {
  const lock = acquireLock(folder, { pid: process.pid, shell });
  try {
    return { folder, isPersistent, lock, store: openStore({ file: storeFile(folder) }) };
  } catch (error) {
    lock.release();
    throw error;
  }
}

function takePlace({ dataFolder, log }: AppOptions, shell: Host['kind']): Place {
  try {
    return takeFolder(dataFolder, shell, true);
  } catch (error) {
    if (!(error instanceof AppError) || !unwritable.includes(error.code)) throw error;
    log(`${error.message}. Nothing will be kept after Netloom is closed.`);
    const temporary = makeTemporaryFolder();
    if (isReadable(dataFolder)) copyStore(dataFolder, temporary); // what was kept before can be looked at
    return takeFolder(temporary, shell, false);
  }
}

/** A damaged store is mended when the person agrees; otherwise nothing is touched and the app does not start. */
async function takePlaceOrSalvage(options: AppOptions, host: Host): Promise<Place> {
  try {
    return takePlace(options, host.kind);
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'host.store_damaged') throw error;
    const question = {
      message: 'The store of your runs is damaged.',
      detail:
        'Netloom can build a new one from the newest good backup and from everything that can still be read. ' +
        'The damaged file is kept beside it.',
      yes: 'Save what can be read',
      no: 'Leave it and quit',
    };
    if (!(await host.ask(question))) throw error;
    const lock = acquireLock(options.dataFolder, { pid: process.pid, shell: host.kind });
    options.log(salvageText(salvageStore(storeFile(options.dataFolder))));
    lock.release();
    return takePlace(options, host.kind);
  }
}

const serveAll = ({ app, runs, data }: Services, tab: Tab, watches: Watches): readonly Served[] => [
  implement(appService, app),
  implement(trainingService, watches.of(tab.id)),
  implement(runsService, runs),
  implement(dataService, data),
  implement(tabsService, tab.handlers),
];

export const makeOpenApp =
  (options: AppOptions): OpenApp =>
  async (host) => {
    const { spawn, version, log, writerEntry } = options;
    const { folder, isPersistent, lock, store } = await takePlaceOrSalvage(options, host);
    const events = new Events();
    const supervisor = new Supervisor({ spawn, log });
    const writer = new StoreWriter({ file: store.file, entry: writerEntry });
    const services = createServices({
      store,
      writes: writer.writes,
      supervisor,
      folder,
      shell: host.kind,
      version,
      isPersistent,
      openFile: () => host.openFile(),
      placeFor: (file) => host.placeFor(file),
      saveFile: (file) => host.saveFile(file),
      emit: {
        app: events.emitter<AppEvents>(appService),
        training: events.emitter<TrainingEvents>(trainingService),
        runs: events.emitter<RunsEvents>(runsService),
        data: events.emitter<DataEvents>(dataService),
      },
      log,
    });
    const { training } = services;
    const watches = new Watches({ training, editor: () => tabs.editor, log });
    const tabs = new Tabs({ emit: events.emitter<TabsEvents>(tabsService), onChange: () => watches.refresh() });
    const end = async (): Promise<void> => {
      tabs.close();
      await services.close();
      await writer.close();
      store.close();
      lock.release();
    };
    let ending: Promise<void> | null = null;
    return {
      attach: (wire: Wire) => {
        events.attach(wire);
        const tab = tabs.open(wire);
        wire.onClose(() => watches.forget(tab.id));
        serve(wire, { services: serveAll(services, tab, watches), mayEdit: tab.mayEdit, isPaced: true, log });
      },
      isTraining: () => services.isTraining(),
      close: () => (ending ??= end()),
    };
  };

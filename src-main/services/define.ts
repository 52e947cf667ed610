/** What the services stand on, and what they give the host to serve. */
import type { appService, AppEvents } from '../../src-core/contract/app.ts';
import type { dataService, DataEvents } from '../../src-core/contract/data.ts';
import type { Emit, Handlers } from '../../src-core/contract/define.ts';
import type { runsService, RunsEvents } from '../../src-core/contract/runs.ts';
import type { trainingService, TrainingEvents } from '../../src-core/contract/training.ts';
import type { Supervisor } from '../engine/supervisor.ts';
import type { Host } from '../host/host.ts';
import type { StoreReads, StoreWrites } from '../store/writes.ts';

export interface ServicesOptions {
  /** To look at; it is changed through `writes`, which keep nobody waiting. */
  readonly store: StoreReads;
  readonly writes: StoreWrites;
  /** Not started yet: the services listen first. */
  readonly supervisor: Supervisor;
  /** The data folder; uploaded files lie in its `files`. */
  readonly folder: string;
  readonly shell: 'electron' | 'browser';
  readonly version: string;
  readonly isPersistent: boolean;
  /** Asks which project file; null when the person cancels or the page asks by itself. */
  readonly openFile: Host['openFile'];
  /** Asks where to, and writes; null when the person cancels or the page has to do it. */
  readonly saveFile: Host['saveFile'];
  readonly placeFor: Host['placeFor'];
  /** Tell every connected window. */
  readonly emit: {
    readonly app: Emit<AppEvents>;
    readonly training: Emit<TrainingEvents>;
    readonly runs: Emit<RunsEvents>;
    readonly data: Emit<DataEvents>;
  };
  readonly log: (line: string) => void;
}

export interface Services {
  readonly app: Handlers<typeof appService>;
  readonly training: Handlers<typeof trainingService>;
  readonly runs: Handlers<typeof runsService>;
  readonly data: Handlers<typeof dataService>;
  /** Something would be broken off by closing; it is saved then, and can be resumed. */
  isTraining(): boolean;
  /** Saves the active run, ends the engine, erases what was deleted. The store stays open: whoever opened it closes it. */
  close(): Promise<void>;
}

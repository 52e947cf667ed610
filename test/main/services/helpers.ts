/** A whole host without a window: real store, real engine process, and a record of what windows are told. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { onTestFinished, vi } from 'vitest';
import type { AppEvents } from '../../../src-core/contract/app.ts';
import type { ExportedFile, Progress, Reading, RunStatus } from '../../../src-core/contract/records.ts';
import { spawnFork } from '../../../src-main/engine/spawn-fork.ts';
import type { EngineProcess } from '../../../src-main/engine/process.ts';
import { Supervisor } from '../../../src-main/engine/supervisor.ts';
import { createServices } from '../../../src-main/services/all.ts';
import type { Services } from '../../../src-main/services/define.ts';
import { openStore, type Store } from '../../../src-main/store/store.ts';
import { StoreWriter } from '../../../src-main/store/writer.ts';
import { tempFolder } from '../store/helpers.ts';

const ENTRY = join(import.meta.dirname, '../../../src-main/engine/entry.ts');
const WRITER_ENTRY = join(import.meta.dirname, '../../../src-main/store/writer-thread.ts');

export interface TestHost extends Services {
  readonly folder: string;
  readonly store: Store;
  /** Names of the calls that changed the store, in order. */
  readonly written: string[];
  readonly progress: Progress[];
  readonly engineStates: AppEvents['engine'][];
  readonly readings: Reading[];
  /** Called at every one of them. */
  readonly readingListeners: Set<(reading: Reading) => void>;
  readonly supervisor: Supervisor;
  /** Ends the engine as kill -9 does. */
  killEngine(): void;
  /** Resolves when a progress event satisfies `is`. */
  until(is: (progress: Progress) => boolean): Promise<Progress>;
  untilStatus(runId: string, status: RunStatus): Promise<void>;
}

export function startHost(
  folder = tempFolder(),
  store = openStore({ file: join(folder, 'netloom.sqlite') }),
): TestHost {
  const log = (): void => {};
  let engine: EngineProcess | null = null;
  const fork = spawnFork({ entry: ENTRY, log });
  const supervisor = new Supervisor({ spawn: () => (engine = fork()), log });
  const progress: Progress[] = [];
  const engineStates: AppEvents['engine'][] = [];
  const readings: Reading[] = [];
  const readingListeners = new Set<(reading: Reading) => void>();
  const writer = new StoreWriter({ file: store.file, entry: WRITER_ENTRY });
  const written: string[] = [];
  const writes = new Proxy(writer.writes, {
    get: (target, name, receiver) => {
      written.push(String(name));
      return Reflect.get(target, name, receiver) as unknown;
    },
  });
  const services = createServices({
    store,
    writes,
    supervisor,
    folder,
    shell: 'browser',
    version: '0.0.0',
    isPersistent: true,
    openFile: () => Promise.resolve(null),
    placeFor: () => Promise.resolve(null),
    saveFile: () => Promise.resolve(null),
    emit: {
      app: (_event, payload) => void engineStates.push(payload as AppEvents['engine']),
      training: (_event, payload) => void progress.push(payload as Progress),
      runs: () => {},
      data: (_event, reading) => {
        readings.push(reading);
        for (const listen of readingListeners) listen(reading);
      },
    },
    log,
  });
  let isClosed: Promise<void> | null = null;
  const close = (): Promise<void> => (isClosed ??= services.close().then(() => writer.close()));
  onTestFinished(async () => {
    await close();
    store.close();
  });
  return {
    ...services,
    close,
    folder,
    store,
    written,
    supervisor,
    progress,
    engineStates,
    readings,
    readingListeners,
    killEngine: () => engine?.kill(),
    until: (is) =>
      vi.waitFor(
        () => {
          const found = progress.find(is);
          if (!found) throw new Error('no such progress yet');
          return found;
        },
        { timeout: 20_000, interval: 5 },
      ),
    untilStatus: (runId, status) =>
      vi.waitFor(
        () => {
          const now = store.getSummary(runId).status;
          if (now !== status) throw new Error(`expected ${status}, the run is ${now}`);
        },
        { timeout: 20_000, interval: 5 },
      ),
  };
}

/** A whole export, fetched as the window does. */
export async function fetchExport(
  { runs }: Services,
  choice: { runId: string; which: 'best' | 'last'; kind?: string; allowNonFinite?: boolean },
): Promise<ExportedFile & { readonly bytes: Uint8Array }> {
  const job = `job-${randomUUID()}`;
  const file = await runs.exportWeights({ allowNonFinite: false, ...choice, job });
  const parts: Uint8Array[] = [];
  for (let isLast = false; !isLast;) {
    const part = await runs.exportPart({ job, part: parts.length });
    parts.push(part.bytes);
    isLast = part.isLast;
  }
  return { ...file, bytes: Uint8Array.from(Buffer.concat(parts)) };
}

export { recipe } from './recipe.ts';

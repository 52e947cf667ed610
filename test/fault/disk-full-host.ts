/** A host that trains on a small disk which fills up and is freed again; prints what a window would see. */
import { closeSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Progress } from '../../src-core/contract/records.ts';
import { AppError } from '../../src-core/lib/errors.ts';
import { spawnFork } from '../../src-main/engine/spawn-fork.ts';
import { Supervisor } from '../../src-main/engine/supervisor.ts';
import { createServices } from '../../src-main/services/all.ts';
import { codeOf } from '../../src-main/store/io.ts';
import { openStore } from '../../src-main/store/store.ts';
import { StoreWriter } from '../../src-main/store/writer.ts';
import { recipe } from '../main/services/recipe.ts';

const [folder = ''] = process.argv.slice(2);
const ENTRY = join(import.meta.dirname, '../../src-main/engine/entry.ts');
const WRITER_ENTRY = join(import.meta.dirname, '../../src-main/store/writer-thread.ts');
const BALLAST = join(folder, 'ballast');
const POLL_MS = 20;
const PATIENCE_MS = 20_000;

const log = (line: string): void => console.error(line);
const progress: Progress[] = [];
const supervisor = new Supervisor({ spawn: spawnFork({ entry: ENTRY, log }), log });
const store = openStore({ file: join(folder, 'netloom.sqlite') });
const writer = new StoreWriter({ file: store.file, entry: WRITER_ENTRY });
const services = createServices({
  store,
  writes: writer.writes,
  supervisor,
  folder,
  shell: 'browser',
  version: '0.0.0',
  isPersistent: true,
  openFile: () => Promise.resolve(null),
  placeFor: () => Promise.resolve(null),
  saveFile: () => Promise.resolve(null),
  emit: {
    app: () => {},
    runs: () => {},
    data: () => {},
    training: (_event, payload) => void progress.push(payload as Progress),
  },
  log,
});

async function until(what: string, is: () => boolean): Promise<void> {
  const from = performance.now();
  while (!is()) {
    if (performance.now() - from > PATIENCE_MS)
      throw new Error(`never: ${what}; last ${JSON.stringify(progress.at(-1))}`);
    await delay(POLL_MS);
  }
  console.log(what);
}

/** Takes all that is left, to the last block, while the run goes on writing. */
function fillDisk(): void {
  const block = Buffer.alloc(statfsSync(folder).bsize);
  const ballast = openSync(BALLAST, 'w');
  try {
    for (;;) writeSync(ballast, block);
  } catch (error) {
    if (codeOf(error) !== 'ENOSPC') throw error;
  } finally {
    closeSync(ballast);
  }
}

const { runId } = await services.training.start({
  document: recipe({ epochs: 1_000_000, samples: 400 }),
  paused: false,
});
await until('training', () => store.getSummary(runId).epoch >= 3);
fillDisk();
await until('paused: the disk is full', () => {
  const last = progress.at(-1);
  return last?.status === 'paused' && last.reason?.includes('the disk is full') === true;
});
try {
  await services.training.continue({});
} catch (error) {
  console.log(error instanceof AppError ? `going on is refused: ${error.code}` : String(error));
}
const shownBefore = progress.flatMap(({ records }) => records).length;
rmSync(BALLAST);
const from = performance.now();
await until('training again', () => progress.flatMap(({ records }) => records).length > shownBefore + 3);
console.log(performance.now() - from < 5000 ? 'within five seconds' : 'too late');
await services.training.stop({});
await until('stopped', () => store.getSummary(runId).status === 'stopped');
const epochs = store.history(runId).map(({ epoch }) => epoch);
console.log(epochs.every((epoch, i) => epoch === i + 1) ? 'no epoch is missing' : `gaps in ${epochs.join()}`);
const shown = progress.flatMap(({ records }) => records).map(({ epoch }) => epoch);
console.log(shown.join() === epochs.join() ? 'each was shown once' : 'shown otherwise');
const state = await store.loadCheckpoint(runId, 'last');
console.log(state?.epoch === epochs.length ? 'the last state is saved' : `the state is of epoch ${state?.epoch}`);
await services.close();
await writer.close();
store.close();

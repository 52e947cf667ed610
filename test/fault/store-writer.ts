/**
 * Writes epochs and saved states into a store as fast as it can, as the command line does or through a thread as a host does, and names
 * each one that it was told is safe.
 */
import { writeSync } from 'node:fs';
import { join } from 'node:path';
import { openStore } from '../../src-main/store/store.ts';
import { StoreWriter } from '../../src-main/store/writer.ts';
import { bytesOf, newRun } from '../main/store/new-run.ts';
import { putStates } from './put-states.ts';

const [file = '', how = ''] = process.argv.slice(2);
const ENTRY = join(import.meta.dirname, '../../src-main/store/writer-thread.ts');
const store = openStore({ file });
const run = newRun(store);
const writes = how === 'thread' ? new StoreWriter({ file, entry: ENTRY }).writes : null;

/** The pipe does not wait; losing a word would look like a lost row. */
function say(word: string): void {
  for (;;) {
    try {
      writeSync(1, `${word}\n`);
      return;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EAGAIN')) throw error;
    }
  }
}

for (let epoch = 1; ; epoch++) {
  const record = { epoch, step: epoch * 10, loss: 1 / epoch, val_loss: Number.NaN };
  await (writes ?? store).appendRecords(run, [record], epoch);
  say(`${run} epoch ${epoch}`);
  const states = [
    { kind: 'best', epoch, step: epoch * 10, bytes: bytesOf(20_000, epoch) },
    { kind: 'last', epoch, step: epoch * 10, bytes: bytesOf(20_000, epoch + 1) },
  ] as const;
  if (writes === null) store.saveCheckpoints(run, states);
  else await putStates(writes, run, states);
  say(`${run} state ${epoch}`);
}

/** Writes epochs and saved states into a store as fast as it can, and names each one that it was told is safe. */
import { writeSync } from 'node:fs';
import { openStore } from '../../src-main/store/store.ts';
import { bytesOf, newRun } from '../main/store/new-run.ts';

const [file = ''] = process.argv.slice(2);
const store = openStore({ file });
const run = newRun(store);

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
  store.appendRecords(run, [{ epoch, step: epoch * 10, loss: 1 / epoch, val_loss: Number.NaN }], epoch);
  say(`${run} epoch ${epoch}`);
  store.saveCheckpoints(run, [
    { kind: 'best', epoch, step: epoch * 10, bytes: bytesOf(20_000, epoch) },
    { kind: 'last', epoch, step: epoch * 10, bytes: bytesOf(20_000, epoch + 1) },
  ]);
  say(`${run} state ${epoch}`);
}

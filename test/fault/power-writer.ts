/** Commits epochs and saved states, itself or through a thread, and saves a file again and again; says after each what is safe. Its system calls are replayed. */
import { writeSync } from 'node:fs';
import { join } from 'node:path';
import { atomicWrite } from '../../src-main/store/io.ts';
import { openStore } from '../../src-main/store/store.ts';
import { StoreWriter } from '../../src-main/store/writer.ts';
import { bytesOf, newRun } from '../main/store/new-run.ts';
import { POWER } from './limits.ts';
import { putStates } from './put-states.ts';

const [folder = '', how = ''] = process.argv.slice(2);
const ENTRY = join(import.meta.dirname, '../../src-main/store/writer-thread.ts');
const file = join(folder, 'netloom.sqlite');
const store = openStore({ file });
const run = newRun(store);
const writes = how === 'thread' ? new StoreWriter({ file, entry: ENTRY }).writes : null;
for (let epoch = 1; epoch <= POWER.commits; epoch++) {
  await (writes ?? store).appendRecords(run, [{ epoch, step: epoch, loss: 1 / epoch }], 1);
  const state = { kind: 'last', epoch, step: epoch, bytes: bytesOf(POWER.stateBytes, epoch) } as const;
  const isDue = epoch % POWER.stateEvery === 0;
  if (isDue && writes === null) store.saveCheckpoints(run, [state]);
  if (isDue && writes !== null) await putStates(writes, run, [state]);
  await atomicWrite(join(folder, 'saved.json'), Buffer.from(JSON.stringify({ epoch })));
  writeSync(1, `ack ${epoch}\n`);
}
process.kill(process.pid, 'SIGKILL'); // no orderly end, which would clean up

/** Commits epochs and saved states and saves a file again and again; says after each what is safe. Its system calls are replayed. */
import { writeSync } from 'node:fs';
import { join } from 'node:path';
import { atomicWrite } from '../../src-main/store/io.ts';
import { openStore } from '../../src-main/store/store.ts';
import { bytesOf, newRun } from '../main/store/new-run.ts';
import { POWER } from './limits.ts';

const [folder = ''] = process.argv.slice(2);
const store = openStore({ file: join(folder, 'netloom.sqlite') });
const run = newRun(store);
for (let epoch = 1; epoch <= POWER.commits; epoch++) {
  store.appendRecords(run, [{ epoch, step: epoch, loss: 1 / epoch }], 1);
  if (epoch % POWER.stateEvery === 0)
    store.saveCheckpoints(run, [{ kind: 'last', epoch, step: epoch, bytes: bytesOf(POWER.stateBytes, epoch) }]);
  await atomicWrite(join(folder, 'saved.json'), Buffer.from(JSON.stringify({ epoch })));
  writeSync(1, `ack ${epoch}\n`);
}
process.kill(process.pid, 'SIGKILL'); // no orderly end, which would clean up

/** Commits to a store and saves a file, for a test that watches which calls reach the system. */
import { join } from 'node:path';
import { atomicWrite } from '../../src-main/store/io.ts';
import { openStore } from '../../src-main/store/store.ts';
import { newRun } from '../main/store/new-run.ts';

const [folder = '', commits = '0'] = process.argv.slice(2);
const store = openStore({ file: join(folder, 'netloom.sqlite') });
const run = newRun(store);
for (let epoch = 1; epoch <= Number(commits); epoch++) store.appendRecords(run, [{ epoch, step: epoch, loss: 1 }], 1);
store.close();
await atomicWrite(join(folder, 'saved.json'), Buffer.from('{}'));

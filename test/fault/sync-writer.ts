/** Commits to a store, itself or through a thread, and saves a file, for a test that watches which calls reach the system. */
import { join } from 'node:path';
import { atomicWrite } from '../../src-main/store/io.ts';
import { openStore } from '../../src-main/store/store.ts';
import { StoreWriter } from '../../src-main/store/writer.ts';
import { newRun } from '../main/store/new-run.ts';

const [folder = '', commits = '0', how = ''] = process.argv.slice(2);
const file = join(folder, 'netloom.sqlite');
const entry = join(import.meta.dirname, '../../src-main/store/writer-thread.ts');
const store = openStore({ file });
const run = newRun(store);
const writer = how === 'thread' ? new StoreWriter({ file, entry }) : null;
const { appendRecords } = writer?.writes ?? { appendRecords: store.appendRecords.bind(store) };
for (let epoch = 1; epoch <= Number(commits); epoch++) await appendRecords(run, [{ epoch, step: epoch, loss: 1 }], 1);
await writer?.close();
store.close();
await atomicWrite(join(folder, 'saved.json'), Buffer.from('{}'));

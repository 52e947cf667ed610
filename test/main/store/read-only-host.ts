/** What a host does on a read-only data folder; says what it met. */
import { join } from 'node:path';
import { AppError } from '../../../src-core/lib/errors.ts';
import { copyStore } from '../../../src-main/store/copy.ts';
import { acquireLock } from '../../../src-main/store/lock.ts';
import { openStore } from '../../../src-main/store/store.ts';
import { newRun } from './new-run.ts';

const [folder = '', elsewhere = ''] = process.argv.slice(2);

function codeOf(work: () => unknown): string {
  try {
    work();
    return 'nothing';
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
}

console.log(codeOf(() => acquireLock(folder, { pid: process.pid, shell: 'browser' })));
console.log(codeOf(() => acquireLock(join(folder, 'not', 'there'), { pid: process.pid, shell: 'browser' })));
console.log(codeOf(() => openStore({ file: join(folder, 'netloom.sqlite') })));
copyStore(folder, elsewhere);
const store = openStore({ file: join(elsewhere, 'netloom.sqlite') });
newRun(store, 'after');
console.log(JSON.stringify(store.listRuns({ limit: 10 }).runs.map(({ name }) => name)));
store.close();

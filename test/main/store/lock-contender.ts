/** A process that tries to take a data folder at a given time, says how it went, and then stays. */
import { AppError } from '../../../src-core/lib/errors.ts';
import { acquireLock } from '../../../src-main/store/lock.ts';

const [folder = '', at = '0'] = process.argv.slice(2);
while (Date.now() < Number(at)); // together with the others, to the millisecond
try {
  acquireLock(folder, { pid: process.pid, shell: 'browser' });
  globalThis.gc?.();
  process.stdout.write('mine\n');
} catch (error) {
  if (!(error instanceof AppError) || error.code !== 'host.locked') throw error;
  const { pid, shell } = error.detail as { pid: number; shell: string };
  process.stdout.write(`${pid} ${shell}\n`);
}
// Whatever nobody refers to is collected: the lock must not be among it.
setInterval(() => globalThis.gc?.(), 10);

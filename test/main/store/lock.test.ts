/** One host a folder: the second one learns who has it, and nobody has it after its owner died. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { acquireLock } from '../../../src-main/store/lock.ts';
import { tempFolder } from './helpers.ts';

const CONTENDER = join(import.meta.dirname, 'lock-contender.ts');

/** Starts a process that tries to take the folder at `time` and says how it went. */
function contender(folder: string, time: number): { child: ChildProcess; said: Promise<string> } {
  const child = spawn(process.execPath, ['--expose-gc', CONTENDER, folder, String(time)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const said = once(child.stdout as NodeJS.ReadableStream, 'data').then(([data]) => String(data).trim());
  return { child, said };
}

test('the second host is told the process and the shell of the first', () => {
  const folder = tempFolder();
  const lock = acquireLock(folder, { pid: process.pid, shell: 'browser' });
  expect(() => acquireLock(folder, { pid: 1, shell: 'electron' })).toThrow(
    `${folder}: already open in another Netloom (browser, process ${process.pid})`,
  );
  lock.release();
  acquireLock(folder, { pid: process.pid, shell: 'electron' }).release();
});

test('of several that start together exactly one gets the folder, and the others name it', async () => {
  for (let round = 0; round < 4; round++) {
    const folder = tempFolder();
    const at = Date.now() + 400;
    const contenders = [1, 2, 3].map(() => contender(folder, at));
    const answers = await Promise.all(contenders.map(({ said }) => said));
    const winners = contenders.filter((_, i) => answers[i] === 'mine');
    expect(winners).toHaveLength(1);
    const pid = winners[0]?.child.pid;
    expect(answers.filter((answer) => answer !== 'mine')).toEqual([`${pid} browser`, `${pid} browser`]);
    for (const { child } of contenders) child.kill('SIGKILL');
  }
});

test('a folder is free again when its owner was killed', async () => {
  const folder = tempFolder();
  const { child, said } = contender(folder, 0);
  expect(await said).toBe('mine');
  expect(() => acquireLock(folder, { pid: process.pid, shell: 'browser' })).toThrow('already open');
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
  acquireLock(folder, { pid: process.pid, shell: 'browser' }).release();
});

/** Whose run it is: a living process, and no other that ever had its number. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { hostname } from 'node:os';
import { expect, onTestFinished, test } from 'vitest';
import { isOwnerAlive, ownerName } from '../../../src-main/store/owner.ts';

test('this process is there, and one that got its number later is another', () => {
  expect(isOwnerAlive(ownerName())).toBe(true);
  expect(isOwnerAlive(`${ownerName()}0`)).toBe(false);
});

test('an owner on another machine counts as there', () => {
  expect(isOwnerAlive(`not-${hostname()}/1/`)).toBe(true);
});

test.skipIf(process.platform !== 'linux')(
  'a killed process is gone even while its parent has not asked for it',
  async () => {
    // The shell becomes a sleep, which never asks how the child it inherited ended: that one stays a zombie.
    const parent = spawn('sh', ['-c', 'sleep 60 & echo $!; exec sleep 60'], { stdio: ['ignore', 'pipe', 'inherit'] });
    onTestFinished(() => void parent.kill('SIGKILL'));
    const [text] = (await once(parent.stdout, 'data')) as [Buffer];
    const pid = Number(text.toString());
    const owner = ownerName(pid);
    expect(isOwnerAlive(owner)).toBe(true);
    process.kill(pid, 'SIGKILL');
    await expect.poll(() => isOwnerAlive(owner), { interval: 5, timeout: 2_000 }).toBe(false);
  },
);

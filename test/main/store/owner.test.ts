/** Whose run it is: a living process, and no other that ever had its number. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { closeDatabase, openDatabase } from '../../../src-main/store/open.ts';
import { isOwnerAlive, ownerName } from '../../../src-main/store/owner.ts';
import { openStore } from '../../../src-main/store/store.ts';
import { newRun, tempFolder } from './helpers.ts';

test('this process is there, and one that got its number later is another', () => {
  expect(isOwnerAlive(ownerName())).toBe(true);
  expect(isOwnerAlive(`${ownerName()}0`)).toBe(false);
});

test('an owner on another machine counts as there while it gives signs of life', () => {
  const elsewhere = `not-${hostname()}/1/`;
  const minutes = (count: number): boolean => isOwnerAlive(elsewhere, count * 60_000);
  expect([minutes(0), minutes(9), minutes(11)]).toEqual([true, true, false]);
});

test('a run of another machine that fell silent is interrupted, and one that did not is left alone', () => {
  let now = 1_000_000_000_000;
  const file = join(tempFolder(), 'netloom.sqlite');
  const store = openStore({ file, now: () => now });
  onTestFinished(() => store.close());
  const [silent, alive, ours] = [newRun(store), newRun(store), newRun(store)];
  const db = openDatabase({ file });
  db.prepare('UPDATE runs SET owner = ? WHERE id <> ?').run(`not-${hostname()}/1/`, ours);
  now += 11 * 60_000;
  store.beat();
  expect(store.getSummary(ours).updatedAt).toBe(now);
  db.prepare('UPDATE runs SET updated_ms = ? WHERE id = ?').run(now, alive);
  closeDatabase(db);
  expect(store.interruptOrphans()).toEqual([silent]);
  expect([silent, alive, ours].map((id) => store.getSummary(id).status)).toEqual(['interrupted', 'running', 'running']);
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

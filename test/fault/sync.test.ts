/** What is acknowledged is on the disk: seen from the calls that reach the system. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempFolder } from '../main/store/helpers.ts';

const COMMITS = 100;
const WRITER = join(import.meta.dirname, 'sync-writer.ts');
/** Watching system calls is something that some machines have not, or forbid. */
const canTrace = spawnSync('strace', ['-o', '/dev/null', 'true']).status === 0;

/** System calls of a writer, in order. */
function callsOf(commits: number, how = 'direct'): string[] {
  const trace = join(tempFolder(), 'trace');
  const which = 'trace=openat,write,pwrite64,fsync,fdatasync,close,rename,renameat2';
  const args = ['-f', '-y', '-o', trace, '-e', which, process.execPath, WRITER, tempFolder(), String(commits), how];
  expect(spawnSync('strace', args).status).toBe(0);
  return readFileSync(trace, 'latin1').split('\n');
}

const isSyncOfStore = (call: string): boolean => /(fsync|fdatasync)\(\d+<.*netloom\.sqlite(-wal)?>/.test(call);

test.skipIf(!canTrace)('every commit of the store is synced before the next', () => {
  const syncs = callsOf(COMMITS).filter((call) => isSyncOfStore(call) && call.includes('-wal>'));
  expect(syncs.length).toBeGreaterThanOrEqual(COMMITS);
});

test.skipIf(!canTrace)('a host waits for no disk: its thread syncs every commit, and it syncs none', () => {
  const [before, after] = [callsOf(0, 'thread'), callsOf(COMMITS, 'thread')];
  const threadOf = (call: string): string => call.split(' ', 1)[0] ?? '';
  const byMain = (calls: readonly string[]): number =>
    calls.filter((call) => isSyncOfStore(call) && threadOf(call) === threadOf(calls[0] ?? '')).length;
  expect(byMain(after)).toBe(byMain(before)); // those of opening and closing
  expect(after.filter(isSyncOfStore).length).toBeGreaterThanOrEqual(before.filter(isSyncOfStore).length + COMMITS);
});

test.skipIf(!canTrace)(
  'a file is saved by open, write, sync, close, rename and sync of its folder, in this order',
  () => {
    const steps: readonly (readonly [string, RegExp])[] = [
      ['create', /openat\(.*saved\.json\..*netloom-tmp", .*O_EXCL/],
      ['write', /write\w*\(\d+<.*netloom-tmp>/],
      ['sync', /(fsync|fdatasync)\(\d+<.*netloom-tmp>/],
      ['close', /close\(\d+<.*netloom-tmp>/],
      ['rename', /rename\w*\(.*netloom-tmp", .*saved\.json"/],
      ['sync of the folder', /fsync\(\d+<[^>]*netloom-test-[^/>]*>/],
    ];
    const calls = callsOf(0);
    const from = calls.findIndex((call) => steps[0]?.[1].test(call));
    const seen = calls
      .slice(from)
      .flatMap((call) => steps.filter(([, pattern]) => pattern.test(call)).map(([name]) => name));
    expect(seen).toEqual(steps.map(([name]) => name));
  },
);

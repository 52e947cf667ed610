/** The order of writes, on a good day and while the disk is full. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { AppError } from '../../../src-core/lib/errors.ts';
import { Journal } from '../../../src-main/services/journal.ts';

interface Written {
  readonly journal: Journal;
  readonly log: string[];
  readonly disk: { isFull: boolean };
  write(name: string): void;
}

function startJournal(): Written {
  const log: string[] = [];
  const disk = { isFull: false };
  const journal = new Journal({
    onStalled: ({ message }) => log.push(`stalled: ${message}`),
    onRecovered: () => log.push('recovered'),
  });
  const write = (name: string): void =>
    journal.write(async () => {
      log.push(`${name} begins`);
      await Promise.resolve();
      if (disk.isFull) throw new AppError('host.store_full', { file: 'store' });
      log.push(name);
    });
  return { journal, log, disk, write };
}

const ends = (log: readonly string[]): string[] => log.filter((line) => !line.endsWith(' begins'));

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('a write is begun at once', () => {
  const { log, write } = startJournal();
  write('a');
  expect(log).toEqual(['a begins']);
});

test('each is over before the next begins, in the order in which they were asked for', async () => {
  const { log, write } = startJournal();
  for (const name of ['a', 'b', 'c']) write(name);
  await vi.runAllTimersAsync();
  expect(log).toEqual(['a begins', 'a', 'b begins', 'b', 'c begins', 'c']);
});

test('on a full disk everything waits in order, is told once, and is written when there is space', async () => {
  const { log, disk, write } = startJournal();
  disk.isFull = true;
  write('a');
  write('b');
  await vi.advanceTimersByTimeAsync(5000);
  write('c');
  const message = 'stalled: store: the disk is full; free some space, nothing saved so far is lost';
  expect(ends(log)).toEqual([message]);
  disk.isFull = false;
  await vi.advanceTimersByTimeAsync(2000);
  expect(ends(log)).toEqual([message, 'a', 'b', 'c', 'recovered']);
});

test('at the end everything that waits is written, also what comes up meanwhile', async () => {
  const { journal, log, write } = startJournal();
  write('a');
  journal.write(() => write('c'));
  write('b');
  await journal.close();
  expect(ends(log)).toEqual(['a', 'b', 'c']);
});

test('at the end what waited for space is tried once more, and the reason is thrown where it still cannot be', async () => {
  const { journal, log, disk, write } = startJournal();
  disk.isFull = true;
  write('a');
  await vi.advanceTimersByTimeAsync(0);
  await expect(journal.close()).rejects.toThrow('the disk is full');
  disk.isFull = false;
  await journal.close();
  expect(ends(log).slice(1)).toEqual(['a']);
  expect(vi.getTimerCount()).toBe(0);
});

test('a bug is no full disk: it is thrown at once, and the next write goes its way', async () => {
  const { journal, log, write } = startJournal();
  const bugs: unknown[] = [];
  const keep = (bug: unknown): void => void bugs.push(bug);
  const others = process.rawListeners('unhandledRejection');
  process.removeAllListeners('unhandledRejection').on('unhandledRejection', keep);
  journal.write(() => Promise.reject(new TypeError('bug')));
  await vi.advanceTimersByTimeAsync(0);
  write('next');
  await vi.advanceTimersByTimeAsync(0);
  process.removeListener('unhandledRejection', keep);
  for (const listener of others) process.on('unhandledRejection', listener as () => void);
  expect(bugs.map(String)).toEqual(['TypeError: bug']);
  expect(ends(log)).toEqual(['next']);
});

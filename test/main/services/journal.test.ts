/** The order of writes, on a good day and while the disk is full. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { AppError } from '../../../src-core/lib/errors.ts';
import { Journal } from '../../../src-main/services/journal.ts';

interface Written {
  readonly journal: Journal;
  readonly log: string[];
  readonly disk: { isFull: boolean };
  write(name: string, isLarge?: boolean): void;
}

function startJournal(): Written {
  const log: string[] = [];
  const disk = { isFull: false };
  const journal = new Journal({
    onStalled: ({ message }) => log.push(`stalled: ${message}`),
    onRecovered: () => log.push('recovered'),
  });
  const write = (name: string, isLarge = false): void =>
    journal.write(
      () => {
        if (disk.isFull) throw new AppError('host.store_full', { file: 'store' });
        log.push(name);
      },
      { isLarge },
    );
  return { journal, log, disk, write };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('small writes are done at once', () => {
  const { log, write } = startJournal();
  write('a');
  expect(log).toEqual(['a']);
});

test('after a large write the others wait for their turn, in order', () => {
  const { log, write } = startJournal();
  for (const name of ['large 1', 'large 2', 'small']) write(name, name.startsWith('large'));
  expect(log).toEqual(['large 1', 'large 2', 'small'].slice(0, log.length));
  expect(log.length).toBeLessThan(3);
  vi.runAllTimers();
  expect(log).toEqual(['large 1', 'large 2', 'small']);
});

test('on a full disk everything waits in order, is told once, and is written when there is space', () => {
  const { log, disk, write } = startJournal();
  disk.isFull = true;
  write('a');
  write('b', true);
  vi.advanceTimersByTime(5000);
  write('c');
  const message = 'stalled: store: the disk is full; free some space, nothing saved so far is lost';
  expect(log).toEqual([message]);
  disk.isFull = false;
  vi.advanceTimersByTime(2000);
  expect(log).toEqual([message, 'a', 'b', 'c', 'recovered']);
});

test('at the end everything that waits is written, or the reason is thrown', () => {
  const { journal, log, disk, write } = startJournal();
  disk.isFull = true;
  write('a');
  expect(() => journal.close()).toThrow('the disk is full');
  disk.isFull = false;
  write('b', true);
  write('c', true);
  journal.close();
  expect(log.slice(1)).toEqual(['b', 'c']);
});

test('a bug is no full disk: it is thrown at once', () => {
  const { journal, log, write } = startJournal();
  const bug = (): void => {
    throw new TypeError('bug');
  };
  expect(() => journal.write(bug)).toThrow('bug');
  write('next');
  expect(log).toEqual(['next']);
});

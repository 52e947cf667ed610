/** What the app says by itself: how long, and never the same thing twice. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { NoticesState } from '../../../src-renderer/state/notices.svelte.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const texts = ({ list }: NoticesState): string[] => list.map(({ text }) => text);

test('of one topic only the newest message stands, others stay', () => {
  const notices = new NoticesState();
  notices.say('info', 'Opened A', { topic: 'opened' });
  notices.say('success', 'Saved');
  notices.say('info', 'Opened B', { topic: 'opened' });
  expect(texts(notices)).toEqual(['Saved', 'Opened B']);
  vi.advanceTimersByTime(6_000);
  expect(texts(notices)).toEqual([]);
});

test('an offer that nobody has taken goes over to the newer message of its topic, which stays as long', () => {
  const notices = new NoticesState();
  const taken: string[] = [];
  const back = (name: string) => ({ label: 'Go back', run: () => void taken.push(name) });
  notices.say('info', 'Opened B', { topic: 'opened', action: back('A') });
  vi.advanceTimersByTime(10_000);
  notices.say('info', 'Opened C', { topic: 'opened' });
  vi.advanceTimersByTime(14_000);
  notices.list[0]?.action?.run();
  notices.say('info', 'Opened D', { topic: 'opened', action: back('C') });
  notices.list[0]?.action?.run();
  expect([texts(notices), taken]).toEqual([['Opened D'], ['A', 'C']]);
  vi.advanceTimersByTime(15_000);
  expect(texts(notices)).toEqual([]);
});

test('the same words are said once, without the offer that came with them before', () => {
  const notices = new NoticesState();
  notices.say('info', 'Done', { action: { label: 'Undo', run: () => undefined } });
  notices.say('info', 'Done');
  expect(notices.list.map(({ text, action }) => [text, action])).toEqual([['Done', undefined]]);
});

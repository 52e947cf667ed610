/** The run that an engine takes for itself before anybody asks for one. */
import { expect, onTestFinished, test, vi } from 'vitest';
import { createSession, type Session } from '../../../src-main/engine/session.ts';
import { recipe } from '../services/helpers.ts';

function sessionHere(): { session: Session; told: string[] } {
  const told: string[] = [];
  const session = createSession({ emit: (event) => void told.push(event), working: (work) => work() });
  onTestFinished(() => session.flush());
  return { session, told };
}

const start = ({ handlers }: Session) =>
  handlers.start({
    ...{ runId: 'r', place: { folder: '/', isOpen: false }, paused: false, checkpoint: null, best: null },
    document: recipe({ epochs: 2 }),
  });

test('it ends by itself, and nobody is told of it', async () => {
  const { session, told } = sessionHere();
  await session.warmUp();
  expect(told).toEqual([]);
  expect(await session.handlers.current({})).toBeNull();
});

test('a run that starts meanwhile ends it, and has the engine for itself', async () => {
  const { session, told } = sessionHere();
  const warm = session.warmUp();
  const { epochs } = await start(session);
  await warm;
  expect(epochs).toBe(2);
  await vi.waitFor(() => expect(told.at(-1)).toBe('ended'), { interval: 1, timeout: 10_000 });
  expect(told.filter((event) => event === 'ended')).toHaveLength(1);
});

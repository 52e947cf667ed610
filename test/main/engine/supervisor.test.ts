/** Engines that crash, hang and refuse to go, as real processes: the host notices, says so and starts another. */
import { expect, test, vi } from 'vitest';
import { children, isUp, ODD_ENGINE, supervise } from './helpers.ts';

const SECONDS = { timeout: 20_000, interval: 20 };

test.each([
  ['abort', /SIGABRT/],
  ['throw', /exit code 1/],
  ['reject', /exit code 1/],
  ['exit', /exit code 0/],
  ['leak', /SIGABRT|SIGTRAP/],
])('an engine that ends by "%s" is reported and started again', async (word, reason) => {
  const engine = supervise(ODD_ENGINE, { heapMegabytes: 64 });
  await isUp(engine);
  engine.current().say(word);
  await vi.waitFor(
    () => expect(engine.said).toEqual(['up', expect.stringMatching(reason), 'restarting', 'up']),
    SECONDS,
  );
});

test('a killed engine is reported, and another is up', async () => {
  const engine = supervise(ODD_ENGINE);
  await isUp(engine);
  engine.supervisor.kill();
  await vi.waitFor(() => expect(engine.said).toEqual(['up', 'crashed: ended by SIGKILL', 'restarting', 'up']), SECONDS);
});

test('an engine that hangs outside a step is ended after five seconds', async () => {
  const engine = supervise(ODD_ENGINE);
  await isUp(engine);
  engine.current().say('hang');
  await vi.waitFor(() => expect(engine.said).toContain('crashed: no answer for 5 seconds'), SECONDS);
});

test('a step of seven seconds is no hang', async () => {
  const engine = supervise(ODD_ENGINE);
  await isUp(engine);
  const words: string[] = [];
  engine.current().onWord((word) => words.push(word));
  engine.current().say('long step');
  await vi.waitFor(() => expect(words).toEqual(['long step done']), SECONDS);
  expect(engine.said).toEqual(['up']);
});

test('the fourth crash within five minutes is not followed by a start, and a person can ask for one', async () => {
  let clock = 0;
  const engine = supervise(ODD_ENGINE, { now: () => clock });
  for (let crash = 1; crash <= 3; crash++) {
    await isUp(engine);
    clock += 60_000;
    engine.supervisor.kill();
    await vi.waitFor(() => expect(engine.said.filter((word) => word === 'up')).toHaveLength(crash + 1), SECONDS);
  }
  clock += 60_000;
  engine.supervisor.kill();
  await vi.waitFor(() => expect(engine.supervisor.state).toBe('failed'), SECONDS);
  await expect(engine.supervisor.ready()).rejects.toMatchObject({ code: 'host.engine_failed' });
  engine.supervisor.revive();
  await isUp(engine);
});

test('crashes more than five minutes apart are always followed by a start', async () => {
  let clock = 0;
  const engine = supervise(ODD_ENGINE, { now: () => clock });
  for (let crash = 1; crash <= 5; crash++) {
    await isUp(engine);
    clock += 6 * 60_000;
    engine.supervisor.kill();
    await vi.waitFor(() => expect(engine.said.filter((word) => word === 'up')).toHaveLength(crash + 1), SECONDS);
  }
});

test('a stop asked for is no crash, and leaves no process', async () => {
  const before = children();
  const engine = supervise(ODD_ENGINE);
  await isUp(engine);
  await engine.supervisor.stop();
  expect(engine.said.filter((word) => word !== 'up')).toEqual([]);
  await vi.waitFor(() => expect(children()).toEqual(before), SECONDS);
  await expect(engine.supervisor.ready()).rejects.toMatchObject({ code: 'host.engine_stopping' });
});

test('an engine that hangs when it should stop is killed, and none is left', async () => {
  const before = children();
  const engine = supervise(ODD_ENGINE);
  await isUp(engine);
  engine.current().say('hang');
  await engine.supervisor.stop();
  await vi.waitFor(() => expect(children()).toEqual(before), SECONDS);
});

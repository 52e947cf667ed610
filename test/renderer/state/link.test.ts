/** The link to the host: it comes back by itself, with new clients. */
import { afterEach, expect, test, vi } from 'vitest';
import type { Wire } from '../../../src-core/contract/wire.ts';
import { Link } from '../../../src-renderer/host/link.ts';
import { HostState } from '../../../src-renderer/state/host.svelte.ts';
import { WindowHost } from '../../helpers/window-host.ts';

afterEach(() => {
  vi.useRealTimers();
});

function linked(openWire: () => Promise<Wire>): { state: HostState; link: Link } {
  const state = new HostState();
  const link = new Link(openWire, { connected: (services) => state.up(services), disconnected: () => state.down() });
  return { state, link };
}

test('a lost connection is opened again, and is known as lost meanwhile', async () => {
  vi.useFakeTimers();
  const host = new WindowHost();
  const wires: Wire[] = [];
  const { state, link } = linked(() => {
    const wire = host.open();
    wires.push(wire);
    return Promise.resolve(wire);
  });
  await vi.advanceTimersByTimeAsync(0);
  const atFirst = state.connected;
  wires[0]?.close();
  const lost = [state.connected, state.hasConnected];
  await vi.advanceTimersByTimeAsync(300);
  expect([atFirst, lost, state.connected, wires.length]).toEqual([true, [false, true], true, 2]);
  link.dispose();
});

test('a host that is away is asked again with growing pauses, and at once when the person says so', async () => {
  vi.useFakeTimers();
  let attempts = 0;
  const { link } = linked(() => {
    attempts++;
    return Promise.reject(new Error('away'));
  });
  await vi.advanceTimersByTimeAsync(10_000);
  // 0, 0.25, 0.75, 1.75, 3.75, 7.75 s
  const byItself = attempts;
  link.retry();
  expect([byItself, attempts]).toEqual([6, 7]);
  link.dispose();
});

test('after dispose nothing is opened again', async () => {
  vi.useFakeTimers();
  const host = new WindowHost();
  let opened = 0;
  const { link } = linked(() => {
    opened++;
    return Promise.resolve(host.open());
  });
  await vi.advanceTimersByTimeAsync(0);
  link.dispose();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(opened).toBe(1);
});

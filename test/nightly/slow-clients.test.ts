/**
 * Clients that send slowly or never read, against the built host in a process of its own: others are answered, and its memory stays.
 * reliability.md T21, T22. Every test prints what it measured.
 */
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { WebSocket } from 'ws';
import { Connection } from '../../src-core/contract/client.ts';
import { decodeFrame, encodeFrame } from '../../src-core/contract/codec.ts';
import type { CallMessage } from '../../src-core/contract/messages.ts';
import { tabsService, type TabsEvents } from '../../src-core/contract/tabs.ts';
import { trainingService, type TrainingEvents } from '../../src-core/contract/training.ts';
import { openStore } from '../../src-main/store/store.ts';
import { startHostProcess, type HostProcess } from '../fault/host-process.ts';
import { openSocket, pageWire } from '../helpers/browser-client.ts';
import { handshake, requestBytes, sendRaw } from '../helpers/raw-http.ts';
import { recipe } from '../main/services/recipe.ts';
import { newRun, tempFolder } from '../main/store/helpers.ts';

const MEGABYTE = 2 ** 20;
const P95_MS = 250;
const SECOND_MEGABYTES = 64;
/** What one page may leave unread, and one answer more. */
const UNREAD_MEGABYTES = 16;
const DEEP_DOCUMENTS = 20;
const hasProc = existsSync('/proc/self/status');

const report = (figures: Readonly<Record<string, number>>): void =>
  console.info(
    Object.entries(figures)
      .map(([name, value]) => `${name}: ${value.toFixed(1)}`)
      .join(', '),
  );

const goodRequest = ({ port, cookie }: HostProcess): string =>
  requestBytes({ host: `127.0.0.1:${port}`, headers: [`Cookie: ${cookie}`, 'Connection: close'] });

/** Answer times of an honest client until `isOver`; the 95th percentile in milliseconds. */
async function honestP95(host: HostProcess, isOver: () => boolean): Promise<number> {
  const times: number[] = [];
  while (!isOver() || times.length === 0) {
    const from = performance.now();
    expect((await sendRaw(host.port, goodRequest(host))).status).toBe(200);
    times.push(performance.now() - from);
    await delay(10);
  }
  return times.sort((a, b) => a - b)[Math.floor(times.length * 0.95)] ?? Number.NaN;
}

/** Sends `head`, then a byte every half second; resolves with the milliseconds until the server ended it. */
async function trickle(port: number, head: string): Promise<number> {
  const from = performance.now();
  const socket: Socket = connect(port, '127.0.0.1', () => socket.write(head));
  const timer = setInterval(() => socket.writable && socket.write('x'), 500);
  await new Promise<void>((resolve) =>
    socket
      .on('error', () => {})
      .resume()
      .on('close', () => resolve()),
  );
  clearInterval(timer);
  return performance.now() - from;
}

interface Growth {
  /** The most it had in use meanwhile, in megabytes above the start. */
  readonly peak: number;
  /** What a second round added to what the first one left: an idle process gives little of that back to the system. */
  readonly second: number;
}

async function growth(host: HostProcess, work: () => Promise<void>): Promise<Growth> {
  const before = host.memory();
  let most = before;
  const timer = setInterval(() => (most = Math.max(most, host.memory())), 20);
  await work().finally(() => clearInterval(timer));
  const between = host.memory();
  await work();
  return { peak: (most - before) / MEGABYTE, second: (host.memory() - between) / MEGABYTE };
}

test('trickled heads and bodies, silence and half a handshake: all are cut off, and others answered', async () => {
  const host = await startHostProcess(tempFolder());
  const own = `Host: 127.0.0.1:${host.port}`;
  const slow = [
    ...Array.from({ length: 300 }, () => trickle(host.port, `GET / HTTP/1.1\r\n${own}\r\nX-Slow: `)),
    ...Array.from({ length: 100 }, () =>
      trickle(host.port, `POST / HTTP/1.1\r\n${own}\r\nContent-Length: 9999\r\n\r\n`),
    ),
    ...Array.from({ length: 100 }, () =>
      trickle(host.port, `GET /ws HTTP/1.1\r\n${own}\r\n${handshake.join('\r\n')}\r\n`),
    ),
  ];
  let isOver = false;
  const ended = Promise.all(slow).finally(() => (isOver = true));
  const p95 = await honestP95(host, () => isOver);
  const longest = Math.max(...(await ended));
  report({ 'longest slow client, ms': longest, 'honest p95, ms': p95 });
  expect(longest).toBeLessThan(8_000);
  expect(p95).toBeLessThan(P95_MS);
});

/** 1 for an answer that says that the message could not be read. */
function refusals(frame: Uint8Array): number {
  const { kind, id } = decodeFrame(frame) as { kind: string; id: unknown };
  return kind === 'error' && id === null ? 1 : 0;
}

const callFrame = (id: number, service: string, name: string, args: unknown): Uint8Array => {
  const message: CallMessage = { kind: 'call', id, service, name, args };
  return encodeFrame(message);
};

test.skipIf(!hasProc)('a page that asks for two gigabytes and reads nothing costs some megabytes', async () => {
  const home = tempFolder();
  const store = openStore({ file: join(home, 'netloom.sqlite') });
  const runId = newRun(store);
  const records = Array.from({ length: 10_000 }, (_, i) => ({
    epoch: i + 1,
    step: i + 1,
    loss: Math.sqrt(i),
    val_loss: 1 / (i + 1),
  }));
  store.appendRecords(runId, records, null);
  store.close();
  const host = await startHostProcess(home);
  let p95 = 0;
  const { peak, second } = await growth(host, async () => {
    const socket = await openSocket(host.address, host.cookie);
    socket.pause();
    for (let id = 1; id <= 2_000; id++) socket.send(callFrame(id, 'runs', 'history', { runId }));
    const until = performance.now() + 5_000;
    p95 = await honestP95(host, () => performance.now() > until);
    socket.terminate();
  });
  report({ 'peak, MB': peak, 'second round, MB': second, 'honest p95, ms': p95 });
  expect(peak).toBeLessThan(12 * UNREAD_MEGABYTES); // objects and text of an answer while it is made
  expect(second).toBeLessThan(SECOND_MEGABYTES);
  expect(p95).toBeLessThan(P95_MS);
});

test.skipIf(!hasProc)('twenty pages that never read while a run trains cost eight megabytes each at most', async () => {
  const host = await startHostProcess(tempFolder());
  const editor = new Connection(pageWire(await openSocket(host.address, host.cookie)));
  await editor.service<typeof tabsService, TabsEvents>(tabsService).join({ wants: 'edit' });
  const training = editor.service<typeof trainingService, TrainingEvents>(trainingService);
  await training.watchBoundary({ view: { x: 0, y: 1, resolution: 200 } });
  const { peak, second } = await growth(host, async () => {
    const deaf: WebSocket[] = [];
    await training.start({ document: recipe({ epochs: 1_000_000 }), paused: false });
    for (let page = 0; page < 20; page++) {
      const socket = await openSocket(host.address, host.cookie);
      socket.pause();
      deaf.push(socket);
    }
    await delay(25_000);
    await training.stop({});
    for (const socket of deaf) socket.terminate();
  });
  report({ 'peak, MB': peak, 'second round, MB': second });
  expect(peak).toBeLessThan(20 * 8 + 64);
  expect(second).toBeLessThan(SECOND_MEGABYTES);
});

test('a page is closed that leaves everything unread for long', async () => {
  const host = await startHostProcess(tempFolder());
  const socket = await openSocket(host.address, host.cookie);
  const [code] = (await Promise.all([
    once(socket, 'close'),
    // A page that reads no pings answers none.
    (socket.pause(), delay(50_000).then(() => socket.resume())),
  ])) as unknown as [[number]];
  expect(code).toStrictEqual([1006, expect.anything()]);
});

test.skipIf(!hasProc)(
  'a hundred thousand small messages, and documents nested a million deep, harm nobody',
  async () => {
    const host = await startHostProcess(tempFolder());
    const head = new TextEncoder().encode('['.repeat(400_000) + ']'.repeat(400_000));
    const frame = new Uint8Array(Math.ceil((8 + head.length) / 8) * 8);
    new DataView(frame.buffer).setUint32(0, 0x31464c4e, true);
    new DataView(frame.buffer).setUint32(4, head.length, true);
    frame.set(head, 8);
    let answers = 0;
    let isOver = false;
    const p95 = honestP95(host, () => isOver);
    const { peak, second } = await growth(host, async () => {
      const flood = await openSocket(host.address, host.cookie);
      const deep = await openSocket(host.address, host.cookie);
      deep.on('message', (data: ArrayBuffer) => (answers += refusals(new Uint8Array(data))));
      for (let i = 0; i < DEEP_DOCUMENTS; i++) deep.send(frame.slice());
      for (let i = 0; i < 100_000; i++) flood.send(new Uint8Array([i & 255]));
      await delay(5_000);
      for (const socket of [flood, deep]) socket.terminate();
    });
    isOver = true;
    report({
      'peak, MB': peak,
      'second round, MB': second,
      'honest p95, ms': await p95,
      'answers to deep documents': answers,
    });
    expect(await p95).toBeLessThan(P95_MS);
    expect(answers).toBe(2 * DEEP_DOCUMENTS);
    expect(second).toBeLessThan(SECOND_MEGABYTES);
  },
);

/** Hundreds of slow and oversized clients at once: all are cut off in time, others are answered quickly, and memory stays. reliability.md T21, T22. */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { BrowserServer } from '../../src-main/host/browser/server.ts';
import { enter, openSocket, samplePage } from '../helpers/browser-client.ts';
import { requestBytes, sendRaw } from '../helpers/raw-http.ts';
import { serveSample } from '../helpers/sample-service.ts';

const SLOW_HEADERS = 400;
const SILENT = 100;
const CUT_OFF_MS = 8_000;
const P95_MS = 250;
const OVERSIZED = 200;
const MAX_GROWTH = 32 * 2 ** 20;
const FEW_GOOD = 20;

async function openServer() {
  const server = await BrowserServer.start({ assets: samplePage, onConnection: serveSample, port: 0 });
  onTestFinished(() => server.close());
  return { server, cookie: await enter(server.newAddress()), address: `http://127.0.0.1:${server.port}/` };
}

/** How long the server lets a client live that sends these bytes and then nothing. */
async function lifetime(port: number, bytes: string): Promise<number> {
  const from = performance.now();
  const socket: Socket = connect(port, '127.0.0.1', () => socket.write(bytes));
  await new Promise<void>((resolve) => {
    socket.on('error', () => {});
    socket.resume().on('close', () => resolve());
  });
  return performance.now() - from;
}

test('five hundred slow clients are cut off within 8 s, and good requests keep a 95th percentile of 250 ms', async () => {
  const { server, cookie } = await openServer();
  const host = `127.0.0.1:${server.port}`;
  const slow = Array.from({ length: SLOW_HEADERS + SILENT }, (_, i) =>
    lifetime(server.port, i < SLOW_HEADERS ? `GET / HTTP/1.1\r\nHost: ${host}\r\n` : ''),
  );
  const waits: number[] = [];
  let isOver = false;
  const all = Promise.all(slow).finally(() => (isOver = true));
  while (!isOver) {
    const from = performance.now();
    const { status } = await sendRaw(
      server.port,
      requestBytes({ host, headers: [`Cookie: ${cookie}`, 'Connection: close'] }),
    );
    expect(status).toBe(200);
    waits.push(performance.now() - from);
  }
  expect(Math.max(...(await all))).toBeLessThan(CUT_OFF_MS);
  expect(waits.length).toBeGreaterThan(FEW_GOOD);
  expect(waits.sort((a, b) => a - b)[Math.floor(waits.length * 0.95)]).toBeLessThan(P95_MS);
});

test('two hundred oversized messages cost no memory that stays', async () => {
  const { address, cookie } = await openServer();
  const big = new Uint8Array(2 ** 20 + 1);
  const flood = async (count: number): Promise<void> => {
    for (let i = 0; i < count; i++) {
      const socket = await openSocket(address, cookie);
      socket.send(big);
      expect(await once(socket, 'close')).toContain(1009);
    }
  };
  await flood(OVERSIZED / 4); // what is allocated once
  const before = process.memoryUsage().rss;
  await flood(OVERSIZED);
  expect(process.memoryUsage().rss - before).toBeLessThan(MAX_GROWTH);
});

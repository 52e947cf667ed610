/** Too much and too slow: the loopback server answers in a defined way, stays small, and goes on serving others. reliability.md T21, T22. */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { WebSocket } from 'ws';
import { Connection } from '../../../src-core/contract/client.ts';
import { BrowserServer } from '../../../src-main/host/browser/server.ts';
import { enter, openSocket, pageWire, samplePage } from '../../helpers/browser-client.ts';
import { handshake, requestBytes, sendRaw } from '../../helpers/raw-http.ts';
import { sampleService, serveSample, type SampleEvents } from '../../helpers/sample-service.ts';

let server: BrowserServer;
let cookie: string;
let address: string;
let port: number;

beforeEach(async () => {
  server = await BrowserServer.start({
    assets: samplePage,
    onConnection: serveSample,
    port: 0,
  });
  ({ port } = server);
  cookie = await enter(server.newAddress());
  address = `http://127.0.0.1:${port}/`;
});
afterEach(() => server.close());

const open = (): Promise<WebSocket> => openSocket(address, cookie);
const closeCode = async (socket: WebSocket): Promise<number> => {
  const [code] = (await once(socket, 'close')) as [number];
  return code;
};
/** However it came about: a reset is an end too. */
const closed = (socket: Socket): Promise<void> =>
  new Promise((resolve) => {
    socket.on('error', () => {});
    socket.resume().on('close', () => resolve());
  });
const goodRequest = (): string =>
  requestBytes({ host: `127.0.0.1:${port}`, headers: [`Cookie: ${cookie}`, 'Connection: close'] });

/** The page is still served, and a second window still gets answers. */
async function expectOthersServed(): Promise<void> {
  expect((await sendRaw(port, goodRequest())).status).toBe(200);
  const connection = new Connection(pageWire(await open()));
  expect(await connection.service<typeof sampleService, SampleEvents>(sampleService).add({ a: 1, b: 1 })).toBe(2);
  connection.close();
}

describe('too much', () => {
  it('a message above 1 MiB closes its socket with 1009', async () => {
    const socket = await open();
    socket.send(new Uint8Array(2 ** 20 + 1));
    expect(await closeCode(socket)).toBe(1009);
    await expectOthersServed();
  });

  it('fragments that grow above 1 MiB together close it too', async () => {
    const socket = await open();
    const fragment = new Uint8Array(2 ** 16);
    for (let index = 0; index < 17; index++) socket.send(fragment, { fin: false });
    expect(await closeCode(socket)).toBe(1009);
  });

  it.each(['pieces:129', 'pieces:0', 'pieces:-1', 'pieces:9999', 'hello', ''])(
    'the announcement "%s" closes it with 1002',
    async (text) => {
      const socket = await open();
      socket.send(text);
      expect(await closeCode(socket)).toBe(1002);
    },
  );

  it('a second announcement before the pieces are complete closes it with 1002', async () => {
    const socket = await open();
    socket.send('pieces:2');
    socket.send('pieces:2');
    expect(await closeCode(socket)).toBe(1002);
  });

  it('more than 5,000 messages in a second close it with 1008', async () => {
    const socket = await open();
    for (let index = 0; index < 20_000; index++) socket.send(new Uint8Array(1));
    expect(await closeCode(socket)).toBe(1008);
    await expectOthersServed();
  });

  it('headers above 16 KiB are 431', async () => {
    const long = requestBytes({ host: `127.0.0.1:${port}`, headers: [`Cookie: ${'x'.repeat(40_000)}`] });
    expect((await sendRaw(port, long)).status).toBe(431);
  });

  it('a body that contradicts itself is 400', async () => {
    const both = requestBytes({
      method: 'POST',
      host: `127.0.0.1:${port}`,
      headers: ['Content-Length: 5', 'Transfer-Encoding: chunked'],
    });
    expect((await sendRaw(port, both)).status).toBe(400);
  });

  it('a body is not read: the answer comes before it, and then the connection ends', async () => {
    const headers = [`Cookie: ${cookie}`, `Origin: http://127.0.0.1:${port}`, 'Content-Length: 1000000000'];
    const post = requestBytes({ method: 'POST', host: `127.0.0.1:${port}`, headers });
    expect((await sendRaw(port, post)).status).toBe(405);
  });

  it('the thirty-third page is refused with 503, until another one goes', async () => {
    const pages = await Promise.all(Array.from({ length: 32 }, open));
    await expect(open()).rejects.toThrow('503');
    pages[0]?.close();
    await vi.waitFor(open);
  });

  it('compression is not negotiated', async () => {
    const headers = [
      ...handshake,
      `Cookie: ${cookie}`,
      `Origin: http://127.0.0.1:${port}`,
      'Sec-WebSocket-Extensions: permessage-deflate',
    ];
    const { status, text } = await sendRaw(port, requestBytes({ target: '/ws', host: `127.0.0.1:${port}`, headers }), {
      untilHead: true,
    });
    expect([status, /sec-websocket-extensions/i.test(text)]).toStrictEqual([101, false]);
  });
});

describe('too slow', () => {
  /** Opens connections that send these bytes and then nothing; resolves when the server has cut the last of them off. */
  async function allCutOff(count: number, bytes: string): Promise<void> {
    const sockets: Socket[] = Array.from({ length: count }, () => connect(port, '127.0.0.1'));
    await Promise.all(
      sockets.map(async (socket) => {
        socket.write(bytes);
        await closed(socket);
      }),
    );
  }

  it('headers that trickle and connections that say nothing are cut off, and others are served meanwhile', async () => {
    let areCut = false;
    const slow = [allCutOff(150, `GET / HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n`), allCutOff(50, '')];
    const ends = Promise.all(slow).then(() => (areCut = true));
    await expectOthersServed();
    expect(areCut).toBe(false);
    expect(await ends).toBe(true);
  });
});

it('closing the server ends its connections at once, those too that are in the middle of something', async () => {
  const socket = await open();
  const half = connect(port, '127.0.0.1');
  half.write('GET / HTTP/1.1\r\n');
  await once(half, 'connect');
  const ends = Promise.all([closeCode(socket), closed(half)]);
  const startedAt = Date.now();
  await server.close();
  await ends;
  expect(Date.now() - startedAt).toBeLessThan(1_000);
});

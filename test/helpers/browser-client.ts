/** A browser as the loopback server sees one: follows the printed address, keeps the cookie, opens the page's WebSocket. */
import { once } from 'node:events';
import { WebSocket } from 'ws';
import { socketWire } from '../../src-core/contract/page-wires.ts';
import type { Wire } from '../../src-core/contract/wire.ts';

/** The cookie that the printed address is exchanged for. */
export async function enter(address: string): Promise<string> {
  const response = await fetch(address, { redirect: 'manual' });
  const [cookie] = response.headers.getSetCookie();
  if (response.status !== 303 || cookie === undefined) throw new Error(`not let in: ${response.status}`);
  return cookie.split(';')[0] ?? '';
}

export async function openSocket(address: string, cookie: string): Promise<WebSocket> {
  const { host, origin } = new URL(address);
  const socket = new WebSocket(`ws://${host}/ws`, { headers: { cookie, origin }, perMessageDeflate: false });
  socket.binaryType = 'arraybuffer';
  await once(socket, 'open');
  return socket;
}

/** The same function that the page runs, over a socket with the page's interface. */
export const pageWire = (socket: WebSocket): Wire =>
  socketWire({
    get bufferedAmount() {
      return socket.bufferedAmount;
    },
    send: (message) => socket.send(message),
    addEventListener: (type: 'message' | 'close', listener: (event: { data: unknown }) => void) => {
      if (type === 'message') socket.addEventListener('message', ({ data }) => listener({ data }));
      else socket.addEventListener('close', () => listener({ data: null }));
    },
    close: () => socket.close(),
  });

/** A page of two files. */
export const samplePage = new Map([
  ['/', { type: 'text/html; charset=utf-8', body: new TextEncoder().encode('<!doctype html><title>page</title>') }],
  ['/assets/page.js', { type: 'text/javascript; charset=utf-8', body: new TextEncoder().encode('export {};') }],
]);

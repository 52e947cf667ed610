/** A page that does not read: over either wire events for the eye merge and stop piling up, and nothing of the sum is lost. */
import { afterEach, expect, it } from 'vitest';
import { Connection } from '../../src-core/contract/client.ts';
import { portWire } from '../../src-core/contract/page-wires.ts';
import type { Wire } from '../../src-core/contract/wire.ts';
import { BrowserServer } from '../../src-main/host/browser/server.ts';
import { Events, MAX_BUFFERED_BYTES } from '../../src-main/rpc/events.ts';
import { mainPortWire } from '../../src-main/rpc/wire-port.ts';
import { enter, openSocket, pageWire, samplePage } from '../helpers/browser-client.ts';
import { FakeMessageChannelMain } from '../helpers/fake-electron.ts';
import { pagePort } from '../helpers/page-port.ts';

interface FloodEvents {
  readonly seen: { readonly sum: number; readonly data: Float32Array };
  readonly kept: { readonly index: number };
}
const spec = {
  name: 'flood',
  calls: {},
  events: ['seen', 'kept'],
  display: {
    seen: (older: FloodEvents['seen'], newer: FloodEvents['seen']) => ({ ...newer, sum: older.sum + newer.sum }),
  },
} as const;

const COUNT = 2_000;
const data = new Float32Array(10_000); // 40 KB, as a map of the plane is; 80 MB if all were sent

interface SlowPage {
  readonly host: Wire;
  /** Begins to read. */
  wake(): Wire;
}
let dispose = (): Promise<void> => Promise.resolve();
afterEach(() => dispose());

const pages: Readonly<Record<string, () => Promise<SlowPage>>> = {
  'WebSocket (browser host)': async () => {
    let host: Wire | null = null;
    const server = await BrowserServer.start({ assets: samplePage, onConnection: (wire) => (host = wire), port: 0 });
    dispose = () => server.close();
    const address = server.newAddress();
    const socket = await openSocket(address, await enter(address));
    socket.pause();
    if (host === null) throw new Error('no wire was opened');
    return {
      host,
      wake: () => {
        const wire = pageWire(socket);
        socket.resume();
        return wire;
      },
    };
  },
  'MessagePort (Electron)': () => {
    const { port1, port2 } = new FakeMessageChannelMain();
    dispose = () => Promise.resolve(port2.close());
    return Promise.resolve({ host: mainPortWire(port2), wake: () => portWire(pagePort(port1.raw)) });
  },
};

it.each(Object.entries(pages))('over a %s', async (_name, openPage) => {
  const { host, wake } = await openPage();
  const events = new Events();
  events.attach(host);
  const emit = events.emitter<FloodEvents>(spec);
  for (let index = 0; index < COUNT; index++) {
    emit('seen', { sum: 1, data });
    if (index % 100 === 0) emit('kept', { index });
  }
  expect(host.bufferedBytes()).toBeGreaterThan(MAX_BUFFERED_BYTES / 2); // the page really does not read
  expect(host.bufferedBytes()).toBeLessThan(MAX_BUFFERED_BYTES + 2 * data.byteLength);

  const page = new Connection(wake()).service<typeof spec, FloodEvents>(spec);
  let total = 0;
  const kept: number[] = [];
  page.on('kept', ({ index }) => kept.push(index));
  await new Promise<void>((resolve) => {
    page.on('seen', ({ sum }) => {
      total += sum;
      if (total === COUNT) resolve();
    });
  });
  expect(kept).toStrictEqual(Array.from({ length: COUNT / 100 }, (_x, index) => index * 100));
});

/** A page that does not read: over either wire events for the eye merge and stop piling up, and nothing of the sum is lost. */
import { afterEach, expect, it, vi } from 'vitest';
import { Connection } from '../../src-core/contract/client.ts';
import { portWire } from '../../src-core/contract/page-wires.ts';
import type { Wire } from '../../src-core/contract/wire.ts';
import { present } from '../../src-core/lib/assert.ts';
import { BrowserServer } from '../../src-main/host/browser/server.ts';
import { Events, MAX_BUFFERED_BYTES } from '../../src-main/rpc/events.ts';
import { mainPortWire } from '../../src-main/rpc/wire-port.ts';
import { enter, openSocket, pageWire, samplePage } from '../helpers/browser-client.ts';
import { FakeMessageChannelMain } from '../helpers/fake-electron.ts';
import { pagePort } from '../helpers/page-port.ts';
import { sampleService, serveSample, type SampleEvents } from '../helpers/sample-service.ts';

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

it('a page that asks and does not read is answered as it reads, and in the end all of it', async () => {
  const server = await BrowserServer.start({
    assets: samplePage,
    onConnection: (wire) => {
      host = wire;
      serveSample(wire, { isPaced: true });
    },
    port: 0,
  });
  dispose = () => server.close();
  let host: Wire | null = null;
  const address = server.newAddress();
  const socket = await openSocket(address, await enter(address));
  const page = new Connection(pageWire(socket)).service<typeof sampleService, SampleEvents>(sampleService);
  socket.pause();
  const value = new Uint8Array(400_000);
  const answers = Array.from({ length: 150 }, () => page.echo({ value })); // 60 MB
  const wire = present<Wire>(host, 'the wire of the page');
  await vi.waitFor(() => expect(wire.bufferedBytes()).toBeGreaterThan(2 * MAX_BUFFERED_BYTES), 10_000);
  for (let turn = 0; turn < 100; turn++) await new Promise(setImmediate);
  expect(wire.bufferedBytes()).toBeLessThan(2 * MAX_BUFFERED_BYTES + 2 * value.byteLength);
  socket.resume();
  expect((await Promise.all(answers)).every((answer) => (answer as Uint8Array).length === value.length)).toBe(true);
});

/** Only the page of our own window gets a port, and what it says reaches the services. reliability.md T15. */
import type { MessagePort as NodePort } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CONNECT_CHANNEL, PORT_MESSAGE } from '../../src-core/contract/bridge.ts';
import { Connection } from '../../src-core/contract/client.ts';
import { portWire } from '../../src-core/contract/page-wires.ts';
import type { FakeFrame } from '../helpers/fake-electron.ts';
import { pagePort } from '../helpers/page-port.ts';
import { sampleService, type SampleEvents } from '../helpers/sample-service.ts';
import { setUpShell, type Shell } from '../helpers/shell.ts';

let shell: Shell;
beforeEach(async () => {
  shell = setUpShell();
  await shell.ready();
});
afterEach(() => shell.dispose());

interface Sender {
  sender: { id: number };
  senderFrame: FakeFrame | null;
}
const page = (): Sender => ({ sender: shell.contents(), senderFrame: shell.contents().mainFrame });
const frameWith = (change: Partial<FakeFrame>): Sender => ({
  ...page(),
  senderFrame: { ...shell.contents().mainFrame, posted: [], ...change },
});

/** Ports that anybody was given for this message. */
function portsFor(sender: Sender, ...args: unknown[]): NodePort[] {
  shell.ipcMain.emit(CONNECT_CHANNEL, sender, ...args);
  return sender.senderFrame?.posted.flatMap(({ ports }) => ports) ?? [];
}

const strangers: Record<string, () => Sender> = {
  'a frame that is gone': () => ({ ...page(), senderFrame: null }),
  'a detached frame': () => frameWith({ detached: true }),
  'a frame inside the page': () => frameWith({ parent: {} }),
  'a page without an address': () => frameWith({ url: '' }),
  'about:blank': () => frameWith({ url: 'about:blank' }),
  'about:srcdoc': () => frameWith({ url: 'about:srcdoc' }),
  'another bundle': () => frameWith({ url: 'app://bundle.evil/' }),
  'another host of the scheme': () => frameWith({ url: 'app://evil/' }),
  https: () => frameWith({ url: 'https://bundle/' }),
  'a file': () => frameWith({ url: 'file:///index.html' }),
  'the developer tools': () => frameWith({ url: 'devtools://devtools/' }),
  'another window': () => ({ ...page(), sender: { id: 99 } }),
};
it.each(Object.entries(strangers))('%s gets no port', (_what, stranger) => {
  expect(portsFor(stranger(), 'nonce')).toStrictEqual([]);
  expect(shell.wires).toHaveLength(0);
});

it('the page gets none after it was led elsewhere', () => {
  shell.contents().mainFrame.url = 'https://example.com/';
  expect(portsFor(page(), 'nonce')).toStrictEqual([]);
});

it.each([
  ['nothing', []],
  ['null', [null]],
  ['a number', [1]],
  ['an object', [{ toString: () => 'nonce' }]],
  ['a list', [['nonce']]],
  ['a long text', ['x'.repeat(65)]],
  ['an argument too many', ['nonce', 'more']],
  ['a typed array', [new Uint8Array(8)]],
])('%s in place of the nonce gets no port', (_what, args) => {
  expect(portsFor(page(), ...args)).toStrictEqual([]);
});

describe('the page', () => {
  it('gets a port with its nonce, after the services got their end', () => {
    const [port] = portsFor(page(), 'nonce');
    expect(shell.contents().mainFrame.posted).toStrictEqual([
      { channel: PORT_MESSAGE, message: 'nonce', ports: [port] },
    ]);
    expect(shell.log.at(-1)).toBe('attach');
  });

  it('talks to the services over it, as often as it asks for one', async () => {
    for (const port of portsFor(page(), 'a').concat(portsFor(page(), 'b').slice(1))) {
      const connection = new Connection(portWire(pagePort(port)));
      const sample = connection.service<typeof sampleService, SampleEvents>(sampleService);
      expect(await sample.add({ a: 20, b: 22 })).toBe(42);
      connection.close();
    }
    expect(shell.wires).toHaveLength(2);
  });

  it('that went away in between is logged, and the services hear their end close', async () => {
    shell.contents().mainFrame.postMessage = (_channel, _message, transfer = []) => {
      (transfer[0] as { close(): void }).close(); // Electron takes the port before it finds the frame gone
      throw new Error('Render frame was disposed');
    };
    portsFor(page(), 'nonce');
    await new Promise<void>((resolve) => shell.wires[0]?.onClose(resolve));
    expect(shell.lines).toStrictEqual(['the page went away while it was connecting: Error: Render frame was disposed']);
  });
});

it('no other channel exists', () => {
  expect(shell.ipcMain.eventNames()).toStrictEqual([CONNECT_CHANNEL]);
});

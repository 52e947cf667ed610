/**
 * The built page in Chromium as if Electron had opened it: the built preload runs in front of it, its messages go to the real shell, the port it is
 * given is bridged, and every file comes from the shell's own app:// handler.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MessagePort as NodePort } from 'node:worker_threads';
import type { Page } from '@playwright/test';
import type { fakeElectron } from './fake-electron.ts';
import { projectRoot } from './run-script.ts';

/** https, so that the page is a secure context as under app://. */
export const STAND_IN_URL = 'https://app.bundle/index.html';

/** Runs in the page before anything else: electron as the sandboxed preload sees it, over the functions below. */
const electronInPage = (preload: string): string => `(() => {
  const listeners = {}, ends = [];
  const electron = {
    contextBridge: { exposeInMainWorld: (name, value) => { window[name] = value; } },
    ipcRenderer: { on: (channel, listener) => { (listeners[channel] ??= []).push(listener); }, send: (channel, ...args) => { window.__send(channel, args); } },
  };
  window.__deliver = (channel, message, index) => {
    const { port1, port2 } = new MessageChannel();
    ends[index] = port2;
    port2.onmessage = ({ data }) => window.__toHost(index, typeof data === 'number' ? data : btoa(Array.from(data, (byte) => String.fromCharCode(byte)).join('')));
    for (const listener of listeners[channel] ?? []) listener({ ports: [port1] }, message);
  };
  window.__fromHost = (index, text) => ends[index].postMessage(Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)));
  const require = (name) => { if (name !== 'electron') throw new Error(name); return electron; };
  ((require, module, exports) => { ${preload}
  })(require, { exports: {} }, {});
})();`;

interface Bridged {
  __deliver(channel: string, message: unknown, index: number): void;
  __fromHost(index: number, text: string): void;
}

export async function openStandIn(page: Page, fake: ReturnType<typeof fakeElectron>): Promise<void> {
  const contents = fake.windows[0]?.webContents;
  const serve = fake.handlers.get('app');
  if (!contents || !serve) throw new Error('the shell has not opened its window');
  const ports: NodePort[] = [];
  await page.exposeFunction('__send', (channel: string, args: unknown[]) => {
    fake.ipcMain.emit(channel, { sender: contents, senderFrame: contents.mainFrame }, ...args);
  });
  await page.exposeFunction('__toHost', (index: number, message: string | number) => {
    // Binary frames cross as base64, acknowledgements as the numbers they are.
    ports[index]?.postMessage(typeof message === 'number' ? message : new Uint8Array(Buffer.from(message, 'base64')));
  });
  const original = contents.mainFrame.postMessage.bind(contents.mainFrame);
  contents.mainFrame.postMessage = (channel, message, transfer) => {
    original(channel, message, transfer);
    const port = contents.mainFrame.posted.at(-1)?.ports[0];
    if (!port) throw new Error('the shell posted no port');
    const index = ports.push(port) - 1;
    port.on('message', (frame: Uint8Array) => {
      const text = Buffer.from(frame).toString('base64');
      if (page.isClosed()) return;
      const delivered = page.evaluate(([i, t]) => (globalThis as unknown as Bridged).__fromHost(i, t), [
        index,
        text,
      ] as const);
      delivered.catch(() => port.close()); // the page has just gone, and with it its end of the port
    });
    void page.evaluate(([c, m, i]) => (globalThis as unknown as Bridged).__deliver(c, m, i), [
      channel,
      message,
      index,
    ] as const);
  };
  await page.addInitScript({
    content: electronInPage(readFileSync(join(projectRoot, 'out', 'preload', 'preload.cjs'), 'utf8')),
  });
  await page.route('https://app.bundle/**', async (route) => {
    const response = serve(new Request(`app://bundle${new URL(route.request().url()).pathname}`));
    const headers = Object.fromEntries(response.headers);
    await route.fulfill({ status: response.status, headers, body: Buffer.from(await response.arrayBuffer()) });
  });
  await page.goto(STAND_IN_URL);
}

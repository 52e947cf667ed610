/** The built preload is one script that Electron's sandbox can run, and it gives the page one function. */
import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { CONNECT_CHANNEL, PORT_MESSAGE } from '../../src-core/contract/bridge.ts';
import { projectRoot } from '../helpers/run-script.ts';

/** `npm run build` makes it. */
const script = readFileSync(join(projectRoot, 'out', 'preload', 'preload.cjs'), 'utf8');

/** Runs it as the sandbox does: `require` knows electron and three modules of Node's, and there is no other way out. */
function load() {
  const required: string[] = [];
  const exposed = new Map<string, Record<string, unknown>>();
  const sent: unknown[][] = [];
  const posted: unknown[][] = [];
  const ipcRenderer = Object.assign(new EventEmitter(), { send: (...args: unknown[]) => sent.push(args) });
  const electron = {
    contextBridge: { exposeInMainWorld: (name: string, value: Record<string, unknown>) => exposed.set(name, value) },
    ipcRenderer,
  };
  const require = (name: string): unknown => {
    required.push(name);
    if (name !== 'electron') throw new Error(`module not found: ${name}`);
    return electron;
  };
  const window = { postMessage: (...args: unknown[]) => posted.push(args) };
  runInNewContext(script, { require, module: { exports: {} }, exports: {}, window });
  return { required, exposed, sent, posted, ipcRenderer };
}

it('is a plain script that requires electron and nothing else', () => {
  expect(script).not.toMatch(/^\s*(import|export)\s/m);
  expect(load().required).toStrictEqual(['electron']);
});

it("gives the page one object with its kind and one function, none of them Electron's own", () => {
  const { exposed, ipcRenderer } = load();
  const bridge = exposed.get('netloom') ?? {};
  expect([[...exposed.keys()], Object.keys(bridge), bridge['kind'], typeof bridge['connect']]).toStrictEqual([
    ['netloom'],
    ['kind', 'connect'],
    'electron',
    'function',
  ]);
  expect(Object.values(bridge)).not.toContain(ipcRenderer.send);
});

it('asks for a port with a text, whatever the page gives it, and lets no event object through', () => {
  const { exposed, sent } = load();
  const connect = exposed.get('netloom')?.['connect'] as (nonce: unknown, more: unknown) => unknown;
  expect(connect({ toString: () => 'nonce' }, 'more')).toBeUndefined();
  expect(sent).toStrictEqual([[CONNECT_CHANNEL, 'nonce']]);
});

it('hands the port on to its own window, with the nonce', () => {
  const { ipcRenderer, posted } = load();
  const port = {};
  ipcRenderer.emit(PORT_MESSAGE, { ports: [port], sender: 'secret' }, 'nonce');
  // Compared as text: the values come from another context, whose Object is not ours.
  expect(JSON.stringify(posted)).toBe(JSON.stringify([[{ type: PORT_MESSAGE, nonce: 'nonce' }, '*', [{}]]]));
  expect((posted[0]?.[2] as unknown[])[0]).toBe(port);
});

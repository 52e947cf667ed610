/** Every pair of wire ends the app has, each made of the real parts, for suites that must hold over all of them. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { portWire } from '../../src-core/contract/page-wires.ts';
import type { Wire } from '../../src-core/contract/wire.ts';
import { BrowserServer } from '../../src-main/host/browser/server.ts';
import { mainPortWire } from '../../src-main/rpc/wire-port.ts';
import { childWire } from '../../src-main/rpc/wire-process.ts';
import { enter, openSocket, pageWire, samplePage } from './browser-client.ts';
import { FakeMessageChannelMain } from './fake-electron.ts';
import { pagePort } from './page-port.ts';

export interface WirePair {
  /** The end that calls. */
  readonly near: Wire;
  /** Ends everything that was started for the pair. */
  dispose(): Promise<void>;
}
/** Gives the far end to `serveFar` and answers with the near one. */
export type MakePair = (serveFar: (wire: Wire) => void) => Promise<WirePair>;

const socketPair: MakePair = async (serveFar) => {
  const server = await BrowserServer.start({ assets: samplePage, onConnection: serveFar, port: 0 });
  const address = server.newAddress();
  const socket = await openSocket(address, await enter(address));
  return {
    near: pageWire(socket),
    dispose: () => server.close(),
  };
};

const portPair: MakePair = (serveFar) => {
  const { port1, port2 } = new FakeMessageChannelMain();
  serveFar(mainPortWire(port2));
  const page = port1.raw; // what Electron makes of it on the page's side: a port with addEventListener
  const closed = once(page, 'close');
  const near = portWire(pagePort(page));
  return Promise.resolve({
    near,
    dispose: async () => {
      port2.close();
      await closed;
    },
  });
};

/** The far end lives in a process of its own and serves the sample service itself. */
const processPair: MakePair = () => {
  const child = fork(join(import.meta.dirname, 'sample-process.ts'), [], {
    serialization: 'advanced',
    stdio: 'inherit',
    execArgv: [],
  });
  const exited = once(child, 'exit');
  return Promise.resolve({
    near: childWire(child),
    dispose: async () => {
      child.kill();
      await exited;
    },
  });
};

export const wirePairs: Readonly<Record<string, MakePair>> = {
  'WebSocket (browser host)': socketPair,
  'MessagePort (Electron)': portPair,
  'process channel (engine)': processPair,
};

/** Opens the wire to the host: a MessagePort handed over by Electron's preload, or a WebSocket to the server this page came from. */
import { BRIDGE_NAME, PORT_MESSAGE, SOCKET_PATH, type Bridge } from '../../src-core/contract/bridge.ts';
import { portWire, socketWire } from '../../src-core/contract/page-wires.ts';
import type { Wire } from '../../src-core/contract/wire.ts';

function isBridge(value: unknown): value is Bridge {
  return typeof value === 'object' && value !== null && 'connect' in value && typeof value.connect === 'function';
}

function bridgeOf(page: Window): Bridge | null {
  const bridge: unknown = Reflect.get(page, BRIDGE_NAME);
  return isBridge(bridge) ? bridge : null;
}

function openPort(bridge: Bridge): Promise<Wire> {
  const nonce = crypto.randomUUID();
  return new Promise((resolve) => {
    const receive = (event: MessageEvent<unknown>): void => {
      const { data } = event;
      const [port] = event.ports;
      const isOurs = typeof data === 'object' && data !== null && 'nonce' in data && data.nonce === nonce;
      if (event.source !== window || !isOurs || port === undefined) return;
      if (!('type' in data) || data.type !== PORT_MESSAGE) return;
      window.removeEventListener('message', receive);
      resolve(portWire(port));
    };
    window.addEventListener('message', receive); // listen before asking
    bridge.connect(nonce);
  });
}

function openSocket(): Promise<Wire> {
  const socket = new WebSocket(new URL(SOCKET_PATH, location.href.replace(/^http/, 'ws')));
  socket.binaryType = 'arraybuffer';
  return new Promise((resolve, reject) => {
    socket.addEventListener('open', () => resolve(socketWire(socket)), { once: true });
    socket.addEventListener('error', () => reject(new Error('the socket could not be opened')), { once: true });
  });
}

export function openWire(): Promise<Wire> {
  const bridge = bridgeOf(window);
  return bridge === null ? openSocket() : openPort(bridge);
}

/** What the preload script and the page agree on in Electron, and the page and the loopback server in the browser host. */

/** The preload's one object, `window.netloom`; the browser host has none. */
export interface Bridge {
  readonly kind: 'electron';
  /** Asks for a port; it arrives as a window message `{ type: PORT_MESSAGE, nonce }` that carries it. Listen before asking. */
  connect(nonce: string): void;
}

export const BRIDGE_NAME = 'netloom';
export const PORT_MESSAGE = 'netloom:port';
/** Inter-process channel behind `connect`. */
export const CONNECT_CHANNEL = 'netloom:connect';
/** Path of the WebSocket in the browser host. */
export const SOCKET_PATH = '/ws';

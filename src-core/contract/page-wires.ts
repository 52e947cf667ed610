/** The page's end of both wires. The types name only what is used, so that the same code runs in the page and in tests under Node. */
import { Inbox } from './inbox.ts';
import { PieceJoiner, sendInPieces } from './pieces.ts';
import type { Wire } from './wire.ts';

/** What is used of a MessagePort. */
export interface PortEnd {
  postMessage(message: Uint8Array | number): void;
  addEventListener(type: 'message', listener: (event: { data: unknown }) => void): void;
  addEventListener(type: 'close', listener: () => void): void;
  start(): void;
  close(): void;
}

/** What is used of an open WebSocket whose `binaryType` is 'arraybuffer'. */
export interface SocketEnd {
  readonly bufferedAmount: number;
  send(message: string | Uint8Array<ArrayBuffer>): void;
  addEventListener(type: 'message', listener: (event: { data: unknown }) => void): void;
  addEventListener(type: 'close', listener: () => void): void;
  close(): void;
}

/**
 * The page's wire in Electron. The frame is copied by the port (a transfer list would deliver null to the main process). A port cannot tell the
 * sender what is still unread, so each frame is acknowledged with its length.
 * @param port keep a reference to the wire: a port nobody holds is collected, and that closes it
 */
export function portWire(port: PortEnd): Wire {
  const inbox = new Inbox();
  port.addEventListener('message', ({ data }) => {
    if (!(data instanceof Uint8Array)) return;
    port.postMessage(data.byteLength);
    inbox.receive(data);
  });
  port.addEventListener('close', () => inbox.closed());
  port.start();
  return {
    post: (frame) => port.postMessage(frame),
    onFrame: (listener) => inbox.listen(listener),
    onClose: (listener) => inbox.onClose(listener),
    close: () => port.close(),
    bufferedBytes: () => 0,
  };
}

/** The page's wire in the browser host. */
export function socketWire(socket: SocketEnd): Wire {
  const inbox = new Inbox();
  const joiner = new PieceJoiner();
  socket.addEventListener('message', ({ data }) => {
    const frame = joiner.push(data instanceof ArrayBuffer ? new Uint8Array(data) : String(data));
    if (frame) inbox.receive(frame);
  });
  socket.addEventListener('close', () => inbox.closed());
  return {
    post: (frame) =>
      sendInPieces(frame, (message) => socket.send(typeof message === 'string' ? message : owned(message))),
    onFrame: (listener) => inbox.listen(listener),
    onClose: (listener) => inbox.onClose(listener),
    close: () => socket.close(),
    bufferedBytes: () => socket.bufferedAmount,
  };
}

/** Sockets take bytes of an ordinary buffer; frames never lie in a shared one, so the copy never happens. */
function owned(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return bytes.buffer instanceof ArrayBuffer ? (bytes as Uint8Array<ArrayBuffer>) : new Uint8Array(bytes);
}

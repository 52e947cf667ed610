/** The host's end of the page's MessagePort in Electron. The type names only what is used of MessagePortMain; nothing here imports electron. */
import { Inbox } from '../../src-core/contract/inbox.ts';
import type { Wire } from '../../src-core/contract/wire.ts';

export interface MainPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
  start(): void;
  close(): void;
}

/** The page acknowledges each frame with its length: what is not acknowledged lies unread in the port. */
export function mainPortWire(port: MainPort): Wire {
  const inbox = new Inbox();
  let unreadBytes = 0;
  port.on('message', ({ data }) => {
    if (data instanceof Uint8Array) inbox.receive(data);
    else if (Number.isSafeInteger(data)) unreadBytes = Math.max(0, unreadBytes - Number(data));
  });
  port.on('close', () => inbox.closed());
  port.start(); // messages queue up in a MessagePortMain until then
  return {
    post: (frame) => {
      unreadBytes += frame.byteLength;
      port.postMessage(frame);
    },
    onFrame: (listener) => inbox.listen(listener),
    onClose: (listener) => inbox.onClose(listener),
    close: () => {
      port.close();
      inbox.closed();
    },
    bufferedBytes: () => unreadBytes,
  };
}

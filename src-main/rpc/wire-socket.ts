/** The host's end of the page's WebSocket: pieces joined, floods and stalled readers cut off. */
import type { RawData, WebSocket } from 'ws';
import { Inbox } from '../../src-core/contract/inbox.ts';
import { PieceJoiner } from '../../src-core/contract/pieces.ts';
import type { Wire } from '../../src-core/contract/wire.ts';
import { AppError } from '../../src-core/lib/errors.ts';
import { MAX_BUFFERED_BYTES } from './events.ts';

/** A page sends a few messages a second, and a big upload some hundred. */
const MAX_MESSAGES_PER_SECOND = 5_000;
const STALL_CHECK_MS = 5_000;
const STALL_LIMIT_MS = 30_000;

const closeCodes = { protocolError: 1002, policyViolation: 1008, tryAgainLater: 1013, goingAway: 1001 } as const;

/** Counts messages in the running second. */
class RateGuard {
  #second = 0;
  #count = 0;

  isExceeded(nowMs: number): boolean {
    const second = Math.floor(nowMs / 1_000);
    if (second !== this.#second) this.#count = 0;
    this.#second = second;
    return ++this.#count > MAX_MESSAGES_PER_SECOND;
  }
}

/** Closes a socket whose reader has left more than the allowed bytes unread for too long. */
function watchForStall(socket: WebSocket): void {
  let stalledSince: number | null = null;
  const timer = setInterval(() => {
    if (socket.bufferedAmount <= MAX_BUFFERED_BYTES) stalledSince = null;
    else stalledSince ??= performance.now();
    if (stalledSince === null || performance.now() - stalledSince < STALL_LIMIT_MS) return;
    socket.close(closeCodes.tryAgainLater);
    socket.terminate(); // its close frame would wait behind the unread bytes
  }, STALL_CHECK_MS);
  socket.on('close', () => clearInterval(timer));
}

const bytesOf = (data: RawData): Uint8Array => {
  if (Array.isArray(data)) return Buffer.concat(data);
  return data instanceof ArrayBuffer ? new Uint8Array(data) : data;
};

export function serverSocketWire(socket: WebSocket): Wire {
  const inbox = new Inbox();
  const joiner = new PieceJoiner();
  const rate = new RateGuard();

  const receive = (data: RawData, isBinary: boolean): void => {
    if (rate.isExceeded(performance.now())) {
      socket.close(closeCodes.policyViolation);
      return;
    }
    try {
      const frame = joiner.push(isBinary ? bytesOf(data) : String(data));
      if (frame) inbox.receive(frame);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      socket.close(closeCodes.protocolError);
    }
  };
  socket.on('message', (data, isBinary) => {
    if (socket.readyState === socket.OPEN) receive(data, isBinary);
  });
  socket.on('error', () => socket.terminate()); // ws names protocol errors and oversize here, after having answered them
  socket.on('close', () => inbox.closed());
  watchForStall(socket);
  return {
    post: (frame) => socket.send(frame),
    onFrame: (listener) => inbox.listen(listener),
    onClose: (listener) => inbox.onClose(listener),
    close: () => socket.close(closeCodes.goingAway),
    bufferedBytes: () => socket.bufferedAmount,
    setReading: (isReading) => (isReading ? socket.resume() : socket.pause()),
  };
}

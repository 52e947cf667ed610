/** HTTP as bytes over a socket: what no well-behaved client would send can be sent, and the answer is read as it came. */
import { connect } from 'node:net';

export interface RawAnswer {
  readonly status: number;
  readonly text: string;
}

/**
 * Sends bytes, keeps the connection open on this side, and answers with what came back until the server closed, or until a whole head and
 * `untilHead` are there. Status 0: closed without an answer.
 */
export function sendRaw(
  port: number,
  bytes: string,
  { untilHead = false, timeoutMs = 20_000 } = {},
): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    let text = '';
    const finish = (): void => {
      socket.destroy();
      resolve({ status: Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0), text });
    };
    const timer = setTimeout(() => reject(new Error(`no end of the answer after ${timeoutMs} ms: ${text}`)), timeoutMs);
    socket.on('close', () => {
      clearTimeout(timer);
      finish();
    });
    socket.on('error', finish); // reset by the server: what came until then is the answer
    socket.on('data', (data) => {
      text += data.toString('latin1');
      if (untilHead && text.includes('\r\n\r\n')) finish();
    });
    socket.write(bytes, 'latin1');
  });
}

export interface RawRequest {
  readonly method?: string;
  readonly target?: string;
  readonly version?: string;
  /** Lines as they are; null leaves the header out. */
  readonly host?: string | null;
  readonly headers?: readonly string[];
}

/** The bytes of one request whose connection ends with the answer. */
export function requestBytes({
  method = 'GET',
  target = '/',
  version = '1.1',
  host = null,
  headers = [],
}: RawRequest): string {
  const lines = [`${method} ${target} HTTP/${version}`, ...(host === null ? [] : [`Host: ${host}`]), ...headers];
  return `${lines.join('\r\n')}\r\n\r\n`;
}

/** The headers of a WebSocket handshake as RFC 6455 gives them. */
export const handshake = [
  'Connection: Upgrade',
  'Upgrade: websocket',
  'Sec-WebSocket-Version: 13',
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
];

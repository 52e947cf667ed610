/** The loopback server of the browser host: serves the built page and one WebSocket, to the person's own browser and nobody else. */
import { createServer, STATUS_CODES, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Wire } from '../../../src-core/contract/wire.ts';
import { assert } from '../../../src-core/lib/assert.ts';
import { serverSocketWire } from '../../rpc/wire-socket.ts';
import { securityHeaders, type Assets } from '../assets.ts';
import { hasOwnOrigin, hasOwnTarget, isFromOwnPage, ownHost } from './guards.ts';
import { watchHeartbeat } from './heartbeat.ts';
import { makeRoutes, type Route } from './routes.ts';
import { Session } from './session.ts';

const LOOPBACK = '127.0.0.1';
/** Slow clients are cut off: reliability.md T22. */
const limits = {
  headersTimeout: 5_000,
  requestTimeout: 15_000,
  connectionsCheckingInterval: 1_000,
  keepAliveTimeout: 5_000,
} as const;
/** A request that neither side goes on with: whoever fetched a file and does not read it. */
const IDLE_MS = 15_000;
const MAX_CONNECTIONS = 600;
/** Each may leave some megabytes unread. */
const MAX_PAGES = 32;
const MAX_MESSAGE_BYTES = 2 ** 20;

const status = {
  seeOther: 303,
  badRequest: 400,
  unauthorized: 401,
  forbidden: 403,
  notFound: 404,
  notAllowed: 405,
  tooMany: 429,
  unavailable: 503,
} as const;
type Refusal = Exclude<(typeof status)[keyof typeof status], 303>;
const refusalTexts: Record<Refusal, string> = {
  400: 'Expected a WebSocket handshake.',
  401: 'This browser was not let in. Open the address that Netloom printed; each address works once. Press Enter in the terminal for a new one.',
  403: 'Refused: the request does not come from the page of this Netloom.',
  404: 'Not found.',
  405: 'Only GET and HEAD are answered here.',
  503: 'Netloom is open in too many tabs. Close some of them.',
  429: 'Too many wrong addresses were tried. Wait a minute, then open the one that Netloom printed.',
};

export interface BrowserServerOptions {
  readonly assets: Assets;
  readonly onConnection: (wire: Wire) => void;
  /** 0 takes any free port. */
  readonly port: number;
}

export class BrowserServer {
  readonly #server: Server;
  readonly #sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES, perMessageDeflate: false });
  readonly #session = new Session();
  readonly #onConnection: (wire: Wire) => void;
  readonly routes: ReadonlyMap<string, Route>;
  #port = 0;

  private constructor({ assets, onConnection }: BrowserServerOptions) {
    this.#onConnection = onConnection;
    this.routes = makeRoutes(assets);
    // requireHostHeader off: a missing Host is for our own check to refuse, like any other wrong one.
    this.#server = createServer({ ...limits, requireHostHeader: false }, (request, response) =>
      this.#answer(request, response),
    );
    this.#server.maxConnections = MAX_CONNECTIONS;
    this.#server.timeout = IDLE_MS;
    this.#server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) =>
      this.#upgrade(request, socket, head),
    );
    watchHeartbeat(this.#sockets);
  }

  /** Listens on 127.0.0.1; rejects with the system's error when the port is taken. */
  static async start(options: BrowserServerOptions): Promise<BrowserServer> {
    const server = new BrowserServer(options);
    await new Promise<void>((resolve, reject) => {
      server.#server.once('error', reject);
      server.#server.listen(options.port, LOOPBACK, resolve);
    });
    const address = server.#server.address();
    assert(typeof address === 'object' && address !== null, 'a listening server has a port');
    server.#port = address.port;
    return server;
  }

  get port(): number {
    return this.#port;
  }

  /** An address that opens the app once, in one browser. */
  newAddress(): string {
    return `http://${LOOPBACK}:${this.#port}/?token=${this.#session.issueToken()}`;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets.clients) socket.close(1001);
    this.#sockets.close();
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    for (const socket of this.#sockets.clients) socket.terminate();
    await closed;
  }

  /** The refusal for what concerns the request as such, or the host name it was made to. */
  #checkSender(request: IncomingMessage, isUpgrade: boolean): { host: string; path: string } | null {
    const host = ownHost(request, this.#port);
    if (host === null || !hasOwnTarget(request)) return null;
    const path = (request.url ?? '').split('?', 1)[0] ?? '';
    const isPage = this.routes.get(path)?.isPage ?? false;
    if (!hasOwnOrigin(request, host, isUpgrade) || !isFromOwnPage(request, isPage)) return null;
    return { host, path };
  }

  #isLetIn(request: IncomingMessage): boolean {
    return this.#session.isLetIn(request.headers.cookie, this.#port);
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const sender = this.#checkSender(request, false);
    if (sender === null) return refuse(response, status.forbidden);
    const route = this.routes.get(sender.path);
    if (route?.guard === 'entrance' && this.#enter(request, response)) return;
    if (!this.#isLetIn(request)) return refuse(response, status.unauthorized);
    if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(response, status.notAllowed);
    if (route === undefined) return refuse(response, status.notFound);
    if (route.kind === 'socket') return refuse(response, status.badRequest);
    const { type, body } = route.asset;
    response.writeHead(200, { ...securityHeaders, 'content-type': type, 'content-length': body.byteLength });
    response.end(request.method === 'HEAD' ? undefined : body);
  }

  /** Exchanges a token for the cookie and sends the browser on to the bare address, so that the token stays in no history. */
  #enter(request: IncomingMessage, response: ServerResponse): boolean {
    const token = new URLSearchParams((request.url ?? '').split('?')[1] ?? '').get('token');
    if (token === null || request.method !== 'GET') return false;
    const isRedeemed = this.#session.redeem(token);
    if (!isRedeemed && !this.#isLetIn(request)) {
      if (!this.#session.isLimited) return false;
      refuse(response, status.tooMany);
      return true;
    }
    const cookie = isRedeemed ? { 'set-cookie': this.#session.setCookie(this.#port) } : {};
    response.writeHead(status.seeOther, { ...securityHeaders, ...cookie, location: '/' }).end();
    return true;
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => socket.destroy()); // a client that goes away in the middle of its handshake
    const sender = this.#checkSender(request, true);
    if (sender === null) return refuseUpgrade(socket, status.forbidden);
    if (!this.#isLetIn(request)) return refuseUpgrade(socket, status.unauthorized);
    if (this.routes.get(sender.path)?.kind !== 'socket') return refuseUpgrade(socket, status.notFound);
    if (this.#sockets.clients.size >= MAX_PAGES) return refuseUpgrade(socket, status.unavailable);
    this.#sockets.handleUpgrade(request, socket, head, (opened: WebSocket) => this.#opened(opened, request));
  }

  #opened(socket: WebSocket, request: IncomingMessage): void {
    this.#sockets.emit('connection', socket, request);
    this.#onConnection(serverSocketWire(socket));
  }
}

/** The body, where there is one, is not read: the connection ends with the answer. */
function refuse(response: ServerResponse, code: Refusal): void {
  const text = `${refusalTexts[code]}\n`;
  response.writeHead(code, {
    ...securityHeaders,
    'content-type': 'text/plain; charset=utf-8',
    'content-length': Buffer.byteLength(text),
    connection: 'close',
    ...(code === status.notAllowed ? { allow: 'GET, HEAD' } : {}),
  });
  response.end(text);
}

function refuseUpgrade(socket: Duplex, code: Refusal): void {
  socket.end(`HTTP/1.1 ${code} ${STATUS_CODES[code]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`, () =>
    socket.destroy(),
  );
}

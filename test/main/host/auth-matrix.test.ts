/** Nobody but the person's own browser gets an answer from the loopback server: every route against every wrong host, origin and token. */
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Wire } from '../../../src-core/contract/wire.ts';
import { BrowserServer } from '../../../src-main/host/browser/server.ts';
import { enter, openSocket, samplePage } from '../../helpers/browser-client.ts';
import { handshake, requestBytes, sendRaw, type RawRequest } from '../../helpers/raw-http.ts';

let server: BrowserServer;
let cookie: string;
let port: number;
const connections: Wire[] = [];

beforeAll(async () => {
  server = await BrowserServer.start({ assets: samplePage, onConnection: (wire) => connections.push(wire), port: 0 });
  cookie = await enter(server.newAddress());
  ({ port } = server);
});
afterAll(() => server.close());

/** What the owner's browser would send to this route. */
const properRequest = (path: string): Required<Pick<RawRequest, 'target' | 'host'>> & { headers: string[] } => {
  const isSocket = server.routes.get(path)?.kind === 'socket';
  const upgrade = isSocket ? [...handshake, `Origin: http://127.0.0.1:${port}`] : ['Connection: close'];
  return { target: path, host: `127.0.0.1:${port}`, headers: [`Cookie: ${cookie}`, ...upgrade] };
};
const paths = (): string[] => [...server.routes.keys()];
const statusOf = async (request: RawRequest): Promise<number> =>
  (await sendRaw(port, requestBytes(request), { untilHead: true })).status;
const opened = (path: string): number => (server.routes.get(path)?.kind === 'socket' ? 101 : 200);

/** The same change to the proper request of every route, and the statuses it gives. */
async function onEveryRoute(
  change: (request: ReturnType<typeof properRequest>) => RawRequest,
): Promise<Record<string, number>> {
  const entries = paths().map(async (path) => [path, await statusOf(change(properRequest(path)))] as const);
  return Object.fromEntries(await Promise.all(entries));
}
const allRefused = (status: number): Record<string, number> =>
  Object.fromEntries(paths().map((path) => [path, status]));
const allOpened = (): Record<string, number> => Object.fromEntries(paths().map((path) => [path, opened(path)]));

it.skipIf(process.platform !== 'linux')('listens on 127.0.0.1 only', () => {
  const local = readFileSync('/proc/net/tcp', 'utf8');
  const hexPort = port.toString(16).toUpperCase().padStart(4, '0');
  const listening = local.split('\n').filter((line) => line.includes(`:${hexPort} 00000000:0000 0A`));
  expect(listening.map((line) => line.trim().split(/\s+/)[1])).toStrictEqual([`0100007F:${hexPort}`]);
});

it('every route answers the owner, under each of its three names', async () => {
  for (const name of ['127.0.0.1', 'localhost', '[::1]', 'LOCALHOST']) {
    const host = `${name}:${port}`;
    const answers = await onEveryRoute((request) => ({
      ...request,
      host,
      headers: request.headers.map((line) =>
        line.startsWith('Origin') ? `Origin: http://${host.toLowerCase()}` : line,
      ),
    }));
    expect(answers).toStrictEqual(allOpened());
  }
});

describe('Host', () => {
  const wrongHosts: Record<string, (p: number) => string | null> = {
    'another site': () => 'evil.com',
    'another site with our port': (p) => `evil.com:${p}`,
    'our address as a prefix': (p) => `127.0.0.1.evil.com:${p}`,
    'localhost as a prefix': (p) => `localhost.evil.com:${p}`,
    'a name below localhost': (p) => `app.localhost:${p}`,
    'no port': () => '127.0.0.1',
    'localhost without port': () => 'localhost',
    'another port': (p) => `127.0.0.1:${p + 1}`,
    'our port and more': (p) => `127.0.0.1:${p}0`,
    'port with a plus sign': (p) => `127.0.0.1:+${p}`,
    'port with a zero in front': (p) => `127.0.0.1:0${p}`,
    'all interfaces': (p) => `0.0.0.0:${p}`,
    'another loopback address': (p) => `127.0.0.2:${p}`,
    'a short form': (p) => `127.1:${p}`,
    'a number': (p) => `2130706433:${p}`,
    hexadecimal: (p) => `0x7f.0.0.1:${p}`,
    octal: (p) => `0177.0.0.1:${p}`,
    'mapped IPv6': (p) => `[::ffff:127.0.0.1]:${p}`,
    'IPv6 written out': (p) => `[0:0:0:0:0:0:0:1]:${p}`,
    'any IPv6': (p) => `[::]:${p}`,
    'IPv6 without brackets': (p) => `::1:${p}`,
    'a dot at the end': (p) => `localhost.:${p}`,
    empty: () => '',
    missing: () => null,
    'a list': (p) => `127.0.0.1:${p}, evil.com`,
    'a list with a space': (p) => `127.0.0.1:${p} evil.com`,
    credentials: (p) => `evil@127.0.0.1:${p}`,
    'a path': (p) => `127.0.0.1:${p}/`,
    'a scheme': (p) => `http://127.0.0.1:${p}`,
    'a star': () => '*',
    'the name of the machine': (p) => `${hostname()}:${p}`,
    'full-width digits': (p) => `\u00b927.0.0.1:${p}`,
  };
  it.each(Object.entries(wrongHosts))('%s is refused on every route', async (_what, host) => {
    expect(await onEveryRoute((request) => ({ ...request, host: host(port) }))).toStrictEqual(allRefused(403));
  });

  it('two headers are refused, whichever comes first', async () => {
    for (const pair of [
      ['evil.com', `127.0.0.1:${port}`],
      [`127.0.0.1:${port}`, 'evil.com'],
    ]) {
      const [host = '', second] = pair;
      const twice = await onEveryRoute((request) => ({
        ...request,
        host,
        headers: [`Host: ${second}`, ...request.headers],
      }));
      expect(Object.values(twice).every((status) => status === 403 || status === 400)).toBe(true);
    }
  });

  it('HTTP/1.0 without Host is refused', async () => {
    expect(await statusOf({ version: '1.0', headers: [`Cookie: ${cookie}`] })).toBe(403);
  });

  it.each(['http://evil.com/', 'https://127.0.0.1/', '*', '//evil.com/', 'evil.com:80'])(
    'the target %s is refused even with the right Host',
    async (target) => {
      const status = await statusOf({ ...properRequest('/'), target });
      expect([400, 403]).toContain(status);
    },
  );
});

describe('Origin and Fetch metadata', () => {
  const wrongOrigins: Record<string, (p: number) => string> = {
    'another site': () => 'http://evil.com',
    null: () => 'null',
    'another port': (p) => `http://127.0.0.1:${p + 1}`,
    'another name of this machine': (p) => `http://localhost:${p}`,
    https: (p) => `https://127.0.0.1:${p}`,
    'our origin as a prefix': (p) => `http://127.0.0.1:${p}.evil.com`,
    'our origin and a digit': (p) => `http://127.0.0.1:${p}9`,
    'our origin as a suffix': (p) => `http://evil.com/http://127.0.0.1:${p}`,
    'a path': (p) => `http://127.0.0.1:${p}/`,
    capitals: (p) => `HTTP://127.0.0.1:${p}`,
    credentials: (p) => `http://evil@127.0.0.1:${p}`,
    'no port': () => 'http://127.0.0.1',
    empty: () => '',
    'a file': () => 'file://',
    'an extension': () => 'chrome-extension://abcdefghijklmnop',
    'a list': (p) => `http://127.0.0.1:${p} http://evil.com`,
  };
  it.each(Object.entries(wrongOrigins))('the origin "%s" is refused on every route', async (_what, origin) => {
    const answers = await onEveryRoute((request) => ({
      ...request,
      headers: [...request.headers.filter((line) => !line.startsWith('Origin')), `Origin: ${origin(port)}`],
    }));
    expect(answers).toStrictEqual(allRefused(403));
  });

  it('an upgrade without an origin, or with two, is refused', async () => {
    const proper = properRequest('/ws');
    const without = proper.headers.filter((line) => !line.startsWith('Origin'));
    expect(await statusOf({ ...proper, headers: without })).toBe(403);
    expect(await statusOf({ ...proper, headers: [...proper.headers, `Origin: http://127.0.0.1:${port}`] })).toBe(403);
  });

  it.each(['cross-site', 'same-site', 'SAME-ORIGIN', 'same-origin, cross-site', ''])(
    'Sec-Fetch-Site "%s" is refused on every route',
    async (site) => {
      const answers = await onEveryRoute((request) => ({
        ...request,
        headers: [...request.headers, `Sec-Fetch-Site: ${site}`],
      }));
      expect(answers).toStrictEqual(allRefused(403));
    },
  );

  it('Sec-Fetch-Site "none" (typed by the person) opens the page and nothing else', async () => {
    const answers = await onEveryRoute((request) => ({
      ...request,
      headers: [...request.headers, 'Sec-Fetch-Site: none'],
    }));
    expect(answers).toStrictEqual({ ...allRefused(403), '/': 200 });
  });

  it.each(['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'])(
    '%s without our origin is 403, with it 405, and its body is never read',
    async (method) => {
      const body = ['Content-Length: 1000000', 'Content-Type: text/plain']; // announced, never sent
      const forged = {
        ...properRequest('/'),
        method,
        headers: [`Cookie: ${cookie}`, ...body, 'Origin: http://evil.com'],
      };
      const bare = { ...forged, headers: [`Cookie: ${cookie}`, ...body] };
      const own = { ...forged, headers: [`Cookie: ${cookie}`, ...body, `Origin: http://127.0.0.1:${port}`] };
      expect(await Promise.all([forged, bare, own].map(statusOf))).toStrictEqual([403, 403, 405]);
    },
  );

  it('no answer ever carries a header of cross-origin sharing, and every one carries the security headers', async () => {
    const cases: RawRequest[] = [
      properRequest('/'),
      { ...properRequest('/'), host: 'evil.com' },
      { ...properRequest('/nothing') },
      { ...properRequest('/'), headers: ['Connection: close'] },
      {
        ...properRequest('/'),
        method: 'OPTIONS',
        headers: [
          'Origin: http://evil.com',
          'Access-Control-Request-Method: POST',
          'Access-Control-Request-Private-Network: true',
        ],
      },
    ];
    for (const request of cases) {
      const { text } = await sendRaw(port, requestBytes(request), { untilHead: true });
      expect(text.toLowerCase()).not.toContain('access-control-');
      for (const header of [
        'content-security-policy',
        'nosniff',
        'no-referrer',
        'no-store',
        'same-origin',
        'require-corp',
      ]) {
        expect(text.toLowerCase()).toContain(header);
      }
    }
  });
});

describe('token and cookie', () => {
  const withCookie = (value: string | null) => (request: ReturnType<typeof properRequest>) => ({
    ...request,
    headers: [
      ...request.headers.filter((line) => !line.startsWith('Cookie')),
      ...(value === null ? [] : [`Cookie: ${value}`]),
    ],
  });
  const changeLast = (text: string): string => text.slice(0, -1) + (text.endsWith('A') ? 'B' : 'A');

  const wrongCookies: Record<string, () => Promise<string | null> | string | null> = {
    'no cookie': () => null,
    'an empty cookie': () => `netloom-${port}=`,
    'another value of the same length': () => changeLast(cookie),
    'one letter more': () => `${cookie}A`,
    'one letter less': () => cookie.slice(0, -1),
    'another case': () =>
      cookie.replace(
        /=(.*)$/,
        (_all, value: string) => `=${value === value.toLowerCase() ? value.toUpperCase() : value.toLowerCase()}`,
      ),
    'the cookie of another start': async () => {
      const other = await BrowserServer.start({ assets: samplePage, onConnection: () => {}, port: 0 });
      const otherCookie = await enter(other.newAddress());
      await other.close();
      return otherCookie.replace(/netloom-\d+/, `netloom-${port}`);
    },
    'the right value under the name of another port': () => cookie.replace(/netloom-\d+/, `netloom-${port + 1}`),
    'the right value twice, once wrong': () => `${cookie}; netloom-${port}=x`,
    'the token as a cookie': () => `netloom-${port}=${new URL(server.newAddress()).searchParams.get('token')}`,
  };
  it.each(Object.entries(wrongCookies))('%s: every route answers 401', async (_what, make) => {
    const before = connections.length;
    const value = await make();
    expect(await onEveryRoute(withCookie(value))).toStrictEqual(allRefused(401));
    expect(connections.length).toBe(before); // the upgrade was refused before a WebSocket came to be
  });

  it('a token opens the page once; then the address is worthless to anybody without the cookie', async () => {
    const address = new URL(server.newAddress());
    const request = { host: address.host, target: `/${address.search}`, headers: ['Connection: close'] };
    expect([await statusOf(request), await statusOf(request)]).toStrictEqual([303, 401]);
  });

  it('a token opens nothing but the page, and a new one ends the one before', async () => {
    const first = new URL(server.newAddress());
    expect(await statusOf({ host: first.host, target: `/assets/page.js${first.search}` })).toBe(401);
    expect(
      await statusOf({
        host: first.host,
        target: `/ws${first.search}`,
        headers: [...handshake, `Origin: ${first.origin}`],
      }),
    ).toBe(401);
    const second = new URL(server.newAddress());
    const enterWith = (url: URL): Promise<number> =>
      statusOf({ host: url.host, target: `/${url.search}`, headers: ['Connection: close'] });
    expect([await enterWith(first), await enterWith(second)]).toStrictEqual([401, 303]);
  });

  it.each(['', 'x', 'A'.repeat(43), 'A'.repeat(4_000)])('the wrong token "%.5s" is 401', async (token) => {
    server.newAddress();
    expect(
      await statusOf({ host: `127.0.0.1:${port}`, target: `/?token=${token}`, headers: ['Connection: close'] }),
    ).toBe(401);
  });

  it('an old address still opens the page for the browser that has the cookie, without a new one', async () => {
    const { text, status } = await sendRaw(port, requestBytes({ ...properRequest('/'), target: '/?token=old' }));
    expect(status).toBe(303);
    expect(text.toLowerCase()).not.toContain('set-cookie');
  });

  it('the cookie is HttpOnly, SameSite=Strict, for this port, with a secret of 32 bytes, and the address is left for a bare one', async () => {
    const { text } = await sendRaw(
      port,
      requestBytes({
        host: `127.0.0.1:${port}`,
        target: `/?${new URL(server.newAddress()).searchParams.toString()}`,
        headers: ['Connection: close'],
      }),
    );
    expect(text).toMatch(
      new RegExp(`set-cookie: netloom-${port}=[A-Za-z0-9_-]{43}; HttpOnly; SameSite=Strict; Path=/\\r\\n`),
    );
    expect(text).toMatch(/location: \/\r\n/);
  });

  it('a reload and a second tab work with the same cookie', async () => {
    const address = `http://127.0.0.1:${port}/`;
    const before = connections.length;
    const sockets = [await openSocket(address, cookie), await openSocket(address, cookie)];
    expect(connections.length).toBe(before + 2);
    for (const socket of sockets) socket.close();
  });

  it('what does not exist is 401 for strangers and 404 for the owner', async () => {
    const proper = properRequest('/nothing');
    expect(await statusOf(proper)).toBe(404);
    expect(await statusOf({ ...proper, headers: ['Connection: close'] })).toBe(401);
  });

  it.each([
    '/..%2f..%2fetc/passwd',
    '/../etc/passwd',
    '/assets/',
    '/assets/page.js/',
    '/%00',
    '/assets%5cpage.js',
    '/.built',
  ])('the path %s is 404', async (path) => {
    expect(await statusOf(properRequest(path))).toBe(404);
  });
});

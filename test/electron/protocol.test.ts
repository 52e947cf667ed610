/** app://bundle/ serves the files of the build and nothing else on the machine. reliability.md T17. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { setUpShell, type Shell } from '../helpers/shell.ts';

let shell: Shell;
beforeEach(async () => {
  shell = setUpShell();
  await shell.ready();
});
afterEach(() => shell.dispose());

const ask = (url: string, method = 'GET'): Response => {
  const handler = shell.handlers.get('app');
  if (!handler) throw new Error('the scheme has no handler');
  return handler({ url, method } as Request);
};

it('is registered once, as a standard and secure scheme that bypasses nothing', () => {
  expect(shell.protocol.schemes).toStrictEqual([
    {
      scheme: 'app',
      privileges: { standard: true, secure: true, supportFetchAPI: true, corsEnabled: true, codeCache: true },
    },
  ]);
});

it.each([
  ['app://bundle/', 'text/html; charset=utf-8', '<!doctype html><title>page</title>'],
  ['app://bundle/index.html?x#y', 'text/html; charset=utf-8', '<!doctype html><title>page</title>'],
  ['app://bundle/assets/page.js', 'text/javascript; charset=utf-8', 'export {};'],
])('%s is served with its type', async (url, type, text) => {
  const response = ask(url);
  expect([response.status, response.headers.get('content-type'), await response.text()]).toStrictEqual([
    200,
    type,
    text,
  ]);
});

it.each([
  'app://bundle/../secret.txt',
  'app://bundle/..%2fsecret.txt',
  'app://bundle/..%2f..%2fetc/passwd',
  'app://bundle/%2e%2e/secret.txt',
  'app://bundle/%2e%2e%2fsecret.txt',
  'app://bundle/..%5csecret.txt',
  'app://bundle/assets/..%2f..%2fsecret.txt',
  'app://bundle//etc/passwd',
  'app://bundle/%2fetc%2fpasswd',
  'app://bundle/index.html%00',
  'app://bundle/%00',
  'app://bundle/C:/Windows/win.ini',
  'app://bundle/link.txt',
  'app://bundle/assets',
  'app://bundle/assets/',
  'app://bundle/assets/page.js/',
  'app://bundle/missing.html',
  'app://bundle/INDEX.HTML',
  'app://bundle/%69ndex.html',
  `app://bundle/${'x'.repeat(4_096)}`,
  'app://evil/index.html',
  'app://bundle.evil/index.html',
  'app://bundle:80/index.html',
])('%s is not found', (url) => {
  expect(ask(url).status).toBe(404);
});

it.each(['POST', 'PUT', 'DELETE', 'OPTIONS'])('%s is not allowed', (method) => {
  expect(ask('app://bundle/index.html', method).status).toBe(405);
});

it('HEAD has the headers and no body', async () => {
  const response = ask('app://bundle/index.html', 'HEAD');
  expect([response.status, await response.text()]).toStrictEqual([200, '']);
});

it('every answer carries the security headers, errors too', () => {
  for (const response of [ask('app://bundle/'), ask('app://bundle/none'), ask('app://bundle/', 'POST')]) {
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-security-policy':
        "default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
      'cross-origin-resource-policy': 'same-origin',
    });
  }
});

/** The built page, read once at start: both hosts serve from this map and never from a path that somebody asked for. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { assert } from '../../src-core/lib/assert.ts';

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
};

/** style-src-attr: Svelte Flow places nodes by inline styles. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "style-src-attr 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** On every answer of both hosts, errors too. */
export const securityHeaders: Readonly<Record<string, string>> = {
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
};

export interface Asset {
  readonly type: string;
  readonly body: Uint8Array<ArrayBuffer>;
}
export type Assets = ReadonlyMap<string, Asset>;

/**
 * Every file below `folder` by its URL path; `/` is the page. Only regular files: a link could lead outside.
 * @param folder absolute path of the built renderer
 */
export function loadAssets(folder: string): Assets {
  const assets = new Map<string, Asset>();
  const visit = (path: string): void => {
    for (const entry of readdirSync(join(folder, path), { withFileTypes: true })) {
      const name = `${path}/${entry.name}`;
      if (entry.isDirectory()) visit(name);
      else if (entry.isFile()) assets.set(name, readAsset(join(folder, name)));
    }
  };
  assert(existsSync(join(folder, 'index.html')), `the page is built into ${folder}`);
  visit('');
  const page = assets.get('/index.html');
  if (page) assets.set('/', page);
  return assets;
}

function readAsset(file: string): Asset {
  const type = contentTypes[extname(file).toLowerCase()] ?? 'application/octet-stream';
  return { type, body: new Uint8Array(readFileSync(file)) };
}

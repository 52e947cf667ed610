/** Serves the built page as app://bundle/ from the map of its files. */
import type { Protocol } from 'electron';
import { securityHeaders, type Assets } from '../assets.ts';
import { BUNDLE, SCHEME } from './security.ts';

/** Once, and before the app is ready. */
export function registerScheme(protocol: Protocol): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: SCHEME,
      privileges: { standard: true, secure: true, supportFetchAPI: true, corsEnabled: true, codeCache: true },
    },
  ]);
}

const refuse = (status: number, more: Readonly<Record<string, string>> = {}): Response =>
  new Response(null, { status, headers: { ...securityHeaders, ...more } });

/** The answer to one request; only names that the build has made are known. */
export function answer(assets: Assets, { url, method }: Pick<Request, 'url' | 'method'>): Response {
  const { host, pathname } = new URL(url);
  if (method !== 'GET' && method !== 'HEAD') return refuse(405, { allow: 'GET, HEAD' });
  const asset = host === BUNDLE ? assets.get(pathname) : undefined;
  if (!asset) return refuse(404);
  const headers = { ...securityHeaders, 'content-type': asset.type, 'content-length': String(asset.body.byteLength) };
  return new Response(method === 'HEAD' ? null : asset.body, { status: 200, headers });
}

export function handleScheme(protocol: Protocol, assets: Assets): void {
  protocol.handle(SCHEME, (request) => answer(assets, request));
}

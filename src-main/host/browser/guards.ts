/**
 * Who may speak to the loopback server: a request must name this server (DNS rebinding), come from its own page (cross-site requests) and,
 * where a route says so, from a browser that was let in. Checked in that order, before any body is read.
 */
import type { IncomingMessage } from 'node:http';

/** Only what the checks read, so that they can be tested without a socket. */
export type RequestHead = Pick<IncomingMessage, 'method' | 'url' | 'headers' | 'rawHeaders'>;

const SAFE_METHODS = ['GET', 'HEAD'];

/** All values of a header as they came; node's `headers` object hides a second Host. */
function rawValues({ rawHeaders }: RequestHead, name: string): string[] {
  return rawHeaders.filter((_value, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === name);
}

/** The one Host header when it names this server in one of three ways, else null. */
export function ownHost(request: RequestHead, port: number): string | null {
  const [host, ...others] = rawValues(request, 'host');
  if (host === undefined || others.length > 0) return null;
  const name = host.toLowerCase();
  return [`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`].includes(name) ? name : null;
}

/** Origin-form only: an absolute address in the request line would overrule the Host header. */
export function hasOwnTarget({ url }: RequestHead): boolean {
  return url !== undefined && url.startsWith('/') && !url.startsWith('//');
}

/**
 * The Origin header must be this very server's: always on an upgrade and on a method that may change something, and wherever it is sent.
 * @param host as `ownHost` gave it
 */
export function hasOwnOrigin(request: RequestHead, host: string, isUpgrade: boolean): boolean {
  const origins = rawValues(request, 'origin');
  const isNeeded = isUpgrade || !SAFE_METHODS.includes(request.method ?? '');
  if (origins.length === 0) return !isNeeded;
  return origins.length === 1 && origins[0] === `http://${host}`;
}

/** What the browser says about who made the request. A page of another port of this machine is "same-site", which is not us. */
export function isFromOwnPage(request: RequestHead, isPage: boolean): boolean {
  const sites = rawValues(request, 'sec-fetch-site');
  if (sites.length === 0) return true; // not a browser, or one too old to say
  return sites.length === 1 && (sites[0] === 'same-origin' || (isPage && sites[0] === 'none'));
}

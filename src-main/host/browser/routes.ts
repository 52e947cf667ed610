/** Every address the loopback server answers, each with the guard it stands behind. What is not in this table does not exist. */
import { SOCKET_PATH } from '../../../src-core/contract/bridge.ts';
import type { Asset, Assets } from '../assets.ts';

/**
 * `session`: only with the cookie. `entrance`: also with the one-time token in the address, which is exchanged for the cookie.
 */
export type Guard = 'session' | 'entrance';

export type Route =
  | {
      readonly path: string;
      readonly kind: 'asset';
      readonly guard: Guard;
      readonly isPage: boolean;
      readonly asset: Asset;
    }
  | { readonly path: string; readonly kind: 'socket'; readonly guard: Guard; readonly isPage: false };

const PAGES = ['/', '/index.html'];

export function makeRoutes(assets: Assets): ReadonlyMap<string, Route> {
  const routes: Route[] = [{ path: SOCKET_PATH, kind: 'socket', guard: 'session', isPage: false }];
  for (const [path, asset] of assets) {
    routes.push({
      path,
      kind: 'asset',
      guard: path === '/' ? 'entrance' : 'session',
      isPage: PAGES.includes(path),
      asset,
    });
  }
  return new Map(routes.map((route) => [route.path, route]));
}

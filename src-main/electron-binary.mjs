// Whether Electron can be had here, and its installer. Plain JS, shared by npm start and the tests.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './node24.mjs';

const PROBE_TIMEOUT_MS = 5_000;
const DOWNLOAD_TIMEOUT_MS = 600_000;
/** Enough to unpack a copy from Electron's own cache; more would be waiting for a network that is not there. */
const OFFLINE_TIMEOUT_MS = 10_000;
const DOWNLOAD_SERVER = 'https://github.com/';

/** The binary, or why there is none. Never load the package to find out: that very call downloads it. */
export function electronPath({ env = process.env, folder = root } = {}) {
  const dir = join(folder, 'node_modules', 'electron');
  if (!existsSync(join(dir, 'package.json')))
    return { path: null, why: 'the electron package is not installed', dir: null };
  const pointer = join(dir, 'path.txt');
  const name = existsSync(pointer) ? readFileSync(pointer, 'utf8').trim() : '';
  const base = env.ELECTRON_OVERRIDE_DIST_PATH ?? join(dir, 'dist');
  const file = join(base, name || 'electron');
  if (existsSync(file) && (name || env.ELECTRON_OVERRIDE_DIST_PATH)) return { path: file, why: '', dir };
  return { path: null, why: 'its program has not been downloaded', dir };
}

/** Why a window cannot be opened here at all, or ''. */
export function whyNoWindow({ env = process.env, platform = process.platform } = {}) {
  if (platform === 'linux' && !env.DISPLAY && !env.WAYLAND_DISPLAY) return 'there is no display';
  if (env.CI) return 'this is an automated run (CI is set)';
  return '';
}

async function isReachable(env) {
  const usesProxy = env.HTTPS_PROXY ?? env.https_proxy ?? env.ELECTRON_GET_USE_PROXY;
  if (usesProxy) return true; // only the installer knows how to go through it
  try {
    await fetch(env.ELECTRON_MIRROR ?? DOWNLOAD_SERVER, {
      method: 'HEAD',
      signal: AbortSignal.timeout(PROBE_TIMEOUT_MS),
    });
    return true;
  } catch {
    return false; // whatever the reason, the installer would meet it too
  }
}

/** The binary, downloaded by Electron's own installer where it is missing; or why it cannot be had. */
export async function ensureElectron({ env = process.env, folder = root } = {}) {
  const found = electronPath({ env, folder });
  if (found.path || !found.dir) return found;
  const online = await isReachable(env);
  if (online) console.log('First start: downloading Electron (about 100 MB) …');
  const { status, error, stderr } = spawnSync(process.execPath, [join(found.dir, 'install.js')], {
    env,
    encoding: 'utf8',
    stdio: ['ignore', online ? 'inherit' : 'ignore', 'pipe'],
    timeout: online ? DOWNLOAD_TIMEOUT_MS : OFFLINE_TIMEOUT_MS,
  });
  if (status === 0) return electronPath({ env, folder });
  const reason = online
    ? stderr.trim().split('\n')[0] || error?.code || `exit code ${status}`
    : 'its server cannot be reached';
  return { path: null, why: `Electron could not be downloaded: ${reason}`, dir: found.dir };
}

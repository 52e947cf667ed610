// Finds the Node 24 that the app runs on: this process, or the one npm installed beside it. Plain JS: it must load on any Node from 20 on.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';

export const root = join(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '..');
const NEEDED_MAJOR = 24;
const SIGNAL_EXIT_BASE = 128; // what a shell reports for a process that a signal ended

const majorOf = (version) => Number.parseInt(version, 10);

/** The installed copy, where npm has put one. */
function installedNode(folder) {
  const manifest = join(folder, 'node_modules', 'node', 'package.json');
  if (!existsSync(manifest)) return null;
  const { version } = JSON.parse(readFileSync(manifest, 'utf8'));
  const file = join(folder, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  return majorOf(version) >= NEEDED_MAJOR && existsSync(file) ? file : null;
}

/**
 * The path of a Node that is new enough, or why there is none.
 * @param {{ version?: string, folder?: string }} [where]
 */
export function findNode24({ version = process.versions.node, folder = root } = {}) {
  if (majorOf(version) >= NEEDED_MAJOR) return { path: process.execPath, problem: '' };
  const path = installedNode(folder);
  if (path) return { path, problem: '' };
  return {
    path: null,
    problem: `Netloom needs Node ${NEEDED_MAJOR} or newer and this is Node ${version}. Run "npm install" in ${folder}: it brings its own copy.`,
  };
}

/** As findNode24, but ends the process with the one line when there is none. */
export function requireNode24() {
  const { path, problem } = findNode24();
  if (path) return path;
  console.error(problem);
  process.exit(1);
}

/** Exit code of a finished child, as a shell would report it. */
export const exitCodeOf = (code, signal) => code ?? SIGNAL_EXIT_BASE + (constants.signals[signal] ?? 1);

/**
 * Runs a script on that Node in this terminal; resolves with its exit code. Ctrl-C reaches the child by itself; the channel tells a child that
 * lives long when this process is gone.
 */
export function runNode(path, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(path, args, { stdio: ['inherit', 'inherit', 'inherit', 'ipc'], ...options });
    const wait = () => {};
    const passOn = (signal) => child.kill(signal);
    process.on('SIGINT', wait);
    process.on('SIGTERM', passOn);
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      process.off('SIGINT', wait);
      process.off('SIGTERM', passOn);
      resolve(exitCodeOf(code, signal));
    });
  });
}

// Finds the Node 24 that the app runs on: this process, or the one npm installed beside it. Plain JS: it must load on any Node from 20 on.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { isatty } from 'node:tty';

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

/** How often a launcher looks whether npm's shell, which ends without a word to its child, is still there. */
const PARENT_POLL_MS = 500;
const isUnix = process.platform !== 'win32';

/**
 * Calls `end` with the signal whenever this process is asked to end, and once when npm, which started it, was ended. What a terminal sends
 * reaches the children by itself. Returns the function that ends the listening.
 */
export function onEndOfLauncher(end, { isReachedByTerminal = true } = {}) {
  const byTerminal = isReachedByTerminal && (!isUnix || [0, 1, 2].some((stream) => isatty(stream)));
  const listeners = {
    SIGINT: () => byTerminal || end('SIGINT'),
    SIGTERM: () => end('SIGTERM'),
    ...(isUnix && { SIGHUP: () => end('SIGHUP') }),
  };
  for (const [signal, listener] of Object.entries(listeners)) process.on(signal, listener);
  const parent = process.ppid;
  const look = () => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    end('SIGTERM');
  };
  const timer = isUnix && process.env.npm_command ? setInterval(look, PARENT_POLL_MS).unref() : undefined;
  return () => {
    clearInterval(timer);
    for (const [signal, listener] of Object.entries(listeners)) process.off(signal, listener);
  };
}

/** Runs a script on that Node in this terminal; resolves with its exit code. The channel tells a child that lives long when this process is gone. */
export function runNode(path, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(path, args, { stdio: ['inherit', 'inherit', 'inherit', 'ipc'], ...options });
    const stopListening = onEndOfLauncher((signal) => child.kill(signal));
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      stopListening();
      resolve(exitCodeOf(code, signal));
    });
  });
}

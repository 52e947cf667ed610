// npm start: builds when needed, then opens the Electron window, or the browser host where Electron cannot be had. Plain JS.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { buildIfNeeded } from './build.mjs';
import { ensureElectron, whyNoWindow } from './electron-binary.mjs';
import { exitCodeOf, onEndOfLauncher, requireNode24, root, runNode } from './node24.mjs';

/** A start that fails fails within this time; later exits are the person's. */
const EARLY_MS = 5_000;
/** Exit code after Ctrl-C, which is how the browser host is meant to be ended. */
const ENDED_BY_PERSON = 130;
const KEPT_STDERR = 4_096;
const CANNOT_START =
  /SUID sandbox|Missing X server|platform failed to initialize|error while loading shared libraries|cannot open display/i;
const CRASH_SIGNALS = ['SIGTRAP', 'SIGABRT', 'SIGSEGV', 'SIGILL'];
const CRASH_CODES = [127, 133, 134];

const ownArguments = process.argv.slice(2).filter((argument) => argument !== '--browser');

async function openInBrowser(node, why) {
  const code = await runNode(node, [join(root, 'out', 'main', 'serve.js'), `--because=${why}`, ...ownArguments]);
  process.exitCode = code === ENDED_BY_PERSON ? 0 : code;
}

/** Resolves with why the window could not be opened, or null when it was and has been closed again. */
function openWindow(path) {
  const env = { ...process.env };
  delete env.ELECTRON_RUN_AS_NODE; // set inside VS Code's terminal: Electron would start as plain Node
  const startedAt = Date.now();
  // In a group of its own: Chromium ends in order at the first Ctrl-C and at once at a second, so exactly one may reach it.
  const detached = process.platform !== 'win32';
  const child = spawn(path, [root, ...ownArguments], { stdio: ['inherit', 'inherit', 'pipe'], env, detached });
  let lastLines = '';
  child.stderr.on('data', (data) => {
    process.stderr.write(data);
    lastLines = (lastLines + data).slice(-KEPT_STDERR);
  });
  const stopListening = onEndOfLauncher((signal) => child.kill(signal), { isReachedByTerminal: !detached });
  return new Promise((resolve) => {
    child.on('error', (error) => resolve(`Electron did not start (${error.code ?? error.message})`));
    child.on('close', (code, signal) => {
      stopListening();
      const isEarly = Date.now() - startedAt < EARLY_MS;
      const hasCrashed = CRASH_SIGNALS.includes(signal) || CRASH_CODES.includes(code);
      if (isEarly && (hasCrashed || (code !== 0 && CANNOT_START.test(lastLines)))) {
        resolve(`Electron stopped at once (${signal ?? `exit code ${code}`}, its own lines are above)`);
        return;
      }
      process.exitCode = exitCodeOf(code, signal);
      resolve(null);
    });
  });
}

async function whyNotElectron() {
  if (process.argv.includes('--browser')) return { path: null, why: '--browser was given' };
  const obstacle = whyNoWindow();
  return obstacle ? { path: null, why: obstacle } : ensureElectron();
}

const node = requireNode24();
await buildIfNeeded();
const electron = await whyNotElectron();
const why = electron.path ? await openWindow(electron.path) : electron.why;
if (why !== null) await openInBrowser(node, why);

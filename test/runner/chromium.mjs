// Finds the browser for the end-to-end specs; on Debian as root installs it.
import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
];

function isProgram(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

const apt = (...args) =>
  spawnSync('apt-get', args, {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  }).status === 0;

/** The browser's program, or in one sentence what is missing. */
export function findChromium(env = process.env) {
  if (env.CHROMIUM) {
    const problem = isProgram(env.CHROMIUM) ? '' : `CHROMIUM names ${env.CHROMIUM}, which is no program`;
    return { path: problem ? null : env.CHROMIUM, problem };
  }
  const path = PLACES.find(isProgram);
  return path ? { path, problem: '' } : { path: null, problem: 'no Chromium or Chrome was found' };
}

/** As findChromium, after an installation where that can be done without asking anybody. */
export function ensureChromium(env = process.env) {
  const found = findChromium(env);
  if (found.path || env.CHROMIUM) return found;
  const advice = `${found.problem}: install it (Debian: apt-get install chromium) or name one with CHROMIUM=/path/to/it`;
  const isRoot = process.getuid?.() === 0;
  if (!isRoot || !isProgram('/usr/bin/apt-get')) return { path: null, problem: advice };
  console.log('Installing the Debian package chromium …');
  const hasInstalled = apt('update', '-q') && apt('install', '-y', '-q', '--no-install-recommends', 'chromium');
  return hasInstalled ? findChromium(env) : { path: null, problem: `${advice} (apt-get could not install it here)` };
}

// Builds out/ with electron-vite under Node 24, only when a source has changed since. `npm install` runs it as `prepare`.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildKernelsIfNeeded } from './build-kernels.mjs';
import { requireNode24, root, runNode } from './node24.mjs';

const SOURCES = ['src-core', 'src-main', 'src-renderer', 'electron.config.ts', 'svelte.config.js'];
const MANIFESTS = ['package.json', 'package-lock.json'];
const OUT = join(root, 'out');
/** Built here first and then put in place: whoever runs from out/ meanwhile keeps whole files. */
const NEXT = join(root, 'out', '.next');
const STAMP = join(OUT, '.built');
const LOCK = join(root, 'node_modules', '.netloom-build');
const BUILDER = join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js');
const LOCK_POLL_MS = 100;

/** What builds write themselves. */
const GENERATED = 'generated';

/** One line per file: path, time of change, size. */
function* stateOf(path) {
  if (!existsSync(join(root, path))) return;
  const stat = statSync(join(root, path));
  if (!stat.isDirectory()) {
    yield `${path} ${stat.mtimeMs} ${stat.size}`;
    return;
  }
  const names = readdirSync(join(root, path)).filter((name) => name !== GENERATED);
  for (const name of names.sort()) yield* stateOf(`${path}/${name}`);
}

function fingerprint() {
  const hash = createHash('sha256');
  for (const path of SOURCES) for (const line of stateOf(path)) hash.update(`${line}\n`);
  for (const path of MANIFESTS.filter((name) => existsSync(join(root, name))))
    hash.update(readFileSync(join(root, path))); // npm writes them anew even when nothing changes
  return hash.digest('hex');
}

const isBuilt = () => existsSync(STAMP) && readFileSync(STAMP, 'utf8') === fingerprint();

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** One build at a time: two would empty each other's output. False when another process holds the lock. */
function takeLock() {
  try {
    writeFileSync(LOCK, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    const owner = existsSync(LOCK) ? Number(readFileSync(LOCK, 'utf8')) : 0;
    if (owner > 0 && !isAlive(owner)) rmSync(LOCK, { force: true });
    return false;
  }
}

async function locked(work) {
  mkdirSync(join(root, 'node_modules'), { recursive: true });
  if (!takeLock() && !takeLock()) {
    // the first look clears away the lock of a dead process
    console.error(`Waiting for another process that builds Netloom (if there is none: remove ${LOCK}) …`);
    while (!takeLock()) await new Promise((resolve) => setTimeout(resolve, LOCK_POLL_MS));
  }
  try {
    return await work();
  } finally {
    rmSync(LOCK, { force: true });
  }
}

async function build() {
  const node = requireNode24();
  try {
    await buildKernelsIfNeeded();
  } catch (error) {
    console.error(error.message);
    process.exit(1);
  }
  const before = fingerprint(); // after the kernels: what they are built into is a source too
  rmSync(NEXT, { recursive: true, force: true });
  const args = [BUILDER, 'build', '-c', 'electron.config.ts', '--logLevel', 'error'];
  // Results of the command line go to standard output, so the builder's own lines go to standard error.
  const code = await runNode(node, args, {
    cwd: root,
    stdio: ['ignore', 2, 2],
    env: { ...process.env, NETLOOM_OUT: NEXT },
  });
  if (code !== 0) {
    console.error(`Netloom could not be built: the builder's own lines are above (exit code ${code}).`);
    process.exit(1);
  }
  putInPlace();
  writeFileSync(STAMP, before);
}

/** Swaps each folder of the build by renaming. */
function putInPlace() {
  for (const name of readdirSync(NEXT)) {
    const [place, old] = [join(OUT, name), join(OUT, `.old-${name}`)];
    rmSync(old, { recursive: true, force: true });
    if (existsSync(place)) renameSync(place, old);
    renameSync(join(NEXT, name), place);
    rmSync(old, { recursive: true, force: true });
  }
  rmSync(NEXT, { recursive: true, force: true });
}

/** Builds when out/ is missing or older than the sources. Ends the process with one line when that is not possible. */
export async function buildIfNeeded() {
  if (isBuilt()) return;
  if (!existsSync(BUILDER)) {
    if (existsSync(join(root, 'out', 'main', 'cli.js'))) return; // installed without the tools: what is there is what was shipped
    console.error('Netloom is not built and its build tools are not installed: run "npm install" first.');
    process.exit(1);
  }
  await locked(async () => {
    if (isBuilt()) return; // another process has just done it
    console.error('Building Netloom …');
    await build();
  });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const isPrepare = process.env.npm_lifecycle_event === 'prepare';
  // `npm install --omit=dev` has nothing to build with, and that is no error there.
  if (!isPrepare || existsSync(BUILDER)) await buildIfNeeded();
}

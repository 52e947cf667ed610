// Compiles the AssemblyScript kernels into TypeScript modules that hold the bytes, only when a source has changed. Plain JS: it must load on any Node from 20 on.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { requireNode24, root, runNode } from './node24.mjs';

const KERNELS = join(root, 'src-core', 'kernels', 'wasm');
const ASSEMBLY = join(KERNELS, 'assembly');
const OUTPUT = join(KERNELS, 'generated');
const ENTRY = 'index.ts';
const COMPILER = join(root, 'node_modules', 'assemblyscript', 'dist', 'asc.js');
/** One source, two builds: `relaxed` has fused multiply-add, `simd` runs wherever WebAssembly has vectors. */
const BUILDS = { relaxed: ['--enable', 'relaxed-simd'], simd: [] };
const OPTIONS = [
  ...['-O3', '--noAssert', '--runtime', 'stub', '--enable', 'simd', '--enable', 'threads', '--importMemory'],
  ...['--sharedMemory', '--initialMemory', '1', '--maximumMemory', '65536', '--noExportMemory'],
];

/** Sources below `folder`, sorted, without what the build itself writes. */
function sourcesBelow(folder, prefix = '') {
  return readdirSync(join(folder, prefix), { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = prefix === '' ? entry.name : `${prefix}/${entry.name}`;
      if (entry.isDirectory()) return entry.name === 'generated' ? [] : sourcesBelow(folder, path);
      return path.endsWith('.ts') ? [path] : [];
    });
}

function fingerprint() {
  const hash = createHash('sha256').update(readFileSync(import.meta.filename ?? new URL(import.meta.url)));
  for (const name of ['tiles.ts', 'image-tiles.ts', 'opcodes.ts']) hash.update(readFileSync(join(KERNELS, name)));
  for (const path of sourcesBelow(ASSEMBLY)) hash.update(path).update(readFileSync(join(ASSEMBLY, path)));
  return hash.digest('hex');
}

const stampOf = (name) => `// ${name} ${fingerprint()}`;

/** True when both builds stand and were made from the present sources. */
export function kernelsAreBuilt() {
  return Object.keys(BUILDS).every((name) => {
    const file = join(OUTPUT, `${name}.ts`);
    return existsSync(file) && readFileSync(file, 'utf8').startsWith(stampOf(name));
  });
}

/** Writes a file whole: another process may be reading it. */
function writeWhole(file, text) {
  const temporary = `${file}.${process.pid}`;
  writeFileSync(temporary, text);
  renameSync(temporary, file);
}

async function compile(asc, name, flags) {
  const files = new Map();
  const { error, stderr } = await asc.main([ENTRY, '--baseDir', ASSEMBLY, '-o', 'out.wasm', ...OPTIONS, ...flags], {
    writeFile: (path, contents) => void files.set(path, contents),
  });
  const wasm = files.get('out.wasm');
  if (error || wasm === undefined) throw new Error(`The kernels do not compile (${name}):\n${stderr.toString()}`);
  const text = `${stampOf(name)}\n/** WebAssembly kernels, base64. */\nexport const bytes =\n  '${Buffer.from(wasm).toString('base64')}';\n`;
  writeWhole(join(OUTPUT, `${name}.ts`), text);
}

async function build() {
  const { tileSource } = await import(pathToFileURL(join(KERNELS, 'tiles.ts')).href);
  const { imageTileSource } = await import(pathToFileURL(join(KERNELS, 'image-tiles.ts')).href);
  const { opcodeSource } = await import(pathToFileURL(join(KERNELS, 'opcodes.ts')).href);
  mkdirSync(join(ASSEMBLY, 'generated'), { recursive: true });
  mkdirSync(OUTPUT, { recursive: true });
  writeWhole(join(ASSEMBLY, 'generated', 'tiles.ts'), tileSource());
  writeWhole(join(ASSEMBLY, 'generated', 'image-tiles.ts'), imageTileSource());
  writeWhole(join(ASSEMBLY, 'generated', 'opcodes.ts'), opcodeSource());
  const asc = await import(pathToFileURL(COMPILER).href);
  for (const [name, flags] of Object.entries(BUILDS)) await compile(asc, name, flags);
}

/** Compiles the kernels when they are missing or older than their sources, under Node 24 whatever this process is. */
export async function buildKernelsIfNeeded() {
  if (kernelsAreBuilt()) return;
  const code = await runNode(requireNode24(), [join(root, 'src-main', 'build-kernels.mjs')], {
    stdio: ['ignore', 2, 2],
  });
  if (code !== 0) throw new Error('The kernels could not be compiled; the lines above say why.');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href && !kernelsAreBuilt()) {
  await build();
}

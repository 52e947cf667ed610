/** Chooses the build of the kernels that this runtime can run, and opens it over a memory. */
import { assert, present } from '../../lib/assert.ts';
import { fromBase64 } from './base64.ts';
import { bytes as relaxedBytes } from './generated/relaxed.ts';
import { bytes as simdBytes } from './generated/simd.ts';
import { webAssembly, type CompiledModule, type SharedMemory } from './webassembly.ts';

/** relaxed: with fused multiply-add. simd: plain vectors. */
export type KernelBuild = 'relaxed' | 'simd';

/** Smallest modules that use the instruction in question: (func (drop (op …))). */
const HEAD = [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 4, 1, 0x60, 0, 0, 3, 2, 1, 0];
const ZERO = [0x41, 0, 0xfd, 0x0f]; // i32.const 0, i8x16.splat
const PROBES: Readonly<Record<KernelBuild, readonly number[]>> = {
  relaxed: [...ZERO, ...ZERO, ...ZERO, 0xfd, 0x85, 0x02], // f32x4.relaxed_madd
  simd: ZERO,
};
const BYTES: Readonly<Record<KernelBuild, string>> = { relaxed: relaxedBytes, simd: simdBytes };
const PAGE = 65536;
const MOST_PAGES = 65536; // 4 GiB: what 32-bit addresses reach

function probeOf(code: readonly number[]): Uint8Array {
  const body = [0, ...code, 0x1a, 0x0b]; // no locals, drop, end
  return Uint8Array.from([...HEAD, 10, body.length + 2, 1, body.length, ...body]);
}

/** The builds this runtime can run, fastest first. Empty: the TypeScript backend has to do. */
export function supportedBuilds(): readonly KernelBuild[] {
  const api = webAssembly();
  if (api === null || typeof SharedArrayBuffer === 'undefined') return [];
  return (['relaxed', 'simd'] as const).filter((build) => api.validate(probeOf(PROBES[build])));
}

const compiled = new Map<KernelBuild, CompiledModule>();

/** The compiled module of a supported build; compiled once. */
export function moduleOf(build: KernelBuild): CompiledModule {
  const known = compiled.get(build);
  if (known !== undefined) return known;
  const api = present(webAssembly(), 'WebAssembly');
  const module = new api.Module(fromBase64(BYTES[build]));
  compiled.set(build, module);
  return module;
}

/** A memory of at least `bytes` bytes that can grow to what 32-bit addresses reach. */
export function openMemory(bytes: number): SharedMemory {
  const api = present(webAssembly(), 'WebAssembly');
  return new api.Memory({ initial: Math.ceil(bytes / PAGE), maximum: MOST_PAGES, shared: true });
}

/** Makes the memory reach `bytes` bytes; its buffer is a longer one afterwards. */
export function growMemory(memory: SharedMemory, bytes: number): void {
  const missing = Math.ceil((bytes - memory.buffer.byteLength) / PAGE);
  if (missing > 0) memory.grow(missing);
}

/** The functions of a module over `memory`, by name. */
export class Kernels {
  readonly build: KernelBuild;
  private readonly exports: Readonly<Record<string, unknown>>;

  constructor(build: KernelBuild, memory: SharedMemory) {
    this.build = build;
    const api = present(webAssembly(), 'WebAssembly');
    this.exports = new api.Instance(moduleOf(build), { env: { memory } }).exports;
  }

  /** An exported function; all take and return numbers. */
  call(name: string): (...numbers: number[]) => number {
    const found = this.exports[name];
    assert(typeof found === 'function', `kernel function ${name}`);
    return found as (...numbers: number[]) => number;
  }
}

/** Operations of one turn of `peakOf`: twelve vectors of four, a product and a sum each. */
const PEAK_OPERATIONS = 96;

/** A loop that does nothing but multiply and add: returns the floating-point operations it did. */
export function peakOf(build: KernelBuild): (turns: number) => number {
  const peak = new Kernels(build, openMemory(PAGE)).call('peak');
  return (turns) => {
    assert(Number.isFinite(peak(turns, 0.5, 0.25)), 'the loop converges');
    return turns * PEAK_OPERATIONS;
  };
}

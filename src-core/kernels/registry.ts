/** The backends by name, and which kernels the fast one runs a program on. */
import type { Backend } from './backend.ts';
import { fast } from './fast/backend.ts';
import { reference } from './js/reference.ts';
import type { Program } from './program.ts';
import { prepareWasm, type Prepared } from './wasm/backend.ts';
import { supportedBuilds, type KernelBuild } from './wasm/module.ts';
import type { ThreadStarter } from './wasm/threads.ts';

export const backends: Readonly<Record<Backend['name'], Backend>> = { reference, fast };

/** Kernels of the fast backend: two WebAssembly builds, or plain TypeScript. */
export type KernelChoice = KernelBuild | 'typescript';

/** The fastest kernels this runtime has. */
export function fastestKernels(): KernelChoice {
  return supportedBuilds()[0] ?? 'typescript';
}

/**
 * The backend called `name` for `program`, and the program as that backend runs it.
 * @param kernels of the fast backend; a program with an op that has no WebAssembly kernel runs on TypeScript whatever is asked
 * @param threads absent: everything on the calling thread
 */
export function prepare(
  name: Backend['name'],
  program: Program,
  kernels: KernelChoice = fastestKernels(),
  threads?: ThreadStarter,
): Prepared {
  const wasm = name === 'fast' && kernels !== 'typescript' ? prepareWasm(program, kernels, threads) : null;
  return wasm ?? { backend: backends[name], program };
}

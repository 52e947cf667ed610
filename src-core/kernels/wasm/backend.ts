/** The fast backend in WebAssembly: float32, layouts of its own, many training steps in one call. */
import type { Backend } from '../backend.ts';
import type { Program } from '../program.ts';
import { adapt } from './adapt.ts';
import { arrange } from './arrange.ts';
import { supportedBuilds, type KernelBuild } from './module.ts';
import { WasmSession } from './session.ts';
import type { ThreadStarter } from './threads.ts';

/** A backend for one program, and the program as that backend runs it. */
export interface Prepared {
  readonly backend: Backend;
  readonly program: Program;
}

/**
 * The WebAssembly backend for `program`, or null where the program needs something that has no kernel (or the runtime
 * has no vectors): the TypeScript backend runs it then.
 * @param threads absent: everything on the calling thread
 */
export function prepareWasm(
  program: Program,
  build: KernelBuild | undefined = supportedBuilds()[0],
  threads?: ThreadStarter,
): Prepared | null {
  if (build === undefined) return null;
  const adapted = adapt(program);
  if (adapted === null) return null;
  const { forms } = adapted;
  return {
    program: adapted.program,
    backend: {
      name: 'fast',
      dtype: 'float32',
      layouts: () => forms.map(({ layout }) => layout),
      bytes: (bound, plan) => arrange({ program: bound, forms, plan, seed: 0, threads: threads?.count ?? 1 }).end,
      open: (bound, plan, seed) => new WasmSession({ build, program: bound, forms, plan, seed, threads }),
    },
  };
}

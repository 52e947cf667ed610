/** The little of WebAssembly's JavaScript interface that the engine uses; every runtime has it, the ECMAScript types do not. */
import { assert } from '../../lib/assert.ts';

export interface SharedMemory {
  readonly buffer: SharedArrayBuffer;
  grow(pages: number): number;
}

/** Compiled code without memory; may be handed to other threads. */
export type CompiledModule = object;

export interface WebAssemblyApi {
  validate(bytes: Uint8Array): boolean;
  readonly Module: new (bytes: Uint8Array) => CompiledModule;
  readonly Instance: new (
    module: CompiledModule,
    imports: { readonly env: { readonly memory: SharedMemory } },
  ) => { readonly exports: Readonly<Record<string, unknown>> };
  readonly Memory: new (size: { initial: number; maximum: number; shared: true }) => SharedMemory;
}

/** WebAssembly, or null in a runtime without it. */
export function webAssembly(): WebAssemblyApi | null {
  const api: unknown = Reflect.get(globalThis, 'WebAssembly');
  if (typeof api !== 'object' || api === null) return null;
  assert('validate' in api && 'Module' in api && 'Instance' in api && 'Memory' in api, 'WebAssembly is complete');
  return api as WebAssemblyApi;
}

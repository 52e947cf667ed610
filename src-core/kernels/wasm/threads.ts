/** Threads that help with large networks: what the engine asks of whoever can start them, and when it pays to ask. */
import { present } from '../../lib/assert.ts';
import { opOf } from '../../ops/registry.ts';
import type { Program } from '../program.ts';
import { allOps } from './forms.ts';
import type { CompiledModule, SharedMemory } from './webassembly.ts';

/** What a thread needs: it opens `module` over `memory` and calls its export `serve` with the numbers. */
export interface ThreadJob {
  readonly module: CompiledModule;
  readonly memory: SharedMemory;
  /** thread, threads, local, scratch. */
  readonly numbers: readonly [number, number, number, number];
}

/** Where in memory (in 32-bit words) the number of waiting threads stands; as in assembly/threads.ts. */
export const READY_WORD = 112;
/** And the number of jobs that the threads were called to. */
export const JOB_WORD = 96;

/** Given from outside, because starting a thread is not the core's to do. */
export interface ThreadStarter {
  /** Most threads that may compute together, the caller's own among them. */
  readonly count: number;
  /** Starts one and answers with what ends it for good. */
  readonly start: (job: ThreadJob) => () => void;
  /** A clock, in milliseconds: where there is one, threads that turn out to slow things down are left out. */
  readonly now?: () => number;
}

/** Operations of a step below which meeting at every command costs more than a second thread brings: about 20 µs. */
const LEAST_OPERATIONS = 1_000_000;

/** True when a training step over `rows` rows (or a prediction of as many) is long enough to be shared out. */
export function paysToShare(program: Program, rows: number): boolean {
  const typeOf = (value: number) => present(program.values[value], 'value');
  let operations = 0;
  for (const { id, inputs, outputs, attributes } of allOps(program)) {
    const flops = opOf(id).flops;
    if (flops !== undefined) operations += flops(inputs.map(typeOf), outputs.map(typeOf), attributes);
  }
  return operations * rows >= LEAST_OPERATIONS;
}

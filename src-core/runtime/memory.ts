/** How much memory a training run will take, known from its plan before anything is allocated. */
import { lower } from '../compile/lower.ts';
import { planMemory } from '../compile/plan.ts';
import type { Graph, TrainingSpec } from '../graph/model.ts';
import { prepare, type KernelChoice } from '../kernels/registry.ts';
import { present } from '../lib/assert.ts';
import type { BackendName } from './define.ts';

/** Evaluation takes at least so many rows at a time, so that a small training batch does not slow predictions down. */
const LEAST_EVALUATION_ROWS = 64;

/** Most rows of a batch, in training and in evaluation. */
export function planRows(batchSize: number): { readonly training: number; readonly evaluation: number } {
  return { training: batchSize, evaluation: Math.max(batchSize, LEAST_EVALUATION_ROWS) };
}

/** The run that is asked about. */
export interface TrainingSize {
  readonly graph: Graph;
  readonly training: TrainingSpec;
  readonly batchSize: number;
  /** Training rows, which the engine keeps a copy of. */
  readonly rowCount: number;
  readonly backend?: BackendName | undefined;
  readonly kernels?: KernelChoice | undefined;
}

/**
 * Bytes of the engine's buffers at their peak: parameters, slots, gradients, activations and the training rows, as the
 * backend lays them out, and what its kernels work in.
 * @param size its graph was checked before
 */
export function trainingBytes({ graph, training, batchSize, rowCount, backend: name, kernels }: TrainingSize): number {
  const { backend, program } = prepare(name ?? 'fast', lower({ graph, training, noise: true }), kernels);
  const layouts = backend.layouts(program);
  const plan = planMemory({ program, layouts, rows: planRows(batchSize) });
  const size = backend.dtype === 'float32' ? FLOAT32_BYTES : FLOAT64_BYTES;
  const results = present(program.training, 'training program');
  const rowOf = (value: number) => present(layouts[value], 'layout').rowStride;
  const row = rowOf(program.input) + rowOf(results.target) + (training.class_weights === undefined ? 0 : 1);
  return (backend.bytes?.(program, plan) ?? plan.length * size) + rowCount * row * size;
}
const FLOAT32_BYTES = 4;
const FLOAT64_BYTES = 8;

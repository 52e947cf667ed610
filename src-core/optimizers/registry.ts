/** All optimizers by id. */
import { present } from '../lib/assert.ts';
import { ownEntry } from '../lib/fields-check.ts';
import { registryOf } from '../lib/registry.ts';
import * as all from './all.ts';
import type { OptimizerDefinition } from './define.ts';

/** By id, in code-unit order. */
export const optimizers = registryOf(all) satisfies Readonly<Record<string, OptimizerDefinition>>;
/** Ids of all optimizers. */
export type OptimizerId = keyof typeof optimizers;

/** The optimizer called `id`, or undefined for an unknown one. */
export function findOptimizer(id: string): OptimizerDefinition | undefined {
  return ownEntry<OptimizerDefinition>(optimizers, id);
}

/** The optimizer of an id that was checked before. */
export function optimizerOf(id: string): OptimizerDefinition {
  return present(findOptimizer(id), `optimizer ${id}`);
}

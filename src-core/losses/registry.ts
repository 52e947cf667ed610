/** All losses by id. */
import { present } from '../lib/assert.ts';
import { ownEntry } from '../lib/fields-check.ts';
import { registryOf } from '../lib/registry.ts';
import * as all from './all.ts';
import type { LossDefinition } from './define.ts';

/** By id, in code-unit order. */
export const losses = registryOf(all) satisfies Readonly<Record<string, LossDefinition>>;
/** Ids of all losses. */
export type LossId = keyof typeof losses;

/** The loss called `id`, or undefined for an unknown one. */
export function findLoss(id: string): LossDefinition | undefined {
  return ownEntry<LossDefinition>(losses, id);
}

/** The loss of an id that was checked before. */
export function lossOf(id: string): LossDefinition {
  return present(findLoss(id), `loss ${id}`);
}

/** All operations by id. */
import { present } from '../lib/assert.ts';
import { ownEntry } from '../lib/fields-check.ts';
import { registryOf } from '../lib/registry.ts';
import * as all from './all.ts';
import type { OpDefinition } from './define.ts';

/** By id, in code-unit order. */
export const ops = registryOf(all) satisfies Readonly<Record<string, OpDefinition>>;
/** Ids of all operations. */
export type OpId = keyof typeof ops;

/** The operation called `id`; an unknown id is a bug, because only our own code names operations. */
export function opOf(id: string): OpDefinition {
  return present(ownEntry<OpDefinition>(ops, id), `operation ${id}`);
}

/** All losses by id, and the one that a document names. */
import { present } from '../lib/assert.ts';
import { isObject, ownEntry, resolveParams } from '../lib/fields-check.ts';
import type { Json, JsonObject } from '../lib/json.ts';
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

/** Id in the `loss` key of a document: a name, or {"type": name, …}. */
export function lossId(spec: Json): string {
  return String(isObject(spec) ? spec['type'] : spec);
}

/** The loss of a `loss` key that was checked before. */
export function lossOf(spec: Json): LossDefinition {
  const id = lossId(spec);
  return present(findLoss(id), `loss ${id}`);
}

/** Its parameters, defaults filled in. */
export function lossParams(spec: Json): JsonObject {
  return resolveParams(lossOf(spec).fields, isObject(spec) ? spec : {});
}

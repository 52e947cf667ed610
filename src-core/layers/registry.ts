/** All layers by the `type` that project files hold. */
import { present } from '../lib/assert.ts';
import { ownEntry } from '../lib/fields-check.ts';
import { registryOf } from '../lib/registry.ts';
import * as all from './all.ts';
import type { LayerDefinition } from './define.ts';

/** By type, in code-unit order. */
export const layers = registryOf(all) satisfies Readonly<Record<string, LayerDefinition>>;
/** Types of all layers. */
export type LayerType = keyof typeof layers;

/** The layer of that type, or undefined for an unknown one. */
export function findLayer(type: string): LayerDefinition | undefined {
  return ownEntry<LayerDefinition>(layers, type);
}

/** The layer of a type that was checked before. */
export function layerOf(type: string): LayerDefinition {
  return present(findLayer(type), `layer ${type}`);
}

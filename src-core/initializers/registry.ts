/** All initialisers by id, as a field of a form, and drawn. */
import { present } from '../lib/assert.ts';
import { ownEntry, resolveVariant } from '../lib/fields-check.ts';
import type { Fields, VariantField } from '../lib/fields.ts';
import type { Json } from '../lib/json.ts';
import { Random, type StreamKey } from '../lib/random.ts';
import { registryOf } from '../lib/registry.ts';
import { sizeOf, type Shape } from '../tensor/shape.ts';
import * as all from './all.ts';
import type { InitializerDefinition } from './define.ts';
import { fansOf } from './fans.ts';

/** By id, in code-unit order. */
export const initializers = registryOf(all) satisfies Readonly<Record<string, InitializerDefinition>>;

const entries: Readonly<Record<string, Fields>> = Object.fromEntries(
  Object.entries(initializers).map(([id, { fields }]) => [id, fields]),
);

/** The form field that chooses an initialiser. */
export function initializerField(label: string, help: string, fallback: string): VariantField {
  return { kind: 'variant', label, help, entries, default: fallback };
}

/**
 * First values of a tensor, in float64 and row-major order.
 * @param spec name of an initialiser, or {"type": name, …}
 * @param key stream of the tensor
 */
export function drawInitial(spec: Json, shape: Shape, key: StreamKey): Float64Array {
  const { type, params } = resolveVariant(initializerField('', '', 'zeros'), spec);
  const definition = present(ownEntry<InitializerDefinition>(initializers, type), `initialiser ${type}`);
  const values = new Float64Array(sizeOf(shape));
  definition.draw(values, new Random(key), fansOf(shape), params);
  return values;
}

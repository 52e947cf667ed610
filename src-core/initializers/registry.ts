/** All initialisers by id, as a field of a form, and drawn. */
import { present } from '../lib/assert.ts';
import { ownEntry, resolveVariant } from '../lib/fields-check.ts';
import type { Fields, VariantField } from '../lib/fields.ts';
import type { Json } from '../lib/json.ts';
import { Random, type StreamKey } from '../lib/random.ts';
import { registryOf } from '../lib/registry.ts';
import { partsOf, type Part } from '../tensor/layout-part.ts';
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

/** Which tensor is filled, and how. */
export interface Drawn {
  /** Name of an initialiser, or {"type": name, …}. */
  readonly spec: Json;
  readonly shape: Shape;
  /** Stream of the tensor. */
  readonly key: StreamKey;
}

/** First values of a tensor, in float64 and row-major order, so many at a time that they are in the cache when they are read. */
export function drawInitial({ spec, shape, key }: Drawn, visit: (values: Float64Array, part: Part) => void): void {
  const { type, params } = resolveVariant(initializerField('', '', 'zeros'), spec);
  const definition = present(ownEntry<InitializerDefinition>(initializers, type), `initialiser ${type}`);
  const [random, fans, size] = [new Random(key), fansOf(shape), sizeOf(shape)];
  const values = new Float64Array(Math.min(AT_A_TIME, size));
  for (const part of partsOf(size, AT_A_TIME)) {
    const some = values.subarray(0, part.to - part.from);
    definition.draw(some, random, fans, params);
    visit(some, part);
  }
}
const AT_A_TIME = 2 ** 15;

/** Reads the initialiser keys of layers. */
import { isObject } from '../lib/fields-check.ts';
import type { JsonObject } from '../lib/json.ts';
import { assert } from '../lib/assert.ts';
import type { InitializerSpec } from './define.ts';

/** The initialiser that stands under `key`: a name or an object. */
export function initOf(params: JsonObject, key: string): InitializerSpec {
  const spec = params[key];
  assert(typeof spec === 'string' || isObject(spec), `${key} names an initialiser`);
  return spec;
}

/** Changes copies of JSON by dotted paths, so that a table of bad files can be one line each. */
import type { Json } from '../../src-core/lib/json.ts';

export type Change = readonly [path: string, value: Json | undefined];

/** A deep copy of `value` with every change applied: 'graph.nodes.1.params.units'; undefined deletes; '+' appends. */
export function changed(value: unknown, changes: readonly Change[]): unknown {
  const copy = structuredClone(value);
  for (const [path, next] of changes) changeAt(copy, path.split('.'), next);
  return copy;
}

function changeAt(value: unknown, [key = '', ...rest]: readonly string[], next: Json | undefined): void {
  if (typeof value !== 'object' || value === null) throw new Error(`nothing to change at ${key}`);
  if (rest.length > 0) changeAt(Reflect.get(value, key), rest, next);
  else if (next === undefined) Reflect.deleteProperty(value, key);
  else if (key === '+' && Array.isArray(value)) value.push(next);
  else Reflect.set(value, key, next);
}

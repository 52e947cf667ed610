/** What a new layer starts with. */
import type { Fields } from '../lib/fields.ts';
import type { JsonObject } from '../lib/json.ts';

/** Every key that a file must hold, with what it starts from; keys with a default are left out. */
export function startParams(fields: Fields): JsonObject {
  const entries = Object.entries(fields).flatMap(([key, field]) => {
    const start = 'initial' in field ? field.initial : undefined;
    return start === undefined ? [] : [[key, start] as const];
  });
  return Object.fromEntries(entries);
}

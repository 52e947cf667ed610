/** Brings a document of an older version up to the present one. */
import { assert } from '../../lib/assert.ts';
import type { JsonObject } from '../../lib/json.ts';
import { PROJECT_VERSION } from '../model.ts';
import { migrations } from './all.ts';
import type { Migration } from './define.ts';

/**
 * The document after every migration above its version, its `version` set; the same object when there is none.
 * @param version the document's version, from 1 to the present one
 */
export function migrateDocument(
  document: JsonObject,
  version: number,
  steps: readonly Migration[] = migrations,
  target: number = PROJECT_VERSION,
): JsonObject {
  let result = document;
  for (let next = version + 1; next <= target; next++) {
    const step = steps.find((migration) => migration.version === next);
    assert(step !== undefined, `there is a migration to version ${next}`);
    result = { ...step.migrate(result), version: next };
  }
  return result;
}

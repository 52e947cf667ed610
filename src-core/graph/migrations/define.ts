/** What a migration is: one step of the document format, from the version before to its own. */
import type { JsonObject } from '../../lib/json.ts';

export interface Migration {
  /** The version it leads to. A migration is never edited once a version with it is out. */
  readonly version: number;
  /** One sentence: what it changes and why. */
  readonly summary: string;
  /** Gets a document of version − 1 as it was in the file, before any check but that of its version. */
  readonly migrate: (document: JsonObject) => JsonObject;
}

/** What a kind of data is: how a document's `data` becomes raw rows. */
import type { JsonObject } from '../../lib/json.ts';
import type { RawData, ReadFile } from '../define.ts';

export interface DataKindDefinition {
  readonly label: string;
  /** Rows in file order. Rejects with AppError 'data.*'. */
  readonly load: (spec: JsonObject, readFile: ReadFile) => Promise<RawData>;
}

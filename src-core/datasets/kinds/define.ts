/** What a kind of data is: its keys, what they tell without reading a file, and how they become raw rows. */
import type { Fields } from '../../lib/fields.ts';
import type { Json, JsonObject } from '../../lib/json.ts';
import type { RawData, ReadFile, Task, Turn } from '../define.ts';

/** Check of a key that is no number, flag or choice: a list, a text. */
export interface KeyRule {
  readonly expected: string;
  readonly fits: (value: Json) => boolean;
  readonly required?: true;
}

/** What the document alone tells; undefined where it takes reading files to know. */
export interface SpecFacts {
  readonly task?: Task | undefined;
  /** Values a row feeds the network. */
  readonly inputSize?: number | undefined;
  readonly inputNames?: readonly string[] | undefined;
  readonly targetSize?: number | undefined;
  /** Least and largest target of a regression. */
  readonly targetRange?: readonly [number, number] | undefined;
  readonly classes?: readonly string[] | undefined;
  /** Rows of all parts together. */
  readonly rows?: number | undefined;
}

export interface PartSource {
  readonly readFile: ReadFile;
  /** Where the part stands in the document: 'data.validation'. */
  readonly place: string;
}

export interface DataKindDefinition {
  readonly label: string;
  /** Declared keys; those of a named entry (a generator) come with `spec`. */
  readonly fields: (spec: JsonObject) => Fields;
  readonly keys: Readonly<Record<string, KeyRule>>;
  /** What the key `name` may be; absent where the kind has no such key. */
  readonly names?: readonly string[];
  /** Asked for any document, however wrong: what cannot be told is left out. */
  readonly facts: (spec: JsonObject) => SpecFacts;
  /** Keys of files that a held-out part may name in place of `path`. */
  readonly partKeys?: readonly string[];
  /** The rows of a held-out part that names them: as `load`. */
  readonly loadPart?: (spec: JsonObject, part: JsonObject, source: PartSource) => Promise<RawData>;
  /** True: without a key `task`, whether two classes are binary is for the network's output to say. */
  readonly leavesTaskOpen?: true;
  /** Rows in file order. Rejects with AppError 'data.*'. */
  readonly load: (spec: JsonObject, readFile: ReadFile, turn: Turn) => Promise<RawData>;
}

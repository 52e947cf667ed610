/** The document as plain data: what a project file holds. Unknown keys travel along untouched. */
import type { Json, JsonObject } from '../lib/json.ts';

export const PROJECT_FORMAT = 'netloom-project';
export const PROJECT_VERSION = 1;

export interface GraphNode extends JsonObject {
  readonly id: string;
  readonly type: string;
  readonly params: JsonObject;
  /** For the editor only. */
  readonly position?: { readonly x: number; readonly y: number };
}

export interface GraphEdge extends JsonObject {
  readonly from: string;
  readonly to: string;
  /** Which input of a node with several; absent: the next free one in file order. */
  readonly slot?: number;
}

export interface Graph extends JsonObject {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}

/** Which rows are held out: a fraction of the data, or a file of its own. */
export interface SplitSpec extends JsonObject {
  readonly fraction?: number;
  readonly stratify?: boolean;
  readonly path?: string;
}

/** Where samples come from; the keys beside these depend on `kind` (formats.md section 2). */
export interface DataSpec extends JsonObject {
  readonly kind: string;
  readonly validation?: SplitSpec;
  readonly test?: SplitSpec;
}

/** {"type": …} with the type's own keys. */
export interface TypedSpec extends JsonObject {
  readonly type: string;
}

export interface TrainingSpec extends JsonObject {
  readonly method?: string;
  /** A name, or {"type": name, …}. */
  readonly loss: string | TypedSpec;
  readonly optimizer: TypedSpec;
  readonly schedule?: TypedSpec;
  readonly regularization?: { readonly l1?: number; readonly l2?: number };
  readonly gradient_clip?: { readonly norm?: number; readonly value?: number };
  readonly early_stopping?: JsonObject;
  readonly class_weights?: { readonly [label: string]: number };
  readonly batch_size?: number | 'full';
  readonly epochs?: number;
  readonly seed?: number;
  readonly shuffle?: boolean;
  readonly reduction?: 'mean' | 'sum';
  /** Most threads to use; the numbers are the same with any. */
  readonly threads?: number | null;
}

export interface ProjectDocument extends JsonObject {
  readonly format: typeof PROJECT_FORMAT;
  readonly version: number;
  readonly name: string;
  readonly graph: Graph;
  readonly data: DataSpec;
  readonly training: TrainingSpec;
}

/** Any place in the document, for problems and diffs. */
export type JsonPath = readonly (string | number)[];

export type { Json, JsonObject };

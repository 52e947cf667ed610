/** What every field component takes, whatever it edits. */
import type { Snippet } from 'svelte';
import type { Fields } from '../../../src-core/lib/fields.ts';
import type { Json, JsonObject } from '../../../src-core/lib/json.ts';

export interface FieldProps<F> {
  readonly field: F;
  /** As written in the document; undefined where the default holds. */
  readonly value: Json | undefined;
  /** Place in the document, as problems name it: 'h1.units'. Also the id of the control. */
  readonly path: string;
  /** What is wrong with it, in a sentence. */
  readonly error: string | undefined;
  /** undefined takes the key away, so that the default holds. */
  readonly onchange: (value: Json | undefined) => void;
}

/** What a form of several fields takes. */
export interface FormProps {
  readonly fields: Fields;
  readonly params: JsonObject;
  /** What paths start with: 'h1', 'training.optimizer'. */
  readonly place: string;
  readonly onchange: (key: string, value: Json | undefined) => void;
}

/** A form inside a field: the parameters of the entry a variant names. */
export type InnerForm = Snippet<[FormProps]>;

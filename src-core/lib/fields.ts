/** How a parameter is declared: once, here, for the inspector's form, the reader's checks and the help texts. */
import type { Json } from './json.ts';

interface FieldBase {
  /** Sentence case, as the inspector shows it. */
  readonly label: string;
  /** One sentence: what it does. May hold a formula in plain text. */
  readonly help: string;
  /** Absent: the key must be written in the file. null: optional, its owner works it out (stride = pool size). */
  readonly default?: Json;
  /** Word for what a default of null comes to; absent: 'auto'. */
  readonly absent?: string;
  /** What a newly placed node starts with where the key has no default. */
  readonly initial?: Json;
}
/** A whole number in [min, max]. */
export interface IntegerField extends FieldBase {
  readonly kind: 'integer';
  readonly min: number;
  readonly max: number;
}
/** A finite number; an exclusive bound is not itself allowed. */
export interface NumberField extends FieldBase {
  readonly kind: 'number';
  readonly min?: number;
  readonly max?: number;
  readonly exclusiveMin?: boolean;
  readonly exclusiveMax?: boolean;
}
export interface BooleanField extends FieldBase {
  readonly kind: 'boolean';
  readonly default: boolean;
}
/** One of a closed list of names. */
export interface ChoiceField extends FieldBase {
  readonly kind: 'choice';
  readonly options: readonly string[];
}
/** A list of whole numbers (a shape, a kernel size); `length` is its exact length or [least, most]. */
export interface IntegersField extends FieldBase {
  readonly kind: 'integers';
  readonly length: number | readonly [number, number];
  readonly min: number;
  readonly max: number;
}
/**
 * A name from a registry, or an object {"type": name, …} with the entry's own fields.
 * `entries` maps each name to its fields (none for most).
 */
export interface VariantField extends FieldBase {
  readonly kind: 'variant';
  readonly entries: Readonly<Record<string, Fields>>;
}
export type Field = IntegerField | NumberField | BooleanField | ChoiceField | IntegersField | VariantField;
export type Fields = Readonly<Record<string, Field>>;

/** Largest size a person may declare for one axis. */
export const MAX_AXIS = 65_536;

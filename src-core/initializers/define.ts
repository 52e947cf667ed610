/** What an initialiser is: how the first values of a tensor are drawn. */
import type { Fields } from '../lib/fields.ts';
import type { JsonObject } from '../lib/json.ts';
import type { Random } from '../lib/random.ts';

/** Values that enter and leave one unit; formulas scale with them. */
export interface Fans {
  readonly fanIn: number;
  readonly fanOut: number;
}

/** One initialiser: how it looks in a form, and how it draws. */
export interface InitializerDefinition {
  readonly label: string;
  readonly summary: string;
  /** TeX, without dollar signs. */
  readonly formula: string;
  readonly fields: Fields;
  /** Draws all values of a tensor, in row-major order. */
  readonly draw: (values: Float64Array, random: Random, fans: Fans, params: JsonObject) => void;
}

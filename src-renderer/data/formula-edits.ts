/** Changes of data that come from a typed formula, and what is wrong with one while it is typed. */
import { formulaInputs, rangesFor, type Range } from '../../src-core/datasets/kinds/formula.ts';
import type { DataSpec } from '../../src-core/graph/model.ts';
import { AppError } from '../../src-core/lib/errors.ts';
import { setKey } from './data-edits.ts';

const FIRST_FORMULA = 'sin(x1) * cos(x2)';
const DEFAULT_FRACTION = 0.2;

/** From another kind of data to a formula, keeping how rows are held out. */
export function startFormula(data: DataSpec): DataSpec {
  const fraction = data.validation?.fraction ?? DEFAULT_FRACTION;
  const ranges = { x1: [-3, 3], x2: [-3, 3] };
  return {
    kind: 'formula',
    expression: FIRST_FORMULA,
    ranges,
    samples: 500,
    noise: 0,
    seed: 1,
    validation: { fraction },
  };
}

/** Why a text is no formula of x1, x2, …, in a sentence; null when it is one. */
export function flawOf(text: string): string | null {
  try {
    formulaInputs({ expression: text });
    return null;
  } catch (error) {
    if (error instanceof AppError) return error.message;
    throw error;
  }
}

export function setExpression(data: DataSpec, expression: string): DataSpec {
  return setKey(data, 'expression', expression);
}

/** The range of every input there is, in order; none where formula or ranges cannot be read. */
export function rangesOf(data: DataSpec): readonly { readonly name: string; readonly range: Range }[] {
  return flawOf(String(data['expression'] ?? '')) === null ? rangesFor(data) : [];
}

interface RangeEdit {
  readonly name: string;
  /** 0: its least value; 1: its largest. */
  readonly end: 0 | 1;
  readonly value: number;
}

/** All ranges by name, one end of one of them changed. */
export function setRange(data: DataSpec, { name, end, value }: RangeEdit): DataSpec {
  const entries = rangesOf(data).map(({ name: other, range }): [string, readonly number[]] => {
    return [other, other === name ? range.map((bound, i) => (i === end ? value : bound)) : range];
  });
  return setKey(data, 'ranges', Object.fromEntries(entries));
}

/** The operations as gates of a drawing: sign, name, local derivatives, and how gradients pass through. */
import { assert } from '../lib/assert.ts';
import { ownEntry } from '../lib/fields-check.ts';
import { parseExpression, type Expression } from './parse.ts';

/** Names after the lectures on backpropagation of Stanford's CS231n. */
export type Pattern = 'distributor' | 'router' | 'switcher';

export interface Gate {
  readonly sign: string;
  readonly name: string;
  /** Derivative by each argument, as a formula of the arguments a, b and the value y; none where there are only cases. */
  readonly rules: readonly string[];
  /** In words, where there are only cases. */
  readonly words?: string;
  readonly pattern?: Pattern;
}

const gate = (sign: string, name: string, ...rules: readonly string[]): Gate => ({ sign, name, rules });

export const GATES: Readonly<Record<string, Gate>> = {
  add: { ...gate('+', 'add', '1', '1'), pattern: 'distributor' },
  subtract: gate('−', 'subtract', '1', '-1'),
  multiply: { ...gate('×', 'multiply', 'b', 'a'), pattern: 'switcher' },
  divide: gate('÷', 'divide', '1/b', '-a/b^2'),
  power: gate('^', 'power', 'b*a^(b-1)', 'y*ln(a)'),
  negate: gate('× −1', 'negate', '-1'),
  exp: gate('exp', 'exponential', 'y'),
  ln: gate('ln', 'natural logarithm', '1/a'),
  log: gate('log', 'logarithm of b to the base a', '-y/(a*ln(a))', '1/(b*ln(a))'),
  sqrt: gate('√', 'square root', '1/(2*y)'),
  sin: gate('sin', 'sine', 'cos(a)'),
  cos: gate('cos', 'cosine', '-sin(a)'),
  tan: gate('tan', 'tangent', 'sec(a)^2'),
  cot: gate('cot', 'cotangent', '-csc(a)^2'),
  sec: gate('sec', 'secant', 'sec(a)*tan(a)'),
  csc: gate('csc', 'cosecant', '-csc(a)*cot(a)'),
  max: { ...gate('max', 'maximum'), words: '1 for the largest input, 0 for the others', pattern: 'router' },
  min: { ...gate('min', 'minimum'), words: '1 for the smallest input, 0 for the others', pattern: 'router' },
  abs: { ...gate('|·|', 'absolute value'), words: '1 above zero, −1 below, 0 at it' },
  sigmoid: gate('σ', 'sigmoid', 'y*(1-y)'),
  tanh: gate('tanh', 'hyperbolic tangent', '1-y^2'),
  relu: { ...gate('ReLU', 'rectifier'), words: '1 above zero, otherwise 0' },
};

export function gateOf(op: string): Gate {
  const found = ownEntry(GATES, op);
  assert(found !== undefined, `there is a gate for ${op}`);
  return found;
}

/** The letters that stand for arguments in `rules`. */
export const ARGUMENTS = ['a', 'b'] as const;

/**
 * The local derivative by one argument as a formula of a, b and y, with the numbers that go into the gate put in.
 * null where there are only words.
 */
export function gateRule(op: string, slot: number, constants: readonly (number | null)[]): Expression | null {
  const rule = gateOf(op).rules[slot];
  if (rule === undefined) return null;
  const known = new Map(ARGUMENTS.map((name, i) => [name as string, constants[i] ?? null]));
  return withNumbers(parseExpression(rule), known);
}

function withNumbers(expression: Expression, known: ReadonlyMap<string, number | null>): Expression {
  if (expression.kind === 'apply') {
    return { ...expression, inputs: expression.inputs.map((input) => withNumbers(input, known)) };
  }
  const value = expression.kind === 'name' ? (known.get(expression.name) ?? null) : null;
  return value === null ? expression : { kind: 'number', value };
}

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';
const shown = (value: number): string => String(value).replace('-', '−');

/** What stands on the gate, numbers that go into it included: '+ 1', '1 / x', 'x³'. */
export function gateSign(op: string, constants: readonly (number | null)[]): string {
  const { sign } = gateOf(op);
  const [first = null, second = null] = constants;
  const number = constants.find((constant) => constant !== null);
  if (number === undefined || number === null) return sign;
  if (op === 'power') return second === null ? `${shown(number)}ˣ` : `x${superscript(number)}`;
  if ((op === 'divide' || op === 'subtract') && first !== null)
    return `${shown(number)} ${op === 'divide' ? '/' : sign} x`;
  return op === 'log' ? `log ${shown(number)}` : `${sign} ${shown(number)}`;
}

function superscript(exponent: number): string {
  if (!/^-?\d+$/.test(String(exponent))) return `^${shown(exponent)}`;
  return String(exponent)
    .replace('-', '⁻')
    .replace(/\d/g, (digit) => SUPERSCRIPTS[Number(digit)] ?? '');
}

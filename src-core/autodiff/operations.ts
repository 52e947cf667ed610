/** The scalar operations of formulas: value and local derivatives. One row per rule of a table of derivatives. */

export interface Operation {
  /** Fewest and most arguments. */
  readonly arity: readonly [number, number];
  readonly value: (inputs: readonly number[]) => number;
  /** Derivative with respect to each input, at `inputs`, where the operation has the value `y`. */
  readonly partials: (inputs: readonly number[], y: number) => readonly number[];
}

const MANY = 1000;

function unary(value: (x: number) => number, derivative: (x: number, y: number) => number): Operation {
  return {
    arity: [1, 1],
    value: ([x = NaN]) => value(x),
    partials: ([x = NaN], y) => [derivative(x, y)],
  };
}

function binary(
  value: (a: number, b: number) => number,
  partials: (a: number, b: number, y: number) => readonly [number, number],
): Operation {
  return {
    arity: [2, 2],
    value: ([a = NaN, b = NaN]) => value(a, b),
    partials: ([a = NaN, b = NaN], y) => partials(a, b, y),
  };
}

/** Math.max or Math.min; the gradient goes to the first input that has the value. */
function choice(pick: (...values: number[]) => number): Operation {
  return {
    arity: [2, MANY],
    value: (inputs) => pick(...inputs),
    partials: (inputs, y) => {
      const chosen = inputs.indexOf(y);
      return inputs.map((_, i) => (i === chosen ? 1 : 0));
    },
  };
}

/** v·u^(v−1); 0 for v = 0, also at u = 0. */
function slopeOfBase(base: number, exponent: number): number {
  return exponent === 0 ? 0 : exponent * base ** (exponent - 1);
}

/** u^v·ln u; its limit 0 at u = 0 for v > 0. */
function slopeOfExponent(base: number, exponent: number, y: number): number {
  return base === 0 && exponent > 0 ? 0 : y * Math.log(base);
}

const cot = (x: number): number => Math.cos(x) / Math.sin(x);
const sigmoid = (x: number): number => (x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x)));

/** Operators under the names that traces show. */
export const OPERATORS = {
  add: binary(
    (a, b) => a + b,
    () => [1, 1],
  ),
  subtract: binary(
    (a, b) => a - b,
    () => [1, -1],
  ),
  multiply: binary(
    (a, b) => a * b,
    (a, b) => [b, a],
  ),
  divide: binary(
    (a, b) => a / b,
    (a, b) => [1 / b, -a / (b * b)],
  ),
  /** The term with ln is left out where the exponent is constant: see trace.ts. */
  power: binary(
    (base, exponent) => base ** exponent,
    (base, exponent, y) => [slopeOfBase(base, exponent), slopeOfExponent(base, exponent, y)],
  ),
  negate: unary(
    (x) => -x,
    () => -1,
  ),
} as const satisfies Readonly<Record<string, Operation>>;

/** Functions by the name they are typed with. Derivatives at kinks: relu'(0) = 0, abs'(0) = 0. */
export const FUNCTIONS: Readonly<Record<string, Operation>> = {
  exp: unary(Math.exp, (_, y) => y),
  ln: unary(Math.log, (x) => 1 / x),
  /** log(a, x) = ln x / ln a. */
  log: binary(
    (a, x) => Math.log(x) / Math.log(a),
    (a, x, y) => [-y / (a * Math.log(a)), 1 / (x * Math.log(a))],
  ),
  sqrt: unary(Math.sqrt, (_, y) => 0.5 / y),
  sin: unary(Math.sin, Math.cos),
  cos: unary(Math.cos, (x) => -Math.sin(x)),
  tan: unary(Math.tan, (_, y) => 1 + y * y),
  cot: unary(cot, (_, y) => -1 - y * y),
  sec: unary(
    (x) => 1 / Math.cos(x),
    (x, y) => y * Math.tan(x),
  ),
  csc: unary(
    (x) => 1 / Math.sin(x),
    (x, y) => -y * cot(x),
  ),
  max: choice(Math.max),
  min: choice(Math.min),
  abs: unary(Math.abs, (x) => Math.sign(x) + 0),
  sigmoid: unary(sigmoid, (_, y) => y * (1 - y)),
  tanh: unary(Math.tanh, (_, y) => 1 - y * y),
  relu: unary(
    (x) => (x > 0 ? x : 0 * x),
    (x) => (x > 0 ? 1 : 0),
  ),
};

/** Values and gradients of formulas: worked examples of lectures, by hand, and a table of derivatives against differences. */
import { describe, expect, test } from 'vitest';
import { compileExpression } from '../../../src-core/autodiff/evaluate.ts';
import { FUNCTIONS } from '../../../src-core/autodiff/operations.ts';
import { namesIn, parseExpression } from '../../../src-core/autodiff/parse.ts';
import { traceExpression, type Trace } from '../../../src-core/autodiff/trace.ts';
import { messageOf } from '../../helpers/message-of.ts';

type Point = Readonly<Record<string, number>>;
const trace = (text: string, at: Point, mode?: 'forward'): Trace => traceExpression(parseExpression(text), at, mode);
/** Six digits are what the examples are printed with. */
const DIGITS = 6;

function expectClose(found: Point, expected: Point): void {
  expect(Object.keys(found)).toEqual(Object.keys(expected));
  for (const [name, value] of Object.entries(expected)) expect(found[name], name).toBeCloseTo(value, DIGITS);
}

test('(x+y)z at −2, 5, −4: every node, in one pass backward or three forward', () => {
  const at = { x: -2, y: 5, z: -4 };
  const backward = trace('(x+y)*z', at);
  const forward = trace('(x+y)*z', at, 'forward');
  expect(backward).toEqual({
    value: -12,
    gradients: { x: -4, y: -4, z: 3 },
    nodes: [
      { id: 'x', op: 'variable', inputs: [], value: -2, gradient: -4 },
      { id: 'y', op: 'variable', inputs: [], value: 5, gradient: -4 },
      { id: 'n1', op: 'add', inputs: ['x', 'y'], value: 3, gradient: -4 },
      { id: 'z', op: 'variable', inputs: [], value: -4, gradient: 3 },
      { id: 'n2', op: 'multiply', inputs: ['n1', 'z'], value: -12, gradient: 1 },
    ],
    passes: 1,
  });
  expect(forward).toEqual({ ...backward, passes: 3 });
});

describe('the sigmoid neuron with weights 2, −3, −3 at −1, −2', () => {
  const at = { w0: 2, x0: -1, w1: -3, x1: -2, w2: -3 };
  const gradients = { w0: -0.196612, x0: 0.393224, w1: -0.393224, x1: -0.589836, w2: 0.196612 };

  test('as gates: every value and every gradient on the way', () => {
    const found = trace('1/(1+exp(-(w0*x0+w1*x1+w2)))', at);
    const gates = found.nodes.filter(({ op }) => op !== 'variable' && op !== 'constant');
    const numbers = (key: 'value' | 'gradient') => gates.map((node) => Number(node[key].toFixed(DIGITS)));
    expect(gates.map(({ op }) => op)).toEqual('multiply multiply add add negate exp add divide'.split(' '));
    expect(numbers('value')).toEqual([-2, 6, 4, 1, -1, 0.367879, 1.367879, 0.731059]);
    expect(numbers('gradient')).toEqual([0.196612, 0.196612, 0.196612, 0.196612, -0.196612, -0.534447, -0.534447, 1]);
    expectClose(found.gradients, gradients);
  });

  test('as one gate: the same', () => {
    const found = trace('sigmoid(w0*x0+w1*x1+w2)', at);
    expect(found.value).toBeCloseTo(0.731059, DIGITS);
    expectClose(found.gradients, gradients);
  });
});

test('add shares, max chooses, multiply swaps: (x·y + max(z,w))·2 at 3, −4, 2, −1', () => {
  const found = trace('(x*y + max(z,w))*2', { x: 3, y: -4, z: 2, w: -1 });
  expect([found.value, found.gradients]).toEqual([-20, { x: -8, y: 6, z: 2, w: 0 }]);
});

test('‖Wx‖² as sums of products', () => {
  const at = { a: 0.1, b: 0.5, c: -0.3, d: 0.8, x: 0.2, y: 0.4 };
  const found = trace('(a*x+b*y)^2 + (c*x+d*y)^2', at);
  const sums = found.nodes.filter(({ op }) => op === 'add').slice(0, 2);
  expect(found.value).toBeCloseTo(0.116, DIGITS);
  expect(sums.map(({ value, gradient }) => [value, gradient].map((x) => Number(x.toFixed(DIGITS))))).toEqual([
    [0.22, 0.44],
    [0.26, 0.52],
  ]);
  expectClose(found.gradients, { a: 0.088, x: -0.112, b: 0.176, y: 0.636, c: 0.104, d: 0.208 });
});

test('a variable on two paths gets the sum of both: w³v + 3w at 2, 3', () => {
  const found = trace('w^3*v + 3*w', { w: 2, v: 3 });
  const one = (op: string) => found.nodes.filter((node) => node.op === op).map(({ value }) => value);
  expect([found.value, found.gradients, one('power'), one('multiply')]).toEqual([30, { w: 39, v: 8 }, [8], [24, 6]]);
});

test('a dense layer and its backward step for Δ = (1, −2)', () => {
  const at = { a: 1, b: 2, c: 3, d: 4, p: 0.5, q: -0.5, x: 0.1, y: -0.2 };
  const linear = ['a*x+b*y+p', 'c*x+d*y+q'];
  const values = linear.map((text) => Number(trace(text, at).value.toFixed(DIGITS)));
  const found = trace(`sigmoid(${linear[0]}) - 2*sigmoid(${linear[1]})`, at);
  const units = found.nodes.filter(({ op }) => op === 'sigmoid').map(({ value }) => Number(value.toFixed(DIGITS)));
  expect([values, units]).toEqual([
    [0.2, -1],
    [0.549834, 0.268941],
  ]);
  expectClose(found.gradients, {
    a: 0.024752,
    x: -0.932155,
    b: -0.049503,
    y: -1.077862,
    p: 0.247517,
    c: -0.039322,
    d: 0.078645,
    q: -0.393224,
  });
});

test('a row of a Jacobian: W x + b over W', () => {
  const found = trace('a*x+b*y+p', { a: 1, b: 2, p: 0.5, x: 0.1, y: -0.2 });
  expect(found.gradients).toEqual({ a: 0.1, x: 1, b: -0.2, y: 2, p: 1 });
});

/** A table of derivatives at x = 0.7: u = x^2 + 1 and v = sin(x) stand for functions of x. */
const RULES = [
  ['4', 0],
  ['x', 1],
  ['4*x', 4],
  ['x + x^2', 2.4],
  ['x - x^2', -0.4],
  ['(x^2+1)*sin(x)', 1.49 * Math.cos(0.7) + 1.4 * Math.sin(0.7)],
  ['(x^2+1)/sin(x)', (1.4 * Math.sin(0.7) - 1.49 * Math.cos(0.7)) / Math.sin(0.7) ** 2],
  ['x^5', 5 * 0.7 ** 4],
  ['1/x', -1 / 0.49],
  ['sqrt(x)', 0.5 / Math.sqrt(0.7)],
  ['ln(x)', 1 / 0.7],
  ['log(10, x)', 1 / (0.7 * Math.LN10)],
  ['exp(3*x)', 3 * Math.exp(2.1)],
  ['2^(3*x)', 3 * Math.LN2 * 2 ** 2.1],
  ['x^sin(x)', 0.7 ** Math.sin(0.7) * (Math.cos(0.7) * Math.log(0.7) + Math.sin(0.7) / 0.7)],
  ['sin(2*x)', 2 * Math.cos(1.4)],
  ['cos(2*x)', -2 * Math.sin(1.4)],
  ['tan(x)', 1 / Math.cos(0.7) ** 2],
  ['cot(x)', -1 / Math.sin(0.7) ** 2],
  ['sec(x)', Math.tan(0.7) / Math.cos(0.7)],
  ['csc(x)', -1 / (Math.tan(0.7) * Math.sin(0.7))],
  ['sin(exp(x^2))', Math.cos(Math.exp(0.49)) * Math.exp(0.49) * 1.4],
] as const;

test.each(RULES)('the derivative of %s', (text, expected) => {
  const { gradients } = trace(`${text} + 0*x`, { x: 0.7 });
  expect(gradients['x']).toBeCloseTo(expected, 12);
});

/** Central differences of step 1e-6 are good to about 1e-9 here. */
test.each(Object.entries(FUNCTIONS))('%s has the slope of its differences, in both modes', (name, { arity }) => {
  const names = ['x', 'y'].slice(0, arity[0]);
  const expression = parseExpression(`${name}(${names.join(',')})*3`);
  const at = { x: 0.7, y: 1.9 };
  const value = compileExpression(expression, ['x', 'y']);
  const h = 1e-6;
  const slopes = { x: (value([0.7 + h, 1.9]) - value([0.7 - h, 1.9])) / (2 * h), y: 0 };
  slopes.y = (value([0.7, 1.9 + h]) - value([0.7, 1.9 - h])) / (2 * h);
  for (const mode of ['reverse', 'forward'] as const) {
    const { gradients } = traceExpression(expression, at, mode);
    expect(Object.keys(gradients)).toEqual(namesIn(expression));
    for (const [key, gradient] of Object.entries(gradients)) {
      expect(gradient).toBeCloseTo(key === 'x' ? slopes.x : slopes.y, 7);
    }
  }
});

test.each([
  ['max(x, y)', { x: 2, y: 2 }, { x: 1, y: 0 }],
  ['min(x, y)', { x: 2, y: 2 }, { x: 1, y: 0 }],
  ['abs(x)', { x: 0 }, { x: 0 }],
  ['abs(x)', { x: -3 }, { x: -1 }],
  ['relu(x)', { x: 0 }, { x: 0 }],
  ['x^3', { x: -2 }, { x: 12 }],
  ['x^(4/2)', { x: -3 }, { x: -6 }],
  ['x^1', { x: 0 }, { x: 1 }],
  ['x^0', { x: 0 }, { x: 0 }],
  ['x^y', { x: 0, y: 2 }, { x: 0, y: 0 }],
  ['0*sqrt(x)', { x: 0 }, { x: 0 }],
])('%s at %o', (text, at, expected) => {
  const { gradients } = trace(text, at);
  expect(gradients).toEqual(expected);
});

test('a sigmoid far out stays a number', () => {
  expect([trace('sigmoid(x)', { x: -1000 }), trace('sigmoid(x)', { x: 1000 })].map(({ value }) => value)).toEqual([
    0, 1,
  ]);
});

test('names of nodes do not meet names of variables', () => {
  const ids = trace('n1 + n2*2', { n1: 1, n2: 2 }).nodes.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
});

test('a variable without a value is named', () => {
  expect(messageOf(() => trace('x + toString', { x: 1 }))).toBe(
    'expression: expected a value for toString, got values for x',
  );
});

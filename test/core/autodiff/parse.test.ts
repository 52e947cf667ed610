/** The grammar of formulas: what binds tighter, and what is said about a formula that is none. */
import { expect, test } from 'vitest';
import { parseExpression, type Expression } from '../../../src-core/autodiff/parse.ts';
import { messageOf } from '../../helpers/message-of.ts';

/** With every pair of brackets that the grammar implies. */
function show(expression: Expression): string {
  if (expression.kind === 'number') return String(expression.value);
  if (expression.kind === 'name') return expression.name;
  return `${expression.op}(${expression.inputs.map(show).join(' ')})`;
}

test.each([
  ['a+b*c', 'add(a multiply(b c))'],
  ['a-b-c', 'subtract(subtract(a b) c)'],
  ['a/b*c', 'multiply(divide(a b) c)'],
  ['a^b^c', 'power(a power(b c))'],
  ['-x^2', 'negate(power(x 2))'],
  ['(-x)^2', 'power(negate(x) 2)'],
  ['2^-x', 'power(2 negate(x))'],
  ['a*-b', 'multiply(a negate(b))'],
  ['--a', 'negate(negate(a))'],
  ['-a*b', 'multiply(negate(a) b)'],
  ['max(a, b+1)', 'max(a add(b 1))'],
  ['log(2, x)', 'log(2 x)'],
  [' 1.5e-3 + .5*x_1 ', 'add(0.0015 multiply(0.5 x_1))'],
  ['exp1', 'exp1'],
])('%s is %s', (text, expected) => {
  expect(show(parseExpression(text))).toBe(expected);
});

test.each([
  ['', 'expression: column 1: expected a number, a name or "(", got the end'],
  ['x +', 'expression: column 4: expected a number, a name or "(", got the end'],
  ['+x', 'expression: column 1: expected a number, a name or "(", got "+"'],
  ['2x', 'expression: column 2: expected an operator or the end, got "x"'],
  ['(x', 'expression: column 3: expected an operator or ")", got the end'],
  ['x)', 'expression: column 2: expected an operator or the end, got ")"'],
  ['a $ b', 'expression: column 3: expected an operator or the end, got "$"'],
  ['sin x', 'expression: column 5: expected "(", got "x"'],
  ['log(x)', 'expression: column 1: expected 2 arguments for log, got 1'],
  ['max(x)', 'expression: column 1: expected at least 2 arguments for max, got 1'],
  ['1e999', 'expression: column 1: expected a finite number, got 1e999'],
  [
    'constructor(x)',
    'expression: column 1: expected one of the functions exp, ln, log, sqrt, sin, cos, tan, cot, sec, csc, max, min, abs, sigmoid, tanh, relu, got constructor',
  ],
  ['('.repeat(300), 'expression: expected at most 200 levels'],
  ['x+'.repeat(6000), 'expression: expected at most 10000 characters'],
])('%s is refused with its column', (text, message) => {
  expect(messageOf(() => parseExpression(text))).toBe(message);
});

/** Gates: the rule that is shown is the slope that is used, and what stands on them. */
import { expect, test } from 'vitest';
import { operationOf } from '../../../src-core/autodiff/evaluate.ts';
import { GATES, gateRule, gateSign } from '../../../src-core/autodiff/gates.ts';
import { FUNCTIONS, OPERATORS } from '../../../src-core/autodiff/operations.ts';
import { parseExpression } from '../../../src-core/autodiff/parse.ts';
import { compileExpression } from '../../../src-core/autodiff/evaluate.ts';
import { expressionTex, nameTex } from '../../../src-core/autodiff/tex.ts';

test('every operation has a gate', () => {
  expect(Object.keys(GATES).sort()).toEqual([...Object.keys(OPERATORS), ...Object.keys(FUNCTIONS)].sort());
});

const withRules = Object.entries(GATES).filter(([, { rules }]) => rules.length > 0);

test.each(withRules)('the rules of %s are its slopes', (op, { rules }) => {
  const inputs = [0.7, 1.9].slice(0, rules.length);
  const { value, partials } = operationOf(op);
  const y = value(inputs);
  const shown = rules.map((rule) => compileExpression(parseExpression(rule), ['a', 'b', 'y'])([0.7, 1.9, y]));
  const used = partials(inputs, y);
  expect(shown).toHaveLength(used.length);
  shown.forEach((slope, i) => expect(slope).toBeCloseTo(used[i] ?? NaN, 12));
});

test.each([
  ['add', [null, 1], '+ 1'],
  ['add', [null, null], '+'],
  ['multiply', [-2, null], '× −2'],
  ['subtract', [1, null], '1 − x'],
  ['divide', [1, null], '1 / x'],
  ['divide', [null, 2], '÷ 2'],
  ['power', [null, 3], 'x³'],
  ['power', [null, -12], 'x⁻¹²'],
  ['power', [null, 0.5], 'x^0.5'],
  ['power', [2, null], '2ˣ'],
  ['log', [10, null], 'log 10'],
  ['exp', [null], 'exp'],
] as const)('the sign of %s with %o', (op, constants, sign) => {
  expect(gateSign(op, constants)).toBe(sign);
});

test.each([
  ['(x+y)*z', '\\left(x + y\\right) \\, z'],
  ['x*y+z', 'x \\, y + z'],
  ['a-(b-c)', 'a - \\left(b - c\\right)'],
  ['-(x+1)', '-\\left(x + 1\\right)'],
  ['-x*y', '\\left(-x\\right) \\, y'],
  ['1/(1+exp(-z))', '\\frac{1}{1 + e^{-z}}'],
  ['(a/b)^2', '\\left(\\frac{a}{b}\\right)^{2}'],
  ['exp(x)^2', '\\left(e^{x}\\right)^{2}'],
  ['x^2^3', 'x^{2^{3}}'],
  ['2*3', '2 \\cdot 3'],
  ['sqrt(x)*log(10,y)', '\\sqrt{x} \\, \\log_{10}\\left(y\\right)'],
  ['sigmoid(w1*x)', '\\sigma\\left(w_{1} \\, x\\right)'],
  ['max(0,x)', '\\max\\left(0, x\\right)'],
  ['1e-9*x', '1 \\cdot 10^{-9} \\, x'],
  ['1e-9^x', '\\left(1 \\cdot 10^{-9}\\right)^{x}'],
])('%s as TeX', (text, tex) => {
  expect(expressionTex(parseExpression(text))).toBe(tex);
});

test.each([
  ['x', 'x'],
  ['w12', 'w_{12}'],
  ['sigma_2', '\\sigma_{2}'],
  ['rate', '\\mathit{rate}'],
  ['a_b', '\\mathit{a\\_b}'],
])('the name %s as TeX', (name, tex) => {
  expect(nameTex(name)).toBe(tex);
});

test.each([
  ['multiply', 0, [null, null], 'b'],
  ['multiply', 1, [2, null], '2'],
  ['power', 0, [null, 3], '3 \\, a^{3 - 1}'],
  ['divide', 1, [1, null], '\\frac{-1}{b^{2}}'],
] as const)('the rule of %s by argument %d with %o', (op, slot, constants, tex) => {
  const rule = gateRule(op, slot, constants);
  expect(rule === null ? null : expressionTex(rule)).toBe(tex);
});

test('a choice has no formula for a rule', () => {
  expect(gateRule('max', 0, [null, null])).toBeNull();
});

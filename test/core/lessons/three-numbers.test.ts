/** The check of the lessons: when it is green, and every reason for which it is not. */
import { expect, test } from 'vitest';
import type { Choice } from '../../../src-core/lessons/panes.ts';
import { sceneOfChoice } from '../../../src-core/lessons/scene.ts';
import { threeNumbers } from '../../../src-core/lessons/three-numbers.ts';

const verdict = (expression: string, derivatives: Choice['derivatives'], at: Readonly<Record<string, number>>) =>
  threeNumbers(sceneOfChoice({ expression, derivatives }, at)).map((row) => row.verdict);

test.each([
  ['x^2', '2*x', 0, 'agree'],
  ['x^2', '2*x', 3, 'agree'],
  ['x^2', '2*x+0.0001', 3, 'differ'],
  ['x^2', '3*x', 3, 'differ'],
  ['ln(x)', '1/x', -1, 'undefined'],
  ['ln(x)', '1/x', 1e-7, 'undefined'],
  ['abs(x)', 'abs(x)/x', 0, 'corner'],
  ['abs(x)', 'abs(x)/x', 3, 'agree'],
  ['relu(x)', '1', 1e-9, 'corner'],
  ['exp(20*x)', '20*exp(20*x)', 1, 'agree'],
  ['x^2+1e9', '2*x', 1, 'rounding'],
  ['4', '0', 1, 'agree'],
])('%s with the derivative %s at %d: %s', (expression, x, value, expected) => {
  expect(verdict(expression, { x }, { x: value })).toEqual([expected]);
});

test('a derivative by cases follows the sign', () => {
  const derivatives = { z: { sign: 'z-w', plus: '2', minus: '0' } };
  const at = (z: number) => verdict('2*max(z,w)', derivatives, { z, w: 1 });
  expect([at(2), at(0), at(1)]).toEqual([
    ['agree', 'agree'],
    ['agree', 'agree'],
    ['corner', 'corner'],
  ]);
});

test('without a formula two numbers have to meet', () => {
  expect(verdict('x*y', {}, { x: 2, y: 3 })).toEqual(['agree', 'agree']);
});

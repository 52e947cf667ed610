/** What the lessons write: numbers, steps in words, and why a check is red. */
import { expect, test } from 'vitest';
import { parseExpression } from '../../../src-core/autodiff/parse.ts';
import { scalarGraph } from '../../../src-core/autodiff/scalar-graph.ts';
import { derivativeSteps, valueSteps } from '../../../src-core/autodiff/sweep.ts';
import { sceneOfChoice } from '../../../src-core/lessons/scene.ts';
import { threeNumbers } from '../../../src-core/lessons/three-numbers.ts';
import { isGreen, reasonFor } from '../../../src-renderer/lessons/check-words.ts';
import { derivativeTex } from '../../../src-renderer/lessons/derivative-tex.ts';
import { preciseNumber, slideNumber, wireNumber } from '../../../src-renderer/lessons/numbers.ts';
import { productLines, stepLine } from '../../../src-renderer/lessons/sweep-words.ts';

test.each([
  [-0.19661193, '−0.196612', '−0.1966', '−0.20'],
  [0.0431292, '0.043129', '0.04313', '0.04'],
  [0.00048614, '4.8614e−4', '4.86e−4', '0.00'],
  [9.1391e-14, '9.1391e−14', '9.14e−14', '0.00'],
  [1e-5, '1e−5', '1e−5', '0.00'],
  [12.000001, '12', '12', '12.00'],
  [1234567, '1.2346e6', '1.23e6', '1234567.00'],
  [0, '0', '0', '0.00'],
  [NaN, 'none', 'none', 'NaN'],
  [-Infinity, '−∞', '−∞', '-Infinity'],
])('%d', (value, precise, wire, slide) => {
  expect([preciseNumber(value), wireNumber(value), slideNumber(value)]).toEqual([precise, wire, slide]);
});

test('a backward pass in words', () => {
  const graph = scalarGraph(parseExpression('(x+y)*z'), { x: -2, y: 5, z: -4 });
  const steps = [...valueSteps(graph), ...derivativeSteps(graph, 'reverse')];
  expect(steps.map((step) => [stepLine(graph, step, wireNumber), ...productLines(graph, step, wireNumber)])).toEqual([
    ['add (+): −2 and 5 → 3'],
    ['multiply (×): 3 and −4 → −12'],
    ['The way back begins with ∂f/∂f = 1'],
    ['multiply (×) sends its gradient 1 back', '1 × −4 = −4 to +', '1 × 3 = 3 to z'],
    ['add (+) sends its gradient −4 back', '−4 × 1 = −4 to x', '−4 × 1 = −4 to y'],
  ]);
});

test('a pass forward in words', () => {
  const graph = scalarGraph(parseExpression('x*3'), { x: 2 });
  expect(
    derivativeSteps(graph, 'forward').map((step) => [
      stepLine(graph, step, wireNumber),
      ...productLines(graph, step, wireNumber),
    ]),
  ).toEqual([
    ['Pass for x: ∂x/∂x = 1, all other variables stand still'],
    ['multiply (× 3) moves with x at the rate 3', '1 × 3 = 3 from x'],
  ]);
});

test.each([
  ['x^2', '2*x', 1, true, null],
  ['x^2', '3*x', 1, false, '∂f/∂x: expected one number, got 3 and 2 and 2.'],
  ['ln(x)', '1/x', 0, false, '∂f/∂x: f has no value here or right beside it. Choose another value for x.'],
  [
    'abs(x)',
    '1',
    0,
    false,
    '∂f/∂x: there is a corner within 1e−5. The slope is −1 on the left and 1 on the right, so no derivative exists; the engine takes 0.',
  ],
])('%s with %s at %d', (expression, x, value, green, reason) => {
  const [check] = threeNumbers(sceneOfChoice({ expression, derivatives: { x } }, { x: value }));
  expect(check && [isGreen(check), reasonFor(check)]).toEqual([green, reason]);
});

test('closed forms as TeX, cases included', () => {
  expect([derivativeTex('w1', '2*x'), derivativeTex('z', { sign: 'z-w', plus: '2', minus: '0' })]).toEqual([
    String.raw`\frac{\partial f}{\partial w_{1}} = 2 \, x`,
    String.raw`\frac{\partial f}{\partial z} = \begin{cases} 2 & z - w > 0 \\ 0 & z - w < 0 \end{cases}`,
  ]);
});

/** The words of lessons: blocks, formulas, strong text and live numbers; and the readings these ask for. */
import { expect, test } from 'vitest';
import { readProse, readSpans } from '../../../src-core/lessons/prose.ts';
import { isDerivative, readNumber } from '../../../src-core/lessons/readings.ts';
import { sceneOfChoice } from '../../../src-core/lessons/scene.ts';

test('prose is read into paragraphs and formulas, lines into spans', () => {
  expect(readProse('A **strong** $x^2$ is\n[[x^2]].\n\n$$y = x$$\n')).toEqual([
    { kind: 'paragraph', line: 'A **strong** $x^2$ is [[x^2]].' },
    { kind: 'formula', tex: 'y = x' },
  ]);
  expect(readSpans('A **strong** $x^2$ is [[x^2]].')).toEqual([
    { kind: 'text', text: 'A ' },
    { kind: 'strong', text: 'strong' },
    { kind: 'text', text: ' ' },
    { kind: 'tex', tex: 'x^2' },
    { kind: 'text', text: ' is ' },
    { kind: 'reading', reading: 'x^2' },
    { kind: 'text', text: '.' },
  ]);
});

const scene = sceneOfChoice({ expression: 'w^3*v+3*w', derivatives: {} }, { w: 2, v: 3, h: 0.1 });

test.each([
  ['w^3*v+3*w', 30, false],
  ['w+v', 5, false],
  ['d w', 39, true],
  ['d w^3', 3, true],
  ['d w via w^3', 36, true],
  ['local w of w^3', 12, true],
  ['slope w', 39, true],
  ['slope h', 0, true],
  ['forward v h', 8, true],
  ['tangent v h', 30.8, false],
  ['passes forward', 2, false],
  ['passes reverse', 1, false],
])('the reading %s', (reading, value, derivative) => {
  expect(readNumber(reading, scene)).toBeCloseTo(value, 9);
  expect(isDerivative(reading)).toBe(derivative);
});

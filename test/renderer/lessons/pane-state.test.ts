/** What is live in a step: values, formulas, sweeps, updates, and the way back to the start. */
import { expect, test } from 'vitest';
import { lessons } from '../../../src-core/lessons/registry.ts';
import type { Lesson } from '../../../src-core/lessons/define.ts';
import { readNumber } from '../../../src-core/lessons/readings.ts';
import { isGreen } from '../../../src-renderer/lessons/check-words.ts';
import { layoutOf } from '../../../src-renderer/lessons/graph-layout.ts';
import { PaneState } from '../../../src-renderer/lessons/pane-state.svelte.ts';
import { wiresOf } from '../../../src-renderer/lessons/widgets/wires.ts';

function live(lesson: Lesson, step: number): PaneState {
  const found = lesson.steps[step - 1];
  if (found === undefined) throw new Error(`no step ${step}`);
  return new PaneState(found.pane);
}
const numbers = ({ sweeps }: PaneState) => wiresOf(sweeps).map(({ value, derivative }) => [value, derivative]);

test('a step that starts with inputs has no number on any gate yet', () => {
  const state = live(lessons.sum_and_product, 1);
  expect([state.sweeps.done, numbers(state)]).toEqual([
    0,
    [
      [-2, null],
      [5, null],
      [null, null],
      [-4, null],
      [null, null],
    ],
  ]);
});

test('steps forward and back pass through the same numbers', () => {
  const { sweeps } = live(lessons.sum_and_product, 1);
  const kinds = sweeps.steps.map(({ kind }) => kind);
  const on = kinds.map(() => (sweeps.forward(), sweeps.last?.kind));
  const back = kinds.map(() => {
    const kind = sweeps.last?.kind;
    sweeps.back();
    return kind;
  });
  expect([on, back.reverse(), sweeps.done]).toEqual([kinds, kinds, 0]);
  expect(kinds).toEqual(['value', 'value', 'seed', 'back', 'back']);
});

test('all wires of (x + y) z carry value and gradient in the end', () => {
  const state = live(lessons.sum_and_product, 2);
  state.sweeps.all();
  expect(numbers(state)).toEqual([
    [-2, -4],
    [5, -4],
    [3, -4],
    [-4, 3],
    [-12, 1],
  ]);
});

test('a value that changes changes every number at once, and the step stays', () => {
  const state = live(lessons.sum_and_product, 2);
  const { done } = state.sweeps;
  state.set('z', 2);
  expect([readNumber('(x+y)*z', state.scene), state.sweeps.done, state.checks.every(isGreen)]).toEqual([6, done, true]);
});

test('forward accumulation takes a pass for each variable', () => {
  const { sweeps } = live(lessons.sum_and_product, 3);
  const reverse = sweeps.passes;
  sweeps.setMode('forward');
  expect([reverse, sweeps.passes]).toEqual([1, 3]);
});

test('four gates of the neuron are drawn as one, and as four again', () => {
  const { sweeps } = live(lessons.sigmoid_neuron, 4);
  const count = () => sweeps.graph.nodes.length;
  const apart = count();
  sweeps.setFolded(true);
  const together = count();
  sweeps.setFolded(false);
  expect([apart, together, count()]).toEqual([13, 10, 13]);
});

test('running all sweeps changes no weight; an update does, and forgets the gradients', () => {
  const state = live(lessons.backpropagation_and_learning, 2);
  state.sweeps.clear();
  state.sweeps.all();
  const before = state.point;
  state.update();
  const { point, sweeps, scene } = state;
  const rounded = Object.fromEntries(Object.entries(point).map(([name, value]) => [name, Number(value.toFixed(12))]));
  expect(before).toEqual({ w: -1, b: 1, x: 2, y: 3, rate: 0.05 });
  expect(rounded).toEqual({ ...before, w: -0.2, b: 1.4 });
  expect(sweeps.seen.derivatives.size).toBe(0);
  expect(readNumber('(w*x+b-y)^2', scene)).toBeCloseTo(4, 12);
});

test('a formula of one’s own brings its variables along', () => {
  const state = live(lessons.derivative_rules, 5);
  state.type('p*x^2');
  expect([state.formula, state.point['p'], state.checks.map(({ name, formula }) => [name, formula])]).toEqual([
    'p*x^2',
    1,
    [
      ['p', null],
      ['x', null],
    ],
  ]);
});

test('a formula that cannot be read is explained, and the one before stays', () => {
  const state = live(lessons.derivative_rules, 5);
  state.type('x^2');
  state.type('x^(2');
  expect([state.typedError, readNumber('x^2', state.scene), state.scene.graph.nodes.length]).toEqual([
    'expression: column 5: expected an operator or ")", got the end',
    0.7 ** 2,
    2,
  ]);
});

test('the start brings back values, formula and sweeps', () => {
  const state = live(lessons.derivative_rules, 5);
  state.type('x^(');
  state.type('x+p');
  state.set('x', 1);
  state.sweeps.clear();
  state.reset();
  expect([state.formula, state.point, state.typedError, state.sweeps.isComplete]).toEqual([
    'exp(-x^2)*cos(5*x)',
    { x: 0.7 },
    null,
    true,
  ]);
});

test('an activation that is chosen is the one that is shown', () => {
  const state = live(lessons.vanishing_gradients, 2);
  state.choose(2);
  expect(readNumber('d w1', state.scene)).toBe(1);
});

test('a formula too large to follow is refused before it is drawn', () => {
  const state = live(lessons.derivative_rules, 5);
  state.type(Array.from({ length: 62 }, () => 'x').join('+'));
  expect([state.typedError, state.scene.graph.nodes.length]).toEqual([
    'expression: expected at most 60 gates to draw',
    7,
  ]);
});

test.each(['constructor*2', 'toString+__proto__', 'result*n1'])('variables may be called anything: %s', (text) => {
  const state = live(lessons.derivative_rules, 5);
  state.type(text);
  const { nodes } = layoutOf(state.scene.graph, 'LR');
  expect([state.typedError, Object.keys(nodes).length, state.checks.every(isGreen)]).toEqual([
    null,
    state.scene.graph.nodes.length + 1,
    true,
  ]);
});

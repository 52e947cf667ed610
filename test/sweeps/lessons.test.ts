/** Every lesson: its printed numbers hold, three independent derivatives meet, every formula can be set, every task done. */
import katex from 'katex';
import { describe, expect, test } from 'vitest';
import { GATES } from '../../src-core/autodiff/gates.ts';
import { parseExpression } from '../../src-core/autodiff/parse.ts';
import { expressionTex } from '../../src-core/autodiff/tex.ts';
import { chapters, type Lesson, type LessonStep } from '../../src-core/lessons/define.ts';
import { choiceLabels, startPoint, type Pane } from '../../src-core/lessons/panes.ts';
import { readProse, readSpans, type Span } from '../../src-core/lessons/prose.ts';
import { readNumber } from '../../src-core/lessons/readings.ts';
import { lessonList } from '../../src-core/lessons/registry.ts';
import { sceneOf, type Scene } from '../../src-core/lessons/scene.ts';
import { isDone } from '../../src-core/lessons/tasks.ts';
import { threeNumbers, type Verdict } from '../../src-core/lessons/three-numbers.ts';
import { derivativeTex } from '../../src-renderer/lessons/derivative-tex.ts';

const steps = lessonList.flatMap(({ id, lesson }) =>
  lesson.steps.map((step, index) => ({ name: `${id} ${index + 1}`, lesson, step })),
);

function sceneAt(pane: Pane, change: Readonly<Record<string, number>> = {}, choice = 0): Scene {
  return sceneOf(pane, choice, { ...startPoint(pane), ...change });
}

/** Numbers are printed exactly, or rounded to six decimals or five digits with an exponent: then by half of the last. */
function slackOf(printed: string): number {
  const [digits = '', exponent] = printed.split('e');
  const decimals = digits.split('.')[1]?.length ?? 0;
  const isExact = exponent === undefined && decimals < 6;
  return isExact ? 1e-9 : 0.5 * 10 ** (Number(exponent ?? 0) - decimals);
}

function render(tex: string): void {
  katex.renderToString(tex, { throwOnError: true, strict: 'error' });
}

const isReading = (span: Span) => span.kind === 'reading';
/** Of the text, the task and the question. */
const spansOf = ({ text, task, question }: LessonStep): Span[] => [
  ...readProse(text).flatMap((block): Span[] =>
    block.kind === 'paragraph' ? readSpans(block.line) : [{ kind: 'tex', tex: block.tex }],
  ),
  ...[task?.text, question?.ask, question?.answer].flatMap((line) => readSpans(line ?? '')),
];

describe.each(steps)('$name', ({ step }) => {
  const { pane } = step;
  const choices = choiceLabels(pane).map((_, choice) => choice);

  test('the printed numbers hold', () => {
    const found = (step.expect ?? []).flatMap(({ row, at, choice, numbers }) =>
      Object.entries(numbers).map(([reading, printed]) => {
        const value = readNumber(reading, sceneAt(pane, at, choice));
        return { row, reading, printed, value, isRight: Math.abs(value - Number(printed)) <= slackOf(printed) };
      }),
    );
    expect(found.filter(({ isRight }) => !isRight)).toEqual([]);
  });

  test.each(choices)('formula, engine and difference are one number, choice %d', (choice) => {
    const rows = threeNumbers(sceneAt(pane, {}, choice));
    expect(rows.length).toBeGreaterThan(0);
    // Ten layers leave less of a gradient than a difference can be told from rounding.
    const allowed: readonly Verdict[] = pane.widget === 'chain' ? ['agree', 'rounding'] : ['agree'];
    expect(rows.filter(({ verdict }) => !allowed.includes(verdict))).toEqual([]);
    expect(rows.filter(({ formula }) => formula === null)).toEqual([]);
  });

  test('every formula can be set', () => {
    spansOf(step).forEach((span) => span.kind === 'tex' && render(span.tex));
    if (pane.widget === 'chain') return;
    for (const { expression, derivatives } of pane.choices) {
      render(expressionTex(parseExpression(expression)));
      Object.entries(derivatives).forEach(([name, form]) => render(derivativeTex(name, form)));
    }
  });

  test('every live number in the text is one', () => {
    const readings = spansOf(step).filter(isReading);
    const values = choices.flatMap((choice) =>
      readings.map(({ reading }) => readNumber(reading, sceneAt(pane, {}, choice))),
    );
    expect(values.filter((value) => !Number.isFinite(value))).toEqual([]);
  });

  test('where a formula may be typed, the words speak of none of its parts', () => {
    const speaks = spansOf(step).some(isReading) || step.task !== undefined;
    expect(pane.widget === 'graph' && pane.isTyped === true && speaks).toBe(false);
  });

  test('the values start within their ranges', () => {
    const outside = Object.entries(pane.variables).filter(([, { value, min, max }]) => value < min || value > max);
    expect(outside).toEqual([]);
  });

  test('its task is still to do, and can be done', () => {
    const { task } = step;
    if (task === undefined) return;
    const outside = Object.entries(task.solution).filter(([name, value]) => {
      const variable = pane.variables[name];
      return variable === undefined || value < variable.min || value > variable.max;
    });
    expect([isDone(task, sceneAt(pane)), isDone(task, sceneAt(pane, task.solution)), outside]).toEqual([
      false,
      true,
      [],
    ]);
  });
});

test('a wrong derivative in a lesson would be found', () => {
  const pane: Pane = {
    widget: 'graph',
    variables: {},
    choices: [{ expression: 'x^2', derivatives: { x: '2.00001*x' } }],
  };
  expect(threeNumbers(sceneAt(pane, { x: 3 })).map(({ verdict }) => verdict)).toEqual(['differ']);
});

test('places are told apart within a chapter, and titles everywhere', () => {
  const places = lessonList.map(({ lesson }: { lesson: Lesson }) => `${lesson.chapter} ${lesson.place}`);
  const titles = lessonList.map(({ lesson }) => lesson.title);
  expect([new Set(places).size, new Set(titles).size]).toEqual([lessonList.length, lessonList.length]);
  expect(chapters.filter((chapter) => !lessonList.some(({ lesson }) => lesson.chapter === chapter))).toEqual([]);
});

test('the table of derivatives has its 22 rules', () => {
  const rules = lessonList.find(({ id }) => id === 'derivative_rules')?.lesson.steps.slice(0, -1) ?? [];
  expect(rules.flatMap(({ pane }) => choiceLabels(pane))).toHaveLength(22);
});

test('every gate has a rule that can be shown', () => {
  for (const { rules, words } of Object.values(GATES)) {
    rules.forEach((rule) => render(expressionTex(parseExpression(rule))));
    expect(rules.length > 0 || words !== undefined).toBe(true);
  }
});

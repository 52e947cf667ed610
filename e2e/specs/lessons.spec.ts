/** The room of the lessons: every step is walked, numbers on the screen are those of the lectures, and all of it works by keyboard. */
import type { Locator, Page } from '@playwright/test';
import { lessonList } from '../../src-core/lessons/registry.ts';
import { expect, test } from '../fixtures.ts';
import { seriousProblems } from '../pages/accessibility.ts';

const panel = (page: Page): Locator => page.getByRole('complementary', { name: 'lessons panel' });
const check = (page: Page): Locator => page.getByRole('region', { name: 'Check of the derivatives' });

async function openLesson(page: Page, title: string): Promise<void> {
  await panel(page).getByRole('button', { name: title }).click();
  await expect(panel(page).getByRole('article', { name: title })).toBeVisible();
}

async function goTo(page: Page, lesson: string, step: number): Promise<void> {
  await openLesson(page, lesson);
  for (let at = 1; at < step; at++) await panel(page).getByRole('button', { name: 'Next', exact: true }).click();
}

/** Rows of the check: variable, formula, autodiff, difference. */
async function derivatives(page: Page): Promise<string[][]> {
  const rows = await check(page).getByRole('row').all();
  return Promise.all(
    rows
      .slice(1)
      .map(async (row) => [
        ...(await row.getByRole('rowheader').allTextContents()),
        ...(await row.getByRole('cell').allTextContents()),
      ]),
  );
}

/** Rows of the drawing's table: from, to, value, derivative. */
async function wires(page: Page): Promise<string[]> {
  const rows = await page.getByRole('table', { name: 'Wires' }).locator('tbody tr').all();
  return Promise.all(
    rows.map(async (row) =>
      (await row.locator('th, td').allTextContents())
        .map((text) => text.trim())
        .join(' ')
        .trim(),
    ),
  );
}

test('every step of every lesson is walked, and every check is green', async ({ app }) => {
  const { window, page } = app;
  await window.showPanel('Lessons');
  const walked: string[] = [];
  const [first] = lessonList;
  await openLesson(page, first?.lesson.title ?? '');
  for (const { lesson } of lessonList) {
    for (const [index, step] of lesson.steps.entries()) {
      await expect(panel(page).getByRole('heading', { name: step.title, exact: true })).toBeFocused();
      await expect(panel(page).getByText(`Step ${index + 1} of ${lesson.steps.length}`)).toBeVisible();
      await expect(check(page).getByRole('status')).toHaveText('Three ways, one number');
      walked.push(step.title);
      await panel(page)
        .getByRole('button', { name: /^(Next|Next lesson: .*|Finish)$/ })
        .click();
    }
  }
  expect(walked).toHaveLength(lessonList.flatMap(({ lesson }) => lesson.steps).length);
  await expect(panel(page).getByText(`${lessonList.length} of ${lessonList.length} read`)).toBeVisible();
});

test('(x + y) z: step by step forward and back', async ({ app }) => {
  const { window, page } = app;
  await window.showPanel('Lessons');
  await openLesson(page, 'There and back: (x + y) z');
  expect(await wires(page)).toEqual(['x + −2', 'y + 5', '+ ×', 'z × −4', '× f']);
  const on = page.getByRole('button', { name: 'Step on' });
  const last = page.getByRole('status', { name: 'Last step' });
  await on.click();
  await expect(last).toContainText('−2 and 5 → 3');
  await on.click();
  await expect(last).toContainText('3 and −4 → −12');
  await on.click();
  await on.click();
  await expect(last).toContainText('1 × −4 = −4 to +');
  await expect(last).toContainText('1 × 3 = 3 to z');
  await on.click();
  await expect(on).toBeDisabled();
  expect(await wires(page)).toEqual(['x + −2 −4', 'y + 5 −4', '+ × 3 −4', 'z × −4 3', '× f −12 1']);
  await page.getByRole('button', { name: 'Step back' }).click();
  expect(await wires(page)).toEqual(['x + −2', 'y + 5', '+ × 3 −4', 'z × −4 3', '× f −12 1']);
});

test('forward accumulation gives the same numbers in three sweeps', async ({ app }) => {
  const { window, page } = app;
  await window.showPanel('Lessons');
  await goTo(page, 'There and back: (x + y) z', 3);
  const counted = page.getByRole('complementary', { name: 'Check' });
  await expect(counted.getByText('Sweeps so far').locator('..')).toContainText('1');
  await page.getByRole('combobox', { name: 'Direction' }).selectOption('Forward accumulation');
  await expect(counted.getByText('Sweeps so far').locator('..')).toContainText('3');
  expect((await wires(page)).at(-1)).toBe('× f −12 3');
});

test('the neuron: the numbers of the lecture, with two digits, and four gates as one', async ({ app }) => {
  const { window, page } = app;
  await window.showPanel('Lessons');
  await goTo(page, 'A neuron, gate by gate', 2);
  expect(await derivatives(page)).toEqual(
    [
      ['∂f/∂w0', '−0.196612'],
      ['∂f/∂x0', '0.393224'],
      ['∂f/∂w1', '−0.393224'],
      ['∂f/∂x1', '−0.589836'],
      ['∂f/∂w2', '0.196612'],
    ].map(([name = '', number = '']) => [name, number, number, number]),
  );
  await page.getByRole('button', { name: 'All steps' }).click();
  await page.getByRole('switch', { name: 'Two digits, as in the lecture' }).click();
  const rounded = await wires(page);
  expect(rounded.filter((row) => /^[wx]/.test(row))).toEqual([
    'w0 × 2.00 −0.20',
    'x0 × −1.00 0.39',
    'w1 × −3.00 −0.39',
    'x1 × −2.00 −0.59',
    'w2 + −3.00 0.20',
  ]);
  await panel(page).getByRole('button', { name: 'Next', exact: true }).click();
  await panel(page).getByRole('button', { name: 'Next', exact: true }).click();
  const before = (await wires(page)).length;
  await page.getByRole('switch', { name: 'Four gates as one σ' }).click();
  const folded = await wires(page);
  expect([before - folded.length, folded.filter((row) => row.includes('σ'))]).toEqual([
    3,
    ['+ σ 1 0.1966', 'σ f 0.7311 1'],
  ]);
});

test('a value is typed, nudged and slid, and everything follows', async ({ app }) => {
  const { window, page } = app;
  await window.showPanel('Lessons');
  await goTo(page, 'There and back: (x + y) z', 2);
  const task = page.getByRole('group', { name: 'Try this' });
  await expect(task).toContainText('Try this');
  await window.fill('z', '2');
  await expect(task).toContainText('Done');
  expect((await derivatives(page)).map(([name, formula]) => [name, formula])).toEqual([
    ['∂f/∂x', '2'],
    ['∂f/∂y', '2'],
    ['∂f/∂z', '3'],
  ]);
  const box = page.getByRole('textbox', { name: 'z', exact: true });
  await box.press('ArrowUp');
  await expect(box).toHaveValue('2.1');
  await page.getByRole('slider', { name: 'z, slider' }).press('ArrowRight');
  await expect(box).toHaveValue('2.2');
  await window.button('Start values').click();
  await expect(box).toHaveValue('-4');
});

test('a formula of one’s own, and what is said of a wrong one', async ({ app }) => {
  const { window, page } = app;
  await window.showPanel('Lessons');
  await goTo(page, 'All the rules there are', 5);
  const box = page.getByRole('textbox', { name: 'Your formula' });
  await box.fill('x*sin(');
  await expect(page.getByRole('alert')).toHaveText(
    'expression: column 7: expected a number, a name or "(", got the end',
  );
  await box.fill('p*x^2');
  await expect(page.getByRole('alert')).toHaveCount(0);
  expect(await derivatives(page)).toEqual([
    ['∂f/∂p', '–', '0.49', '0.49'],
    ['∂f/∂x', '–', '1.4', '1.4'],
  ]);
});

test('a corner turns the check red and says why', async ({ app }) => {
  const { window, page } = app;
  await window.showPanel('Lessons');
  await goTo(page, 'Activations and their slopes', 3);
  await window.fill('z', '0');
  await expect(check(page).getByRole('status')).toHaveText('The numbers do not agree');
  await expect(check(page)).toContainText('The slope is 0 on the left and 1 on the right, so no derivative exists');
});

test('the backward pass changes no weight; an update does', async ({ app }) => {
  const { window, page } = app;
  await window.showPanel('Lessons');
  await goTo(page, 'Backpropagation is not learning', 2);
  const weight = page.getByRole('textbox', { name: 'w', exact: true });
  await page.getByRole('button', { name: 'Clear steps' }).click();
  await expect(page.getByRole('button', { name: 'Update' })).toBeDisabled();
  await page.getByRole('button', { name: 'All steps' }).click();
  await expect(weight).toHaveValue('-1');
  await page.getByRole('button', { name: 'Update' }).click();
  await expect(weight).toHaveValue('-0.2');
  expect((await wires(page)).at(-1)).toBe('x² f 4');
});

test('twenty layers: nine parts in a hundred million million are left', async ({ app }) => {
  const { window, page } = app;
  await window.showPanel('Lessons');
  await openLesson(page, 'Vanishing gradients');
  for (const [depth, gradient] of [
    ['1', '0.196612'],
    ['2', '0.043129'],
    ['10', '2.7848e−7'],
    ['20', '9.1391e−14'],
  ] as const) {
    await window.fill('depth', depth);
    await expect(check(page).getByRole('cell').first()).toHaveText(gradient);
  }
  await window.fill('depth', '21');
  await expect(page.getByRole('alert')).toHaveText('depth: expected a whole number from 1 to 20, got 21');
});

test('the canvas comes back as it was, and was out of reach meanwhile', async ({ app }) => {
  const { window, page } = app;
  await window.select('h1');
  await window.showPanel('Lessons');
  await openLesson(page, 'The chain rule');
  await expect(window.canvas()).toBeHidden();
  await page.keyboard.press('Delete');
  await window.showPanel('Layers');
  await expect(window.node('h1')).toBeVisible();
  await window.showPanel('Lessons');
  await expect(panel(page).getByRole('article', { name: 'The chain rule' })).toBeVisible();
  await page.getByRole('button', { name: 'All lessons' }).click();
  await expect(panel(page).getByRole('button', { name: 'The chain rule' })).toBeFocused();
  await expect(window.canvas()).toBeVisible();
});

test('lessons are found in the command palette, and walked by keyboard alone', async ({ app }) => {
  const { page } = app;
  await page.keyboard.press('ControlOrMeta+k');
  await page.keyboard.type('two paths');
  await expect(page.getByRole('option', { name: /Two paths that add/ })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'One variable, two wires' })).toBeFocused();
  const gate = page.getByRole('button', { name: /^power x³/ });
  await gate.focus();
  await expect(page.getByRole('group', { name: 'Gate', exact: true })).toContainText('power');
  await page.keyboard.press('ArrowRight');
  await expect(gate).toHaveAccessibleName('power x³, value 8');
  await page.keyboard.press('ArrowLeft');
  await expect(gate).toHaveAccessibleName('power x³');
});

for (const scheme of ['light', 'dark'] as const) {
  test(`accessible in the ${scheme} theme, also in a narrow window`, async ({ app }) => {
    const { window, page } = app;
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    await window.showPanel('Lessons');
    expect(await seriousProblems(page), 'the list').toEqual([]);
    const one = [
      ['There and back: (x + y) z', 2],
      ['All the rules there are', 5],
      ['Activations and their slopes', 2],
      ['Vanishing gradients', 1],
      ['What gradients cost', 2],
    ] as const;
    for (const [title, step] of one) {
      await goTo(page, title, step);
      expect(await seriousProblems(page), title).toEqual([]);
      await page.setViewportSize({ width: 512, height: 640 });
      expect(await seriousProblems(page), `${title} at 200 %`).toEqual([]);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(wide, `${title} fits`).toBeLessThanOrEqual(512);
      await page.setViewportSize({ width: 1440, height: 900 });
      await page.getByRole('button', { name: 'All lessons' }).click();
    }
  });
}

test('what is no number is explained beside its box, until it is one', async ({ app }) => {
  const { window, page } = app;
  await window.showPanel('Lessons');
  await goTo(page, 'There and back: (x + y) z', 2);
  const box = page.getByRole('textbox', { name: 'x', exact: true });
  await box.fill('abc');
  await box.press('Enter');
  await expect(page.getByRole('alert').filter({ hasText: "x: expected a number, got 'abc'" })).toBeVisible();
  // The value that it had all along: nothing changes, and yet there is nothing to explain any more.
  await box.fill('-2');
  await box.press('Enter');
  await expect(page.getByRole('alert').filter({ hasText: 'expected a number' })).toHaveCount(0);
  await box.fill('abc');
  await box.press('Enter');
  await page.getByRole('slider', { name: 'x, slider' }).press('ArrowRight');
  await expect(box).not.toHaveValue('abc');
  await expect(page.getByRole('alert').filter({ hasText: 'expected a number' })).toHaveCount(0);
});

/** Which lesson is open, what has been read, and what stays out of reach meanwhile. */
import { expect, test } from 'vitest';
import { lessonList } from '../../../src-core/lessons/registry.ts';
import { twoSpirals } from '../../../src-core/templates/two-spirals.ts';
import { commands, isEnabled } from '../../../src-renderer/commands/registry.ts';
import { LessonRoom } from '../../../src-renderer/lessons/room.svelte.ts';
import { lessonEntries } from '../../../src-renderer/panels/lesson-entries.ts';
import { AppState } from '../../../src-renderer/state/app.svelte.ts';

function newApp(stored: string | null = null): AppState {
  const keep = { getItem: () => stored, setItem: (_: string, text: string) => void (stored = text) };
  return new AppState({ document: twoSpirals.document, keep, systemDark: false });
}

test('a lesson stands in front of the canvas until it is closed or another panel is chosen', () => {
  const { lessons, settings } = newApp();
  const shown = [lessons.isShown];
  lessons.show({ id: 'chain_rule', step: 0 });
  shown.push(lessons.isShown);
  settings.togglePanel('data');
  shown.push(lessons.isShown);
  settings.togglePanel('lessons');
  shown.push(lessons.isShown);
  lessons.close();
  shown.push(lessons.isShown);
  expect(shown).toEqual([false, true, false, true, false]);
});

test('progress is the furthest step, and is there again at the next start', () => {
  let stored: string | null = null;
  const keep = { getItem: () => stored, setItem: (_: string, text: string) => void (stored = text) };
  const options = { document: twoSpirals.document, keep, systemDark: false };
  const before = new AppState(options);
  before.lessons.show({ id: 'chain_rule', step: 2 });
  before.lessons.show({ id: 'chain_rule', step: 0 });
  expect([before.lessons.seen('chain_rule'), new AppState(options).lessons.seen('chain_rule')]).toEqual([3, 3]);
});

test('spoilt progress is left out', () => {
  const { settings } = newApp('{"lessonProgress": {"a": 2, "b": -1, "c": "all", "d": 1.5}}');
  expect(settings.lessonProgress).toEqual({ a: 2 });
});

test('the document cannot be edited behind a lesson', () => {
  const app = newApp();
  const before = isEnabled(commands.select_all, app);
  app.lessons.show({ id: 'chain_rule', step: 0 });
  expect([before, isEnabled(commands.select_all, app), isEnabled(commands.show_data, app)]).toEqual([
    true,
    false,
    true,
  ]);
});

test('every step of every lesson can be reached by going on', () => {
  const app = newApp();
  const room = new LessonRoom(app);
  const [first] = lessonList;
  if (first === undefined) throw new Error('no lessons');
  room.enter(first);
  const seen: string[] = [];
  for (let next: typeof room.next = first; next !== null;) {
    room.enter(next);
    for (const _ of next.lesson.steps) {
      seen.push(`${room.open?.id} ${room.open?.index}`);
      room.move(1);
    }
    next = room.next;
  }
  expect(seen).toEqual(lessonList.flatMap(({ id, lesson }) => lesson.steps.map((_, index) => `${id} ${index}`)));
});

test('a step is found as it was left, a lesson where it was left, a finished one from its start', () => {
  const app = newApp();
  const room = new LessonRoom(app);
  const chain = lessonList.find(({ id }) => id === 'chain_rule');
  if (chain === undefined) throw new Error('no chain rule');
  room.enter(chain);
  room.open?.state.set('x', 2);
  room.move(1);
  app.lessons.close();
  room.enter(chain);
  const left = room.open?.index;
  room.move(-1);
  const kept = room.open?.state.point['x'];
  room.move(1);
  room.move(1);
  room.enter(chain);
  expect([left, kept, room.open?.index]).toEqual([1, 2, 0]);
});

test('a lesson opened before the room is entered is there when it is', () => {
  const app = newApp();
  app.lessons.show({ id: 'two_paths', step: 1 });
  expect(new LessonRoom(app).open?.step.title).toBe('Gradients meet and add');
});

test('the palette finds lessons by their titles', async () => {
  const app = newApp();
  const entries = await lessonEntries(app);
  entries.find(({ label }) => label === 'The chain rule')?.run();
  expect([entries.length, app.lessons.place]).toEqual([lessonList.length, { id: 'chain_rule', step: 0 }]);
});

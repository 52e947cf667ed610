/** Many cards that are moved at once. */
import { expect, test } from 'vitest';
import { CARDS_A_FRAME, Stragglers } from '../../../src-renderer/editor/stragglers.svelte.ts';

const COUNT = 2 * CARDS_A_FRAME + 10;
const ids = Array.from({ length: COUNT }, (_, i) => `n${i}`);
const placesAt = (x: number, some = ids) => Object.fromEntries(some.map((id) => [id, { x, y: 0 }]));

/** Frames are drawn when the test says so. */
function scene() {
  const waiting: (() => void)[] = [];
  const stragglers = new Stragglers((callback) => waiting.push(callback));
  const frame = (): void => {
    for (const callback of waiting.splice(0)) callback();
  };
  const late = (): number => ids.filter((id) => stragglers.placeOf(id) !== undefined).length;
  return { stragglers, frame, late };
}

test('few cards go at once', () => {
  const { stragglers, late } = scene();
  const few = ids.slice(0, CARDS_A_FRAME);
  stragglers.moved(placesAt(0, few), placesAt(9, few));
  expect(late()).toBe(0);
});

test('many go in parts, a part a frame, and whoever waits for all of them is called after the last', () => {
  const { stragglers, frame, late } = scene();
  const seen: (number | 'arrived')[] = [];
  stragglers.moved(placesAt(0), placesAt(9));
  stragglers.whenArrived(() => seen.push('arrived'));
  expect(stragglers.placeOf('n100')).toEqual({ x: 0, y: 0 });
  for (let i = 0; i < 4; i++) {
    seen.push(late());
    frame();
  }
  expect(seen).toEqual([CARDS_A_FRAME + 10, 10, 'arrived', 0, 0]);
});

test('moved again on their way, those that wait longest go first', () => {
  const { stragglers, late } = scene();
  stragglers.moved(placesAt(0), placesAt(9));
  stragglers.moved(placesAt(9), placesAt(18));
  expect([late(), stragglers.placeOf('n0'), stragglers.placeOf(`n${CARDS_A_FRAME}`)]).toEqual([
    CARDS_A_FRAME + 10,
    { x: 9, y: 0 },
    undefined,
  ]);
});

test('back before they left, or dropped where they are, nobody waits', () => {
  const { stragglers, late } = scene();
  stragglers.moved(placesAt(0), placesAt(9));
  stragglers.settle();
  expect(late()).toBe(0);
});

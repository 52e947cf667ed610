/** Pictures of units on a card: where each stands, and which one the pointer is on. */
import { expect, test } from 'vitest';
import { cellsAcross, paintMaps, tileGrid, unitAt, type Maps } from '../../../src-renderer/editor/nodes/unit-maps.ts';
import type { DataPalette } from '../../../src-renderer/ui/charts/palette.svelte.ts';

const ORANGE = [255, 128, 0] as const;
const palette = { classes: [[0, 0, 255], ORANGE], neutral: [128, 128, 128] } as unknown as DataPalette;
/** One cell a picture: the greatest value for the unit named, the least for the others. */
const oneBright = (units: number, bright: number): Maps => ({
  maps: Uint8Array.from({ length: units }, (_, unit) => (unit === bright ? 255 : 1)),
});

test.each([
  { units: 1, columns: 1, rows: 1 },
  { units: 4, columns: 4, rows: 1 },
  { units: 5, columns: 4, rows: 2 },
  { units: 8, columns: 4, rows: 2 },
])('$units pictures stand in $rows rows of $columns, within the card', ({ units, columns, rows }) => {
  const INSIDE_CARD_PX = 138;
  const BUTTON_PX = 30;
  const grid = tileGrid(units, 0);
  expect(grid).toMatchObject({ columns, rows });
  expect(grid.widthPx).toBeLessThanOrEqual(INSIDE_CARD_PX);
  expect(tileGrid(units, 8).widthPx + BUTTON_PX).toBeLessThanOrEqual(INSIDE_CARD_PX);
});

test('the pointer finds the picture that is painted under it', () => {
  const units = 7;
  const [width, height] = [cellsAcross(4, 1), cellsAcross(2, 1)];
  const found = Array.from({ length: units }, (_, unit) => {
    const pixels = paintMaps(oneBright(units, unit), 1, palette);
    expect(pixels).toHaveLength(width * height * 4);
    const at = pixels.findIndex((value, i) => i % 4 === 0 && value === ORANGE[0]) / 4;
    return unitAt({ x: ((at % width) + 0.5) / width, y: (Math.floor(at / width) + 0.5) / height }, units);
  });
  expect(found).toEqual([0, 1, 2, 3, 4, 5, 6]);
  expect(unitAt({ x: 0.99, y: 0.99 }, units)).toBeNull();
});

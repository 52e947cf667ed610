/** Drawings as rows: as large, as thick and in the same place as the pictures of the data. */
import { expect, test } from 'vitest';
import { loadData } from '../../../src-core/datasets/load.ts';
import { previewData } from '../../../src-core/datasets/preview.ts';
import { drawnRow, inkStyle, type InkStyle, type Stroke } from '../../../src-renderer/plots/drawn-picture.ts';

const shape = { channels: 1, height: 28, width: 28 };
const plain: InkStyle = { background: [0], ink: [255], pen: 2, extent: 20, center: { x: 14, y: 14 } };
const pad = { shape, style: plain, pen: 2 };
/** In the middle of a pixel. */
const DOT: readonly Stroke[] = [[{ x: 14.5 / 28, y: 14.5 / 28 }]];
const at = (row: readonly number[], y: number, x: number): number => row[y * 28 + x] ?? NaN;

/** Box and middle of what is inked. */
function facts(row: readonly number[]) {
  const inked = row.flatMap((value, i) => (value > 128 ? [{ x: i % 28, y: Math.floor(i / 28), value }] : []));
  const sum = row.reduce((total, value) => total + value, 0);
  const mean = (coordinate: (i: number) => number): number =>
    row.reduce((total, value, i) => total + value * (coordinate(i) + 0.5), 0) / sum;
  const span = (values: readonly number[]): number => Math.max(...values) - Math.min(...values) + 1;
  return {
    height: span(inked.map(({ y }) => y)),
    width: span(inked.map(({ x }) => x)),
    x: mean((i) => i % 28),
    y: mean((i) => Math.floor(i / 28)),
  };
}

test('an upright line covers the pixels under it as wide as the pen', () => {
  const line: Stroke = [
    { x: 0.5, y: 0.25 },
    { x: 0.5, y: 0.75 },
  ];
  const row = drawnRow([line], { ...pad, isFitted: false });
  expect([12, 13, 14, 15].map((x) => at(row, 14, x))).toEqual([0, 255, 255, 0]);
  expect([at(row, 2, 14), at(row, 25, 14)]).toEqual([0, 0]);
});

test.each([
  ['small and in a corner', 0.02, 0.02, 0.1],
  ['as large as the pad', 0, 0, 1],
])('a drawing that is %s is brought to the size and the place of the data', (_name, x, y, size) => {
  const corner: Stroke = [
    { x, y },
    { x, y: y + size },
    { x: x + size / 2, y: y + size },
  ];
  const { height, ...rest } = facts(drawnRow([corner], { ...pad, isFitted: true }));
  expect(Math.abs(height - 20)).toBeLessThanOrEqual(1);
  expect([rest.x, rest.y].map((middle) => Math.abs(middle - 14) < 0.1)).toEqual([true, true]);
});

test('dark ink on a light ground is drawn dark', () => {
  const style = { ...plain, background: [250], ink: [10] };
  const row = drawnRow(DOT, { ...pad, style, isFitted: false });
  expect([at(row, 0, 0), at(row, 14, 14)]).toEqual([250, 10]);
});

test('colours have their own ground and ink, plane by plane', () => {
  const style = { ...plain, background: [0, 100, 200], ink: [255, 100, 0] };
  const row = drawnRow(DOT, { ...pad, shape: { ...shape, channels: 3 }, style, isFitted: false });
  expect([0, 1, 2].map((c) => row[c * 784 + 14 * 28 + 14])).toEqual([255, 100, 0]);
});

test('ink, pen, size and place are measured on pictures whose ink is known', () => {
  const strokes: readonly Stroke[] = [
    [
      { x: 0.3, y: 0.2 },
      { x: 0.7, y: 0.2 },
      { x: 0.4, y: 0.8 },
    ],
  ];
  const rows = [2, 3].map((pen) => drawnRow(strokes, { ...pad, pen, isFitted: false }));
  const [thin, thick] = rows.map((row) => inkStyle({ pixels: Float32Array.from(row), shape }));
  expect([thin?.background, thin?.ink]).toEqual([[0], [255]]);
  // The ends of the line and its soft edge make the measure a little narrow.
  expect(Math.abs((thin?.pen ?? NaN) - 2)).toBeLessThan(0.4);
  expect(Math.abs((thick?.pen ?? NaN) - 3)).toBeLessThan(0.5);
  // From edge to edge: six tenths of the pad and the pen, in whole pixels.
  const errors = [thin, thick].map((style, i) => Math.abs((style?.extent ?? NaN) - (0.6 * 28 + 2 + i)));
  expect(Math.max(...errors)).toBeLessThan(1.5);
});

test('the digits that ship with the app have their style measured', async () => {
  const data = await loadData({ kind: 'builtin', name: 'digits' }, () => Promise.reject(new Error('no files')));
  const { points } = previewData(data);
  const style = inkStyle({ pixels: points.inputs, shape: { channels: 1, height: 8, width: 8 } });
  expect([style.background, style.ink, style.extent]).toEqual([[0], [16], 8]);
  expect(style.pen > 0.8 && style.pen < 2).toBe(true);
});

test('pictures without ink have a style all the same', () => {
  const style = inkStyle({ pixels: new Float32Array(784), shape });
  expect([style.extent, style.center, style.pen > 1]).toEqual([21, { x: 14, y: 14 }, true]);
});

/** Charts as SVG text. */
import { expect, test } from 'vitest';
import { markerOf } from '../../../../src-renderer/ui/charts/marker.ts';
import { scatterSvg } from '../../../../src-renderer/ui/charts/scatter.ts';
import { escapeXml, svgAxes, svgDocument, svgLines, SVG_BOX } from '../../../../src-renderer/ui/charts/svg.ts';

const look = {
  surface: [255, 255, 255],
  text: [0, 0, 0],
  gridLine: [200, 200, 200],
  font: '"Inter", sans-serif',
} as const;
const x = { title: 'epoch', range: [0, 10] } as const;
const y = { title: 'loss & more', range: [0.01, 1], isLog: true } as const;
const line = { label: 'validation <b>', color: [1, 2, 3], isDashed: true } as const;

test('a document carries its title, size and escaped font', () => {
  const text = svgDocument('a < b', '', look);
  expect(text).toContain('<title>a &lt; b</title>');
  expect(text).toContain('font-family="&quot;Inter&quot;, sans-serif"');
});

test('axes name themselves and a log axis has its powers of ten', () => {
  const text = svgAxes(x, y, look);
  for (const part of ['>epoch<', '>loss &amp; more<', '>0.01<', '>0.1<', '>1<']) expect(text).toContain(part);
});

test('a line starts at the left end of the frame, breaks where it has no value, and its legend shows the dash', () => {
  const points = [
    { x: 0, y: 1 },
    { x: 5, y: 0 },
    { x: 10, y: 0.01 },
  ];
  const text = svgLines([{ ...line, points }], x, y, look);
  expect(text).toContain(
    `d="M${SVG_BOX.left}.0 ${SVG_BOX.top}.0M${SVG_BOX.left + SVG_BOX.width}.0 ${SVG_BOX.top + SVG_BOX.height}.0"`,
  );
  expect(text.match(/stroke-dasharray/g)).toHaveLength(2);
  expect(text).toContain('validation &lt;b&gt;');
});

test('classes differ by outline, held-out rows are rings', () => {
  const points = { inputs: [0, 0, 1, 1], columns: 2, x: 0, y: 1, targets: [0, 1], heldOut: [0, 1] };
  const text = scatterSvg(
    points,
    { xRange: [0, 1], yRange: [0, 1], radius: 4, colorOf: () => [0, 0, 0], isClass: true, edge: [255, 255, 255] },
    SVG_BOX,
  );
  expect(text).toContain(markerOf(0).path);
  expect(text).toContain(markerOf(1).path);
  expect(text.match(/fill="none"/g)).toHaveLength(2); // a halo and the ring
});

test('eight classes have eight outlines', () => {
  expect(new Set(Array.from({ length: 8 }, (_, i) => markerOf(i).path)).size).toBe(8);
});

test('of more classes than outlines, none look alike', () => {
  const COLORS = 8;
  const looks = Array.from({ length: 20 }, (_, i) => `${i % COLORS} ${markerOf(i).name}`);
  expect(new Set(looks).size).toBe(20);
});

test('escaping leaves plain text alone', () => {
  expect(escapeXml('x1 · 2')).toBe('x1 · 2');
});

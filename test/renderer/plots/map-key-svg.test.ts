/** The key of a kept map. */
import { expect, test } from 'vitest';
import { mapKeySvg } from '../../../src-renderer/plots/map-key-svg.ts';

const LOOK = { surface: [255, 255, 255], text: [0, 0, 0], gridLine: [200, 200, 200], font: 'Inter' } as const;
const words = (svg: string) => [...svg.matchAll(/<text[^>]*>([^<]*)/g)].map(([, word]) => word);

test('the key names every class, both parts and the ends of the scale, one below another', () => {
  const classes = ['no', 'R&D', 'a class with a very long name'].map((label) => ({ label, color: [1, 2, 3] as const }));
  const scale = { label: 'output', low: -1, high: 0.5, colors: [LOOK.text, LOOK.surface, LOOK.text] as const };
  const svg = mapKeySvg({ classes, hasHeldOut: true, scale }, { left: 500, top: 48 }, LOOK);
  expect(words(svg)).toEqual(['no', 'R&amp;D', 'a class with a ve…', 'training', 'validation', 'output', '−1', '0.5']);
  const heights = [...svg.matchAll(/<text x="[\d.]+" y="([\d.]+)"/g)].map(([, y]) => Number(y));
  expect(heights).toEqual([...heights].sort((a, b) => a - b));
});

test('what is not there is not named', () => {
  expect(mapKeySvg({ classes: [], hasHeldOut: false, scale: null }, { left: 0, top: 0 }, LOOK)).toBe('');
});

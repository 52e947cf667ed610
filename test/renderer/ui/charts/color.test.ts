/** Colour arithmetic of the plots. */
import { expect, test } from 'vitest';
import {
  contrast,
  diverging,
  formatColor,
  mixColors,
  parseColor,
  textColorOn,
  viridis,
} from '../../../../src-renderer/ui/charts/color.ts';

test('a colour token is read into channels and written back the same', () => {
  expect(parseColor(' #0877bd ')).toEqual([8, 119, 189]);
  expect(formatColor(parseColor('#0877bd'))).toBe('#0877bd');
});

test('a token that is no colour is named, not drawn as black', () => {
  expect(() => parseColor('')).toThrow('expected a colour as #rrggbb');
});

test('mixing clamps its share and meets both ends', () => {
  expect([-1, 0, 0.5, 1, 2].map((t) => formatColor(mixColors([0, 0, 0], [200, 100, 50], t)))).toEqual([
    '#000000',
    '#000000',
    '#643219',
    '#c86432',
    '#c86432',
  ]);
});

test('contrast follows WCAG: black on white is 21, #767676 on white is the well-known 4.54', () => {
  expect(contrast([0, 0, 0], [255, 255, 255])).toBeCloseTo(21, 6);
  expect(contrast(parseColor('#767676'), parseColor('#ffffff'))).toBeCloseTo(4.54, 2);
});

test('text on viridis always has at least 4.5:1', () => {
  for (let i = 0; i <= 100; i++) {
    const background = viridis(i / 100);
    expect(contrast(background, parseColor(textColorOn(background)))).toBeGreaterThanOrEqual(4.5);
  }
});

test('viridis begins and ends where matplotlib has it, and 0.5 is its middle colour', () => {
  expect([0, 0.5, 1].map((t) => formatColor(viridis(t)))).toEqual(['#440154', '#21918c', '#fde725']);
});

test('the diverging map passes its neutral colour at one half', () => {
  const at = (share: number) => formatColor(diverging([0, 0, 255], [200, 200, 200], [255, 0, 0], share));
  expect([at(0), at(0.5), at(1)]).toEqual(['#0000ff', '#c8c8c8', '#ff0000']);
});

/** The browser is opened only where somebody would see it. */
import { expect, it } from 'vitest';
import { hasPerson } from '../../../src-main/host/browser/open-browser.ts';

it.each([
  [true, { DISPLAY: ':0' }, true],
  [true, { DISPLAY: '', WAYLAND_DISPLAY: 'wayland-0' }, true],
  [true, { DISPLAY: ':0', CI: '1' }, false],
  [false, { DISPLAY: ':0' }, false],
])('terminal %s, environment %j: %s', (isTerminal, env, expected) => {
  expect(hasPerson(env, isTerminal)).toBe(expected);
});

it.skipIf(process.platform !== 'linux')('on Linux not without a display', () => {
  expect([hasPerson({}, true), hasPerson({ DISPLAY: '' }, true)]).toStrictEqual([false, false]);
});

/** What is remembered of the window, and what survives a spoilt memory. */
import { expect, test } from 'vitest';
import { SettingsState, type Keep } from '../../../src-renderer/state/settings.svelte.ts';

function memory(text: string | null = null): Keep & { text: string | null } {
  return {
    text,
    getItem() {
      return this.text;
    },
    setItem(_, value) {
      this.text = value;
    },
  };
}

test('the theme follows the system until one is chosen', () => {
  const settings = new SettingsState(memory(), true);
  const first = settings.theme;
  settings.systemTheme(false);
  const second = settings.theme;
  settings.toggleTheme();
  settings.systemTheme(false);
  expect([first, second, settings.theme]).toEqual(['dark', 'light', 'dark']);
});

test('sizes and panels are there again at the next start', () => {
  const keep = memory();
  const before = new SettingsState(keep, false);
  before.set({ leftWidth: 300 });
  before.togglePanel('runs');
  before.set({ firstPlot: 'metrics', showTwoPlots: false });
  const after = new SettingsState(keep, false);
  expect([after.leftWidth, after.leftPanel]).toEqual([300, 'runs']);
  expect([after.firstPlot, after.secondPlot, after.showTwoPlots]).toEqual(['metrics', null, false]);
});

test.each([
  '',
  'no json',
  '[]',
  'null',
  '{"leftWidth": "wide", "leftPanel": "attic", "rightWidth": -5, "plotShare": "half", "firstPlot": 7}',
])('a spoilt memory (%j) gives the defaults', (text) => {
  const spoilt = new SettingsState(memory(text), false);
  const fresh = new SettingsState(memory(), false);
  const seen = ({ leftWidth, leftPanel, rightWidth, theme, plotShare, firstPlot }: SettingsState): unknown[] => [
    leftWidth,
    leftPanel,
    rightWidth,
    theme,
    plotShare,
    firstPlot,
  ];
  expect(seen(spoilt)).toEqual(seen(fresh));
});

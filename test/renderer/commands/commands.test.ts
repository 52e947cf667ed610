/** Commands as a whole: keys that clash, groups, and what a key press means. */
import { expect, test } from 'vitest';
import { commandList, commandOf, commands } from '../../../src-renderer/commands/registry.ts';
import { matchesKeys, showKeys, type KeyPress } from '../../../src-renderer/commands/keys.ts';

const press = (key: string, held: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...held,
});

test('no two commands share a key combination', () => {
  const all = commandList.flatMap(([id, { keys = [] }]) => keys.map((combination) => [combination, id] as const));
  const clashes = [...Map.groupBy(all, ([combination]) => combination)].filter(([, users]) => users.length > 1);
  expect(clashes).toEqual([]);
});

test('no two commands are called the same', () => {
  const labels = commandList.map(([, { label }]) => label);
  expect(new Set(labels).size).toBe(labels.length);
});

test('control on a PC and command on a Mac mean the same', () => {
  expect(matchesKeys('Mod+Z', press('z', { ctrlKey: true }), false)).toBe(true);
  expect(matchesKeys('Mod+Z', press('z', { metaKey: true }), true)).toBe(true);
  expect(matchesKeys('Mod+Z', press('z', { ctrlKey: true }), true)).toBe(false);
});

test('shift tells undo from redo', () => {
  expect(commandOf(press('z', { ctrlKey: true }), { inText: false })).toBe(commands.undo);
  expect(commandOf(press('Z', { ctrlKey: true, shiftKey: true }), { inText: false })).toBe(commands.redo);
});

test('a sign needs no shift of its own: ? opens the sheet however it is typed', () => {
  expect(commandOf(press('?', { shiftKey: true }), { inText: false })).toBe(commands.shortcuts);
  expect(commandOf(press('?'), { inText: false })).toBe(commands.shortcuts);
});

test('in a text field editing keys stay with the text, Ctrl+S still saves', () => {
  expect(commandOf(press('z', { ctrlKey: true }), { inText: true })).toBeUndefined();
  expect(commandOf(press('Delete'), { inText: true })).toBeUndefined();
  expect(commandOf(press('s', { ctrlKey: true }), { inText: true })).toBe(commands.save_project);
});

test('keys are written as the platform does', () => {
  expect([showKeys('Mod+Shift+Z', false), showKeys('Mod+Shift+Z', true), showKeys('Mod+ArrowRight', false)]).toEqual([
    'Ctrl+Shift+Z',
    '⇧⌘Z',
    'Ctrl+→',
  ]);
});

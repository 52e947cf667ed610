/** The open document: gestures, saving, opening, what is unsaved. */
import { expect, test } from 'vitest';
import { setName, setParam } from '../../../src-core/graph/edit.ts';
import { twoSpirals } from '../../../src-core/templates/two-spirals.ts';
import { ProjectState } from '../../../src-renderer/state/project.svelte.ts';
import { messageOf } from '../../helpers/message-of.ts';

const open = (): ProjectState => new ProjectState(twoSpirals.document);

test('edits of one gesture are one entry of the history', () => {
  const project = open();
  project.beginGesture('Set units');
  for (const units of [4, 5, 6]) project.edit('Set units', (document) => setParam(document, 'h1', 'units', units));
  project.endGesture();
  expect(project.undoLabel).toBe('Set units');
  project.undo();
  expect([project.document, project.undoLabel, project.redoLabel]).toEqual([twoSpirals.document, null, 'Set units']);
});

test('a cancelled gesture leaves no trace', () => {
  const project = open();
  project.beginGesture('Set units');
  project.edit('Set units', (document) => setParam(document, 'h1', 'units', 4));
  project.cancelGesture();
  expect([project.document, project.undoLabel]).toEqual([twoSpirals.document, null]);
});

test('the document counts as saved again when everything was undone', () => {
  const project = open();
  project.edit('Rename', (document) => setName(document, 'Other'));
  const afterEdit = project.isSaved;
  project.undo();
  expect([afterEdit, project.isSaved]).toEqual([false, true]);
});

test('analysis follows every edit', () => {
  const project = open();
  const before = project.analysis.parameterCount;
  project.edit('Set units', (document) => setParam(document, 'h1', 'units', 17));
  // One more unit: 2 weights and a bias into it, 16 weights out of it.
  expect(project.analysis.parameterCount - before).toBe(2 + 1 + 16);
});

test('a file that is no project is refused and the open document stays', () => {
  const project = open();
  project.edit('Rename', (document) => setName(document, 'Mine'));
  const { document, undoLabel } = project;
  const message = messageOf(() => project.openFile('{"format": "something else"}'));
  expect(message).toContain('format');
  expect([project.document, project.undoLabel]).toEqual([document, undoLabel]);
});

test('what is saved opens as it was, with an empty history', () => {
  const project = open();
  project.edit('Rename', (document) => setName(document, 'Mine'));
  const other = open();
  other.openFile(project.text());
  expect([other.document, other.undoLabel, other.isSaved]).toEqual([project.document, null, true]);
});

test('listeners hear of edits, undo and opening, and not of selection of the same document', () => {
  const project = open();
  const heard: string[] = [];
  project.onChange(({ name }) => heard.push(name));
  project.edit('Rename', (document) => setName(document, 'A'));
  project.edit('Nothing', (document) => document);
  project.undo();
  project.undo();
  project.open({ ...twoSpirals.document, name: 'B' }, { saved: true });
  expect(heard).toEqual(['A', 'Two spirals', 'B']);
});

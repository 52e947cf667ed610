/** Diffs and history: whatever is edited, undo gives back the same bytes, and redo brings the edit back. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { copyNodes, paste } from '../../../src-core/graph/clipboard.ts';
import { applyDiff, diffOf, isEmptyDiff, reverseDiff } from '../../../src-core/graph/diff.ts';
import * as edit from '../../../src-core/graph/edit.ts';
import { History } from '../../../src-core/graph/history.ts';
import { newId } from '../../../src-core/graph/ids.ts';
import type { ProjectDocument } from '../../../src-core/graph/model.ts';
import { writeJson } from '../../../src-core/lib/json-write.ts';
import type { Json } from '../../../src-core/lib/json.ts';
import { twoSpirals } from '../../../src-core/templates/two-spirals.ts';

const { document: start } = twoSpirals;
const bytes = (document: ProjectDocument): string => writeJson(document);

test('a diff turns one value into the other, and its reverse back, key order included', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
      const diff = diffOf(a as Json, b as Json);
      const there = applyDiff(a as Json, diff);
      const back = applyDiff(b as Json, reverseDiff(diff));
      expect([JSON.stringify(there), JSON.stringify(back)]).toEqual([JSON.stringify(b), JSON.stringify(a)]);
    }),
    { numRuns: 2_000 },
  );
});

test('a small change makes a small diff', () => {
  const next = edit.setParam(start, 'h1', 'units', 8);
  expect(diffOf(start, next)).toEqual({
    added: [],
    removed: [],
    updated: [{ path: ['graph', 'nodes', 1, 'params', 'units'], from: 16, to: 8 }],
  });
});

test('adding and removing nodes is told by the list items', () => {
  const diff = diffOf(start, edit.removeNodes(start, ['h2']));
  expect(diff.removed.map(({ path }) => path.join('.'))).toEqual(['graph.nodes.2', 'graph.edges.1', 'graph.edges.2']);
  expect(diff.added).toEqual([{ path: ['graph', 'edges', 1], value: { from: 'h1', to: 'out' } }]);
});

test('another order of the same keys is a change that can be taken back', () => {
  const [before, after] = [{ list: [{ a: 1, b: 2 }] }, { list: [{ b: 2, a: 1 }] }];
  const diff = diffOf(before, after);
  expect([JSON.stringify(applyDiff(before, diff)), JSON.stringify(applyDiff(after, reverseDiff(diff)))]).toEqual([
    JSON.stringify(after),
    JSON.stringify(before),
  ]);
});

test('equal values have an empty diff, minus zero is another value', () => {
  expect([isEmptyDiff(diffOf(start, structuredClone(start))), isEmptyDiff(diffOf([0], [-0]))]).toEqual([true, false]);
});

type Step = (document: ProjectDocument, pick: number) => ProjectDocument;
const idAt = ({ graph }: ProjectDocument, pick: number) => graph.nodes[pick % graph.nodes.length]?.id ?? 'none';
const fresh = (document: ProjectDocument) => ({
  id: newId(document.graph, 'dense'),
  type: 'dense',
  params: { units: 3 },
});
const hasEdges = ({ graph }: ProjectDocument) => graph.edges.length > 0;
const hasNodes = ({ graph }: ProjectDocument) => graph.nodes.length > 0;

/** Every edit command, on whatever node or wire `pick` falls. */
const steps: readonly Step[] = [
  (d) => edit.addNode(d, fresh(d)),
  (d, pick) => (hasEdges(d) ? edit.insertOnEdge(d, pick % d.graph.edges.length, fresh(d)) : d),
  (d, pick) => (hasNodes(d) ? edit.insertAfter(d, idAt(d, pick), fresh(d)) : d),
  (d, pick) => (hasNodes(d) ? edit.insertBefore(d, idAt(d, pick), fresh(d)) : d),
  (d, pick) => edit.removeNodes(d, [idAt(d, pick), idAt(d, pick + 1)]),
  (d, pick) => edit.connect(d, idAt(d, pick), idAt(d, pick + 2), pick % 3),
  (d, pick) => (hasEdges(d) ? edit.disconnect(d, [pick % d.graph.edges.length]) : d),
  (d, pick) => (hasNodes(d) ? edit.setParam(d, idAt(d, pick), 'units', pick % 2 === 0 ? pick : undefined) : d),
  (d, pick) => (hasNodes(d) ? edit.replaceNode(d, idAt(d, pick), 'dropout', { rate: 0.1 }) : d),
  (d, pick) => (hasNodes(d) ? edit.rename(d, idAt(d, pick), newId(d.graph, 'renamed')) : d),
  (d, pick) => edit.moveNodes(d, { [idAt(d, pick)]: { x: pick, y: -pick } }),
  (d, pick) => edit.setName(d, `name ${pick}`),
  (d, pick) => edit.setTraining(d, pick % 2 === 0 ? { epochs: pick + 1 } : { shuffle: undefined }),
  (d, pick) => edit.setData(d, { kind: 'generator', name: 'xor', samples: pick + 1 }),
  (d, pick) => paste(d, copyNodes(d, [idAt(d, pick), idAt(d, pick + 1)]), { x: 10, y: 10 }).document,
];
const moves = fc.array(fc.tuple(fc.nat(steps.length - 1), fc.nat(50)), { minLength: 1, maxLength: 20 });

test('undoing everything gives the first bytes, redoing everything the last', () => {
  fc.assert(
    fc.property(moves, (chosen) => {
      const history = new History(start);
      const seen = [bytes(start)];
      for (const [which, pick] of chosen) {
        const next = steps[which]?.(history.document, pick) ?? history.document;
        history.change(next, 'Edit');
        if (bytes(next) !== seen.at(-1)) seen.push(bytes(next));
      }
      const back: string[] = [bytes(history.document)];
      while (history.undo()) back.push(bytes(history.document));
      expect(back).toEqual(seen.toReversed());
      const forth: string[] = [bytes(history.document)];
      while (history.redo()) forth.push(bytes(history.document));
      expect(forth).toEqual(seen);
    }),
    { numRuns: 300 },
  );
});

test('a gesture of many changes is one entry', () => {
  const history = new History(start);
  history.mark('Move nodes');
  for (let x = 1; x <= 50; x++) history.change(edit.moveNodes(history.document, { h1: { x, y: 0 } }));
  history.keep();
  expect(history.undoLabel).toBe('Move nodes');
  expect([history.undo(), bytes(history.document), history.undo()]).toEqual([true, bytes(start), false]);
});

test('a gesture that is bailed out of leaves nothing behind', () => {
  const history = new History(start);
  history.mark('Move nodes');
  history.change(edit.setName(start, 'other'));
  history.bail();
  expect([bytes(history.document), history.undoLabel]).toEqual([bytes(start), null]);
});

test('a gesture that changes nothing makes no entry and keeps what can be redone', () => {
  const history = new History(start);
  history.change(edit.setName(start, 'other'), 'Rename');
  history.undo();
  history.mark('Move nodes');
  history.change(edit.moveNodes(start, { h1: { x: 220, y: 0 } }));
  history.keep();
  expect([history.undoLabel, history.redoLabel]).toEqual([null, 'Rename']);
});

test('undo during a gesture takes the gesture back', () => {
  const history = new History(start);
  history.mark('Move nodes');
  history.change(edit.setName(start, 'other'));
  expect([history.undoLabel, history.undo(), bytes(history.document)]).toEqual(['Move nodes', true, bytes(start)]);
});

test('a new edit after an undo forgets what could be redone', () => {
  const history = new History(start);
  history.change(edit.setName(start, 'one'));
  history.undo();
  history.change(edit.setName(start, 'two'));
  expect([history.redoLabel, history.redo(), history.document.name]).toEqual([null, false, 'two']);
});

test('entries since a mark can be squashed into one', () => {
  const history = new History(start);
  history.change(edit.setName(start, 'one'), 'Rename');
  const mark = history.mark('Insert');
  history.keep();
  history.change(edit.setParam(history.document, 'h1', 'units', 2), 'Units');
  history.change(edit.setParam(history.document, 'h2', 'units', 3), 'Units');
  history.squash(mark, 'Set units');
  expect(history.undoLabel).toBe('Set units');
  history.undo();
  expect([history.document.name, history.document.graph, history.undoLabel]).toEqual(['one', start.graph, 'Rename']);
});

test('a thousand entries are kept, the oldest forgotten, and marks stay valid', () => {
  const history = new History(start);
  for (let i = 0; i < 1_500; i++) history.change(edit.setName(history.document, `n${i}`));
  const mark = history.mark('Last');
  history.keep();
  history.change(edit.setName(history.document, 'a'));
  history.change(edit.setName(history.document, 'b'));
  history.squash(mark, 'Last');
  let undone = 0;
  while (history.undo()) undone++;
  expect([undone, history.document.name]).toEqual([999, 'n501']);
});

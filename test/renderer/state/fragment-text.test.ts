/** Copied layers as text: what was written comes back, and no other text is taken for layers. */
import { expect, test } from 'vitest';
import { copyNodes } from '../../../src-core/graph/clipboard.ts';
import { twoSpirals } from '../../../src-core/templates/two-spirals.ts';
import { fragmentText, readFragment } from '../../../src-renderer/state/fragment-text.ts';

test('layers survive the way over the clipboard', () => {
  const fragment = copyNodes(twoSpirals.document, ['h1', 'h2']);
  expect(fragment.edges).toHaveLength(1);
  expect(readFragment(fragmentText(fragment))).toEqual(fragment);
});

test.each([
  '',
  'h1',
  '{"nodes": []}',
  '{"kind": "netloom/layers"',
  '{"kind": "netloom/layers", "nodes": [{"id": "a.b", "type": "dense", "params": {}}], "edges": []}',
  '{"kind": "netloom/layers", "nodes": [{"id": "a", "type": "dense", "params": []}], "edges": []}',
  '{"kind": "netloom/layers", "nodes": [{"id": "a", "type": "dense", "params": {}, "position": {"x": "1"}}], "edges": []}',
  '{"kind": "netloom/layers", "nodes": [], "edges": [{"from": "a"}]}',
])('%s is no layers', (text) => {
  expect(readFragment(text)).toBeNull();
});

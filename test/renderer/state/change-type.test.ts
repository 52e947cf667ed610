/** Another type in the place of a layer. */
import { expect, test } from 'vitest';
import { twoSpirals } from '../../../src-core/templates/two-spirals.ts';
import { changeType, typesInPlaceOf } from '../../../src-renderer/state/change-type.ts';

const { document } = twoSpirals;

test('wires stay, and so do settings that both types have', () => {
  const changed = changeType(document, 'h1', 'simple_rnn');
  expect(changed.graph.edges).toEqual(document.graph.edges);
  expect(changed.graph.nodes.find(({ id }) => id === 'h1')).toMatchObject({
    type: 'simple_rnn',
    params: { units: 16 },
  });
  const bare = changeType(document, 'h1', 'flatten');
  expect(bare.graph.nodes.find(({ id }) => id === 'h1')?.params).toEqual({});
});

test('only types that take as many inputs are offered, and none for the ends of the network', () => {
  const types = (type: string) => typesInPlaceOf(type).map(({ value }) => value);
  expect(types('dense')).toEqual(expect.arrayContaining(['dense', 'dropout', 'flatten']));
  expect(types('dense')).not.toContain('add');
  expect(types('add')).toEqual(expect.arrayContaining(['add', 'concat', 'multiply']));
  expect([types('input'), types('output'), types('nonsense')]).toEqual([[], [], []]);
});

/** Project files that are no documents: each is refused in exactly these words, every place on a line of its own. */
import { expect, test } from 'vitest';
import { readProject } from '../../../src-core/formats/project.ts';
import { twoSpirals } from '../../../src-core/templates/two-spirals.ts';
import { changed, type Change } from '../../helpers/change-json.ts';
import { messageOf } from '../../helpers/message-of.ts';

const read = (changes: readonly Change[]) => readProject(JSON.stringify(changed(twoSpirals.document, changes)));

const refused: readonly [changes: Change[], message: string][] = [
  [[['format', 'other']], 'format: expected "netloom-project", got "other"'],
  [[['format', undefined]], 'format: expected "netloom-project", got nothing'],
  [[['version', 0]], 'version: expected a whole number ≥ 1, got 0'],
  [[['version', '1']], 'version: expected a whole number ≥ 1, got "1"'],
  [
    [['version', 2]],
    'version: expected at most 1, got 2: the file was made by a newer version of Netloom; update to open it',
  ],
  [[['name', 7]], 'name: expected a text, got 7'],
  [[['graph', []]], 'graph: expected an object, got []'],
  [[['graph.nodes', undefined]], 'graph.nodes: expected a list, got nothing'],
  [[['graph.nodes', {}]], 'graph.nodes: expected a list, got {}'],
  [[['graph.nodes.1', 'h1']], 'graph.nodes[1]: expected a node {"id", "type", "params"}, got "h1"'],
  [
    [['graph.nodes.1.id', '1h']],
    'graph.nodes[1].id: expected an id of letters, digits and _ that does not start with a digit, got "1h"',
  ],
  [
    [['graph.nodes.1.id', undefined]],
    'graph.nodes[1].id: expected an id of letters, digits and _ that does not start with a digit, got nothing',
  ],
  [[['graph.nodes.1.id', 'h2']], 'graph.nodes[2].id: expected an id of its own, not that of graph.nodes[1], got "h2"'],
  [[['graph.nodes.1.type', 5]], 'graph.nodes[1].type (node h1): expected the name of a layer, got 5'],
  [[['graph.nodes.1.params', [1]]], 'graph.nodes[1].params (node h1): expected an object, got [1]'],
  [
    [['graph.nodes.1.position', { x: 1 }]],
    'graph.nodes[1].position (node h1): expected {"x": number, "y": number}, got {"x":1}',
  ],
  [
    [['graph.nodes.1.position', { x: 1, y: '2' }]],
    'graph.nodes[1].position (node h1): expected {"x": number, "y": number}, got {"x":1,"y":"2"}',
  ],
  [[['graph.edges', 'none']], 'graph.edges: expected a list, got "none"'],
  [[['graph.edges.0', null]], 'graph.edges[0]: expected an edge {"from", "to"}, got null'],
  [[['graph.edges.0.from', 3]], 'graph.edges[0].from: expected the id of a node, got 3'],
  [[['graph.edges.0.to', undefined]], 'graph.edges[0].to: expected the id of a node, got nothing'],
  [[['graph.edges.0.slot', -1]], 'graph.edges[0].slot: expected a whole number ≥ 0, got -1'],
  [[['graph.edges.0.slot', 0.5]], 'graph.edges[0].slot: expected a whole number ≥ 0, got 0.5'],
  [[['data', undefined]], 'data: expected an object, got nothing'],
  [[['data.kind', 4]], 'data.kind: expected the name of a kind of data, got 4'],
  [[['data.validation', 0.2]], 'data.validation: expected an object, got 0.2'],
  [[['training', undefined]], 'training: expected an object, got nothing'],
  [[['training.loss', undefined]], 'training.loss: expected a name, or {"type": name, …}, got nothing'],
  [[['training.optimizer', 3]], 'training.optimizer: expected a name, or {"type": name, …}, got 3'],
  [
    [['training.schedule', { gamma: 0.9 }]],
    'training.schedule: expected a name, or {"type": name, …}, got {"gamma":0.9}',
  ],
  [[['training.early_stopping', true]], 'training.early_stopping: expected an object, got true'],
  [[['training.method', 1]], 'training.method: expected the name of a method, got 1'],
  [
    [
      ['graph.nodes.0.id', '9'],
      ['training.loss', 1],
      ['graph.edges.1', []],
    ],
    'graph.nodes[0].id: expected an id of letters, digits and _ that does not start with a digit, got "9"\ngraph.edges[1]: expected an edge {"from", "to"}, got []\ntraining.loss: expected a name, or {"type": name, …}, got 1',
  ],
];

test.each(refused)('%j is refused', (changes, message) => {
  expect(messageOf(() => read(changes))).toBe(message);
});

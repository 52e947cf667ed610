/** A layer without its wire is offered the nearest layer that fits, and never one that would make matters worse. */
import { expect, test } from 'vitest';
import { analyze } from '../../../src-core/analysis/analyze.ts';
import { addNode, disconnect, moveNodes, removeNodes } from '../../../src-core/graph/edit.ts';
import type { GraphNode, ProjectDocument } from '../../../src-core/graph/model.ts';
import { cnnDigits } from '../../../src-core/templates/cnn-digits.ts';
import { twoSpirals } from '../../../src-core/templates/two-spirals.ts';

const spirals = twoSpirals.document;
const nodes = (document: ProjectDocument) => document.graph.nodes.map(({ id }) => id);
const offers = (document: ProjectDocument) =>
  Object.fromEntries(analyze(document).problems.map(({ node, code, fix }) => [`${node} ${code}`, fix?.label ?? null]));
const fixed = (document: ProjectDocument, label: string): ProjectDocument => {
  const fix = analyze(document).problems.find((problem) => problem.fix?.label === label)?.fix;
  if (fix === undefined) throw new Error(`nobody offers "${label}"`);
  return fix.apply(document);
};
const withNode = (document: ProjectDocument, node: Pick<GraphNode, 'id' | 'type'>, at?: { x: number; y: number }) =>
  addNode(document, { ...node, params: {}, ...(at && { position: at }) });
/** All in a row, 200 apart. */
const placed = (document: ProjectDocument) =>
  moveNodes(document, Object.fromEntries(nodes(document).map((id, i) => [id, { x: i * 200, y: 0 }])));

test('where a wire was cut, the end that was left loose is offered, from both sides', () => {
  const cut = disconnect(spirals, [1]);
  expect(offers(cut)).toEqual({
    'h2 graph.missing_input': 'Connect h1 to h2',
    'h1 graph.unused': 'Connect h1 to h2',
    'out graph.unreachable': 'Remove out',
    'y graph.unreachable': 'Remove y',
  });
  expect(analyze(fixed(cut, 'Connect h1 to h2')).problems).toEqual([]);
});

test('an output without a wire is offered the end of the network', () => {
  const cut = disconnect(spirals, [3]);
  expect(analyze(fixed(cut, 'Connect out to y')).problems).toEqual([]);
});

test('a layer that was put down beside the network is offered the nearest one on its left', () => {
  const near = (x: number) => withNode(placed(spirals), { id: 'extra', type: 'dropout' }, { x, y: 150 });
  const offered = (x: number) => offers(near(x))['extra graph.missing_input'];
  expect([offered(250), offered(410), offered(650)]).toEqual([
    'Connect h1 to extra',
    'Connect h2 to extra',
    'Connect out to extra',
  ]);
});

test('a layer that adds is offered a second wire of the same shape, not the one it has', () => {
  const added = withNode(placed(spirals), { id: 'add_1', type: 'add' }, { x: 450, y: 150 });
  const once = fixed(added, 'Connect h2 to add_1');
  expect(offers(once)['add_1 graph.too_few_inputs']).toBe('Connect h1 to add_1');
});

test('what does not fit is not offered: a convolution takes no list of numbers', () => {
  const beside = withNode(placed(spirals), { id: 'conv', type: 'max_pool2d' }, { x: 450, y: 150 });
  expect(offers(beside)['conv graph.missing_input']).toBe('Remove conv');
  const { document } = cnnDigits;
  const pool = withNode(document, { id: 'pool', type: 'max_pool2d' });
  expect(offers(pool)['pool graph.missing_input']).toMatch(/^Connect \w+ to pool$/);
});

test('no offer closes a circle', () => {
  // h1 lost its input: everything after it would lead back to it.
  const cut = disconnect(spirals, [0]);
  expect(offers(cut)['h1 graph.missing_input']).toBe('Connect in to h1');
});

test('three hundred loose layers are looked at without delay: only a few are tried for each', () => {
  const many = Array.from({ length: 300 }, (_, i) => i).reduce(
    (document, i) => withNode(document, { id: `d${i}`, type: 'dropout' }, { x: i * 10, y: 300 }),
    placed(spirals),
  );
  const missing = analyze(many).problems.filter(({ code }) => code === 'graph.missing_input');
  expect(new Set(missing.map(({ fix }) => fix?.label.split(' ')[0]))).toEqual(new Set(['Connect']));
});

test('a network that lost its ends gets them back, wired and beside what is there', () => {
  const bare = removeNodes(placed(spirals), ['in', 'y']);
  const whole = fixed(fixed(bare, 'Add an input layer'), 'Add an output layer');
  expect(analyze(whole).problems).toEqual([]);
  expect(whole.graph.nodes.slice(-2).map(({ id, position }) => [id, position])).toEqual([
    ['input_1', { x: -20, y: 0 }],
    ['output_1', { x: 820, y: 0 }],
  ]);
});

test('an empty canvas gets both ends, not yet joined: layers go between them', () => {
  const empty = removeNodes(spirals, nodes(spirals));
  const ends = fixed(fixed(empty, 'Add an input layer'), 'Add an output layer');
  expect([ends.graph.edges, offers(ends)['output_1 graph.missing_input']]).toEqual([[], 'Connect input_1 to output_1']);
});

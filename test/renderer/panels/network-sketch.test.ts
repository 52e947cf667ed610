/** Thumbnails of networks: bars by what a layer hands on, arcs for wires that pass others by. */
import { expect, test } from 'vitest';
import { perceptron } from '../../../src-core/templates/perceptron.ts';
import { templates } from '../../../src-core/templates/registry.ts';
import { residualMlp } from '../../../src-core/templates/residual-mlp.ts';
import { SKETCH_HEIGHT, sketchOf } from '../../../src-renderer/panels/network-sketch.ts';

test('bars grow with the logarithm of what a layer hands on', () => {
  // Two values into one: an eighth of the way from 6 to 32, and the least.
  const { bars, wires, width } = sketchOf(perceptron.document);
  expect(bars.map(({ height }) => height)).toEqual([expect.closeTo(9.25, 9), 6]);
  expect([wires, width]).toEqual([['M 10 16 H 20'], 30]);
});

test('a wire that passes layers by is an arc', () => {
  const arcs = sketchOf(residualMlp.document).wires.filter((path) => path.includes('C'));
  expect(arcs.length).toBeGreaterThanOrEqual(2); // its two shortcuts
});

test.each(Object.entries(templates))('%s is drawn whole, and within the picture', (_, { document }) => {
  const { bars, wires } = sketchOf(document);
  const { nodes, edges } = document.graph;
  expect([bars.length, wires.length]).toEqual([nodes.length - 1, edges.length - 1]); // the output has no bar
  expect(bars.filter(({ y, height }) => y < 0 || y + height > SKETCH_HEIGHT)).toEqual([]);
  expect(wires.filter((path) => path.includes('NaN'))).toEqual([]);
});

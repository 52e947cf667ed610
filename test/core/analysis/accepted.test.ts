/** What analysis lets through, the engine can compile: random networks of every layer, with random parameters. */
import fc, { type Arbitrary } from 'fast-check';
import { expect, test } from 'vitest';
import { analyze } from '../../../src-core/analysis/analyze.ts';
import { lower } from '../../../src-core/compile/lower.ts';
import { readDocument } from '../../../src-core/formats/project.ts';
import type { LayerDefinition } from '../../../src-core/layers/define.ts';
import { layers } from '../../../src-core/layers/registry.ts';
import type { Field, Fields } from '../../../src-core/lib/fields.ts';
import { losses } from '../../../src-core/losses/registry.ts';
import { optimizers } from '../../../src-core/optimizers/registry.ts';

const RUNS = 2_000;
/** With fewer the test would say little; about one in eight passes. */
const LEAST_ACCEPTED = 100;

const definitions: Readonly<Record<string, LayerDefinition>> = layers;
const middle = Object.keys(definitions).filter((type) => type !== 'input' && type !== 'output');

/** Values of a field, small ones: shapes then often fit. */
function valueOf(field: Field): Arbitrary<unknown> {
  switch (field.kind) {
    case 'integer':
      return fc.integer({ min: field.min, max: Math.min(field.max, 6) });
    case 'number':
      return fc.constantFrom(0, 0.1, 0.5, 1, 1e-5);
    case 'boolean':
      return fc.boolean();
    case 'choice':
      return fc.constantFrom(...field.options);
    case 'integers': {
      const [minLength, maxLength] = typeof field.length === 'number' ? [field.length, field.length] : field.length;
      return fc.array(fc.integer({ min: 1, max: 4 }), { minLength, maxLength });
    }
    case 'variant':
      return fc.constantFrom(...Object.keys(field.entries));
  }
}

function paramsOf(fields: Fields): Arbitrary<object> {
  const values = Object.fromEntries(Object.entries(fields).map(([key, field]) => [key, valueOf(field)]));
  return fc.record(values, { requiredKeys: [] });
}

const layer = fc
  .constantFrom(...middle)
  .chain((type) => paramsOf(definitions[type]?.fields ?? {}).map((params) => ({ type, params })));
const training = fc.record({
  loss: fc.constantFrom(...Object.keys(losses)),
  optimizer: fc.constantFrom(...Object.keys(optimizers)).map((type) => ({ type })),
  regularization: fc.constantFrom({}, { l1: 0.1 }, { l1: 0.1, l2: 0.2 }),
  gradient_clip: fc.constantFrom({}, { norm: 1 }, { value: 1 }),
  reduction: fc.constantFrom('mean', 'sum'),
});

/** A chain of the layers; those that merge get the wire from the layer two before as well. */
function projectOf(
  shape: readonly number[],
  chosen: readonly { type: string; params: object }[],
  settings: object,
): string {
  const nodes = [{ type: 'input', params: { shape } }, ...chosen, { type: 'output', params: {} }].map((node, i) => ({
    id: `n${i}`,
    ...node,
  }));
  const edges = nodes.slice(1).flatMap(({ id, type }, i) => {
    const wires = [{ from: `n${i}`, to: id }];
    return definitions[type]?.inputs === 'many' ? [...wires, { from: `n${Math.max(0, i - 1)}`, to: id }] : wires;
  });
  const data = { kind: 'csv', path: 'rows.csv', inputs: ['a'], target: ['b'], task: 'regression' };
  return JSON.stringify({ format: 'netloom-project', version: 1, graph: { nodes, edges }, data, training: settings });
}

test('every network without an error compiles, with its gradients and updates', () => {
  let accepted = 0;
  const shape = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 3 });
  fc.assert(
    fc.property(shape, fc.array(layer, { minLength: 1, maxLength: 4 }), training, (input, chosen, settings) => {
      const document = readDocument(projectOf(input, chosen, settings));
      // The rows are made up: whether sizes fit them is not the question here.
      const errors = analyze(document).problems.filter(
        ({ severity, code }) => severity === 'error' && code !== 'data.input_size' && code !== 'head.units',
      );
      if (errors.length > 0) return;
      accepted++;
      expect(() => lower({ graph: document.graph, training: document.training, noise: true })).not.toThrow();
    }),
    { numRuns: RUNS },
  );
  expect(accepted).toBeGreaterThan(LEAST_ACCEPTED);
});

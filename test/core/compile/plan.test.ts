/** The memory plan: nothing that lives at the same time shares memory, and what need not live is not kept. */
import { describe, expect, test } from 'vitest';
import { lower } from '../../../src-core/compile/lower.ts';
import { planMemory, timeline } from '../../../src-core/compile/plan.ts';
import type { Graph, TrainingSpec } from '../../../src-core/graph/model.ts';
import { reference } from '../../../src-core/kernels/js/reference.ts';
import { phases, type Phase, type Program } from '../../../src-core/kernels/program.ts';
import { layers, type LayerType } from '../../../src-core/layers/registry.ts';
import { graphAround, layerSamples } from '../../sweeps/layer-samples.ts';

const training: TrainingSpec = {
  loss: 'mean_squared_error',
  optimizer: { type: 'adam' },
  regularization: { l2: 0.1 },
  gradient_clip: { norm: 1, value: 0.5 },
};
const rows = { training: 3, evaluation: 5 };

function planOf(graph: Graph) {
  const program = lower({ graph, training, noise: true });
  return { program, plan: planMemory({ program, layouts: reference.layouts(program), rows }) };
}

/** Pairs of values of a phase whose memory overlaps while both are alive, by brute force over all moments and pairs. */
function clashes({ program, plan }: ReturnType<typeof planOf>, phase: Phase): string[] {
  const persistent = program.values.flatMap((value, i) =>
    value.role !== 'transient' && value.role !== 'result' ? [i] : [],
  );
  const alive = new Set(persistent);
  const found: string[] = [];
  for (const { born, dying } of timeline(program, phase)) {
    for (const value of born) alive.add(value);
    const placed = [...alive].flatMap((value) => {
      const place = plan.placements[value];
      return place ? [{ value, from: place.offset, to: place.offset + place.length }] : [];
    });
    for (const a of placed) {
      for (const b of placed)
        if (a.value < b.value && a.from < b.to && b.from < a.to) found.push(`${a.value}/${b.value}`);
    }
    for (const value of dying) alive.delete(value);
  }
  return found;
}

/** Values that an op reads after the timeline has let them go, or before anything made them. */
function readTooLate({ program }: ReturnType<typeof planOf>, phase: Phase): number[] {
  const ops = phases[phase].flatMap((section) => program.sections[section]);
  const moments = timeline(program, phase);
  const alive = new Set(
    program.values.flatMap(({ role }, i) => (role !== 'transient' && role !== 'result' ? [i] : [])),
  );
  return ops.flatMap(({ inputs }, i) => {
    const dead = inputs.filter((value) => !alive.has(value));
    for (const value of moments[i]?.born ?? []) alive.add(value);
    for (const value of moments[i]?.dying ?? []) alive.delete(value);
    return dead;
  });
}

const graphs = Object.entries(layerSamples).flatMap(([type, samples]) =>
  samples.map((sample, i) => ({ title: `${type} #${i}`, graph: graphAround(type as LayerType, sample) })),
);

describe.each(graphs)('$title', ({ graph }) => {
  const made = planOf(graph);

  test.each(Object.keys(phases) as Phase[])('live values of the %s phase never overlap', (phase) => {
    expect({ clashes: clashes(made, phase), dead: readTooLate(made, phase) }).toEqual({ clashes: [], dead: [] });
  });

  test('every place lies inside the arena', () => {
    const ends = made.plan.placements.map((place) => (place ? place.offset + place.length : 0));
    expect(Math.max(...ends)).toBeLessThanOrEqual(made.plan.length);
  });
});

function chain(depth: number): Graph {
  const ids = ['in', ...Array.from({ length: depth }, (_, i) => `d${i}`), 'y'];
  const nodes = ids.map((id) => {
    if (id === 'in') return { id, type: 'input', params: { shape: [8] } };
    return id === 'y'
      ? { id, type: 'output', params: {} }
      : { id, type: 'dense', params: { units: 8, activation: 'tanh' } };
  });
  return { nodes, edges: ids.slice(1).map((id, i) => ({ from: ids[i] ?? '', to: id })) };
}

test('prediction of a deep chain needs a fixed number of buffers', () => {
  const used = (depth: number) => {
    const program = lower({ graph: chain(depth), noise: false });
    const plan = planMemory({ program, layouts: reference.layouts(program), rows });
    return plan.length - plan.persistentLength;
  };
  expect(used(40)).toBe(used(4));
});

test('the program grows with the graph, line by line', () => {
  const count = ({ sections }: Program) => Object.values(sections).reduce((sum, ops) => sum + ops.length, 0);
  const lengths = [100, 200, 300].map((depth) => count(lower({ graph: chain(depth), training, noise: true })));
  expect((lengths[2] ?? 0) - (lengths[1] ?? 0)).toBe((lengths[1] ?? 0) - (lengths[0] ?? 0));
});

test('ops that nobody reads are dropped', () => {
  const { nodes, edges } = chain(1);
  const side = { id: 'side', type: 'dense', params: { units: 3 } };
  const withSide = lower({
    graph: { nodes: [...nodes, side], edges: [...edges, { from: 'in', to: 'side' }] },
    noise: false,
  });
  expect(withSide.sections.predict.map(({ node }) => node)).toEqual(['d0', 'd0', 'd0']);
  expect(withSide.parameters.map(({ key }) => key)).toContain('side.weight');
});

test('the samples cover every layer', () => {
  expect(new Set(graphs.map(({ title }) => title.split(' ')[0]))).toEqual(new Set(Object.keys(layers)));
});

/** Every op: its gradient rule against central differences in float64, and the fast backend against the reference. */
import { describe, expect, test } from 'vitest';
import { fast } from '../../src-core/kernels/fast/backend.ts';
import { reference } from '../../src-core/kernels/js/reference.ts';
import { ops, type OpId } from '../../src-core/ops/registry.ts';
import type { OpDefinition } from '../../src-core/ops/define.ts';
import { bindOp, drawNumbers, sampleRandom } from '../helpers/op-program.ts';
import { opSamples, type OpSample } from './op-samples.ts';

const ROWS = 3;
/** Cube root of the float64 unit: where rounding and truncation of a central difference meet. */
const STEP = 6e-6;
/** The project's bar; the difference itself is good to about 1e-10. */
const GRADIENT_TOLERANCE = 1e-6;
/** Two sums of up to some dozen float32 terms. */
const FLOAT32_TOLERANCE = 1e-5;

/** Checked by the optimizers' and the network's suites: they change weights or look at a whole network. */
const elsewhere: readonly OpId[] = [
  'adagrad_update',
  'adam_update',
  'check_finite',
  'clip_by_norm',
  'clip_by_value',
  'delta_bar_delta_update',
  'fill',
  'global_norm',
  'normalize_with',
  'penalty',
  'penalty_gradient',
  'rmsprop_update',
  'running_update',
  'sgd_update',
];

const samples = Object.entries(opSamples).flatMap(([id, list]) =>
  list.map((sample, i) => ({
    id,
    sample,
    title: `${id} #${i} ${JSON.stringify(sample.inputs.map((input) => input.shape))}`,
  })),
);

function arrange(id: string, sample: OpSample, index: string) {
  const random = sampleRandom(id, index);
  const inputs = sample.inputs.map((input) => drawNumbers(input, ROWS, random));
  const bound = bindOp(reference, id, sample, ROWS);
  const probes = bound.outputSizes.map((size) => Float64Array.from({ length: size }, () => random.normal()));
  return { inputs, bound, probes };
}

/** Largest |a − b| relative to max(1, |b|). */
function distance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let worst = a.length === b.length ? 0 : Infinity;
  for (let i = 0; i < b.length; i++) {
    const gap = Math.abs((a[i] ?? NaN) - (b[i] ?? NaN)) / Math.max(1, Math.abs(b[i] ?? 0));
    worst = gap <= worst ? worst : gap; // NaN wins
  }
  return worst;
}

describe('the gradient rule agrees with central differences', () => {
  test.each(samples)('$title', ({ id, sample, title }) => {
    const { inputs, bound, probes } = arrange(id, sample, title);
    const objective = (changed: readonly Float64Array[]) => {
      const [output = new Float64Array()] = bound.run(changed, probes).outputs;
      return output.reduce((sum, y, i) => sum + y * (probes[0]?.[i] ?? 0), 0);
    };
    const { gradients } = bound.run(inputs, probes);
    for (const [i, gradient] of gradients.entries()) {
      if (gradient === null) continue;
      const numeric = gradient.map((_, at) => {
        const moved = (by: number) =>
          inputs.map((input, j) => (j === i ? input.with(at, (input[at] ?? 0) + by) : input));
        return (objective(moved(STEP)) - objective(moved(-STEP))) / (2 * STEP);
      });
      expect(distance(gradient, numeric), `input ${i}: ${gradient} against ${numeric}`).toBeLessThanOrEqual(
        GRADIENT_TOLERANCE,
      );
    }
  });
});

describe('the fast backend agrees with the reference', () => {
  test.each(samples)('$title', ({ id, sample, title }) => {
    const { inputs, bound, probes } = arrange(id, sample, title);
    const rounded = inputs.map((input) => input.map(Math.fround));
    const seeds = probes.map((probe) => probe.map(Math.fround));
    const expected = bound.run(rounded, seeds);
    const found = bindOp(fast, id, sample, ROWS).run(rounded, seeds);
    const pairs = [...expected.outputs, ...expected.gradients].map((numbers, i) => [
      numbers,
      [...found.outputs, ...found.gradients][i],
    ]);
    const worst = pairs.map(([a, b]) => (a && b ? distance(b, a) : Number(a !== b)));
    expect(Math.max(...worst)).toBeLessThanOrEqual(FLOAT32_TOLERANCE);
  });
});

test('every op is reached: by a sample, by the gradient of one, or by a suite of its own', () => {
  const reached = new Set<string>(elsewhere);
  for (const { id, sample } of samples) for (const op of bindOp(reference, id, sample, ROWS).ids) reached.add(op);
  expect(Object.keys(ops).filter((id) => !reached.has(id))).toEqual([]);
});

test('every op with a gradient rule has a sample', () => {
  const withRule = Object.entries<OpDefinition>(ops).filter(([, { gradient }]) => gradient !== undefined);
  expect(withRule.map(([id]) => id).filter((id) => !(id in opSamples))).toEqual([]);
});

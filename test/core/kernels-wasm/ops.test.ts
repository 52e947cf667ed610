/** Every op in WebAssembly, its gradient rule with it, against the reference in float64; in both builds. */
import { describe, expect, test } from 'vitest';
import { planMemory } from '../../../src-core/compile/plan.ts';
import type { Backend } from '../../../src-core/kernels/backend.ts';
import { reference } from '../../../src-core/kernels/js/reference.ts';
import { prepareWasm, type Prepared } from '../../../src-core/kernels/wasm/backend.ts';
import { supportedBuilds, type KernelBuild } from '../../../src-core/kernels/wasm/module.ts';
import { traits } from '../../../src-core/kernels/wasm/traits.ts';
import { ops } from '../../../src-core/ops/registry.ts';
import { bindOp, drawNumbers, sampleRandom } from '../../helpers/op-program.ts';
import { opSamples, type OpSample, type SampleInput } from '../../sweeps/op-samples.ts';
import type { Attributes } from '../../../src-core/ops/define.ts';

/** Sums of up to some dozen float32 terms, and functions good to 1e-6. */
const FLOAT32_TOLERANCE = 1e-5;
const ROWS = 3;

/** Ops without a kernel here: a network with one of them runs on the TypeScript backend. */
const WITHOUT_KERNEL: readonly string[] = [];

/** A backend that prepares whatever program it is given; null where the program needs what has no kernel. */
function backendFor(build: KernelBuild): { backend: Backend; isRefused: () => boolean } {
  let prepared: Prepared | null = null;
  const backend: Backend = {
    name: 'fast',
    dtype: 'float32',
    layouts: (program) => {
      prepared = prepareWasm(program, build);
      return prepared === null ? reference.layouts(program) : prepared.backend.layouts(program);
    },
    open: (program, plan, seed) => {
      if (prepared === null) return reference.open(program, plan, seed);
      // The kernels' own program may have values of its own: rooms that a loop over time keeps.
      const layouts = prepared.backend.layouts(prepared.program);
      const rowCounts = { training: ROWS, evaluation: ROWS };
      const own = planMemory({ program: prepared.program, layouts, rows: rowCounts });
      return prepared.backend.open(prepared.program, own, seed);
    },
  };
  return { backend, isRefused: () => prepared === null };
}

/** Largest |a − b| relative to the largest number: a sum of many terms may cancel, its rounding does not. */
function distance(found: Float64Array, expected: Float64Array): number {
  let worst = found.length === expected.length ? 0 : Infinity;
  const scale = expected.reduce((most, x) => Math.max(most, Math.abs(x)), 1);
  for (let i = 0; i < expected.length; i++) {
    const gap = Math.abs((found[i] ?? NaN) - (expected[i] ?? NaN)) / scale;
    worst = gap <= worst ? worst : gap; // NaN wins
  }
  return worst;
}

const window = (kernel: readonly number[], stride: readonly number[], padding: string) => ({ kernel, stride, padding });
const rows = (shape: readonly number[]): SampleInput => ({ shape, batched: true, draw: 'normal' });
const fixed = (shape: readonly number[]): SampleInput => ({ shape, batched: false, draw: 'normal' });
const convolution = (image: readonly number[], filters: number, attributes: Attributes): OpSample => {
  const [channels = 1] = image;
  return {
    inputs: [rows(image), fixed([filters, channels, ...(attributes['kernel'] as readonly number[])])],
    attributes,
  };
};

/** Sizes that only matter here: every remainder of a register tile, Winograd's form with odd sides, strides, panels of four. */
const ownSamples: Readonly<Record<string, readonly OpSample[]>> = {
  conv2d: [
    convolution([8, 6, 6], 8, window([3, 3], [1, 1], 'same')),
    convolution([8, 7, 9], 12, window([3, 3], [1, 1], 'same')),
    convolution([9, 7, 6], 10, window([3, 3], [1, 1], 'valid')),
    convolution([16, 14, 14], 32, window([3, 3], [1, 1], 'same')),
    convolution([2, 13, 11], 16, window([3, 3], [1, 1], 'same')),
    convolution([3, 12, 10], 20, window([5, 3], [2, 1], 'same')),
    convolution([12, 9, 9], 9, window([3, 3], [2, 2], 'valid')),
    convolution([3, 8, 9], 20, window([3, 1], [1, 2], 'same')),
  ],
  matmul: [
    { inputs: [rows([37]), fixed([29, 37])], attributes: { transposeB: true } },
    { inputs: [rows([256]), fixed([256, 256])], attributes: { transposeB: true } },
    { inputs: [rows([5, 33]), fixed([33, 21])], attributes: {} },
  ],
  // As long as products that pack their left factor: these have no room for it.
  row_matmul: [{ inputs: [rows([130, 128]), rows([130, 64])], attributes: { transposeA: true } }],
};

const samples = [...Object.entries(opSamples), ...Object.entries(ownSamples)].flatMap(([id, list]) =>
  list.map((sample, i) => ({
    id,
    sample,
    title: `${id} #${i} ${JSON.stringify(sample.inputs.map((input) => input.shape))}`,
  })),
);

function arrange(id: string, sample: OpSample, title: string) {
  const random = sampleRandom(id, title);
  const inputs = sample.inputs.map((input) => drawNumbers(input, ROWS, random).map(Math.fround));
  const bound = bindOp(reference, id, sample, ROWS);
  const probes = bound.outputSizes.map((size) =>
    Float64Array.from({ length: size }, () => Math.fround(random.normal())),
  );
  return { inputs, bound, probes };
}

const hasKernel = (id: string, sample: OpSample) =>
  bindOp(reference, id, sample, ROWS).ids.every((op) => traits[op] !== undefined);

describe.each(supportedBuilds())('%s', (build) => {
  test.each(samples.filter(({ id, sample }) => hasKernel(id, sample)))('$title', ({ id, sample, title }) => {
    const { inputs, bound, probes } = arrange(id, sample, title);
    const expected = bound.run(inputs, probes);
    const { backend, isRefused } = backendFor(build);
    const found = bindOp(backend, id, sample, ROWS).run(inputs, probes);
    expect(isRefused()).toBe(false);
    for (const [i, output] of expected.outputs.entries()) {
      const got = found.outputs[i] ?? new Float64Array();
      expect(distance(got, output), `output ${i}: ${got} against ${output}`).toBeLessThanOrEqual(FLOAT32_TOLERANCE);
    }
    for (const [i, gradient] of expected.gradients.entries()) {
      const got = found.gradients[i] ?? new Float64Array();
      if (gradient === null) continue;
      expect(distance(got, gradient), `gradient ${i}: ${got} against ${gradient}`).toBeLessThanOrEqual(
        FLOAT32_TOLERANCE,
      );
    }
  });
});

test('the list of ops without a kernel is complete', () => {
  expect(Object.keys(ops).filter((id) => traits[id] === undefined)).toEqual(WITHOUT_KERNEL);
});

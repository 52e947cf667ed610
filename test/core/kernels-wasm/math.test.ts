/** The vector functions against Math in float64, over dense grids: each within the bound its docstring states. */
import { expect, test } from 'vitest';
import { Kernels, openMemory, supportedBuilds } from '../../../src-core/kernels/wasm/module.ts';

const AT = 65536;
const COUNT = 100_000;

/** Complement of the error function by its continued fraction (z > 2) or its series: a second road to the same numbers. */
function erfc(z: number): number {
  if (z < 0) return 2 - erfc(-z);
  if (z < 2) {
    let term = z;
    let sum = z;
    for (let n = 1; n < 80; n++) {
      term *= (-z * z) / n;
      sum += term / (2 * n + 1);
    }
    return 1 - (2 / Math.sqrt(Math.PI)) * sum;
  }
  let fraction = 0;
  for (let n = 120; n > 0; n--) fraction = n / 2 / (z + fraction);
  return Math.exp(-z * z) / (Math.sqrt(Math.PI) * (z + fraction));
}

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
const softplus = (x: number) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));

/** which, exact value, range, relative bound, absolute floor of the bound */
const functions: [string, number, (x: number) => number, number, number, number, number][] = [
  ['exp', 0, Math.exp, -87.3, 0, 3e-7, 0],
  ['tanh', 1, Math.tanh, -12, 12, 5e-7, 0],
  ['tanh near zero', 1, Math.tanh, -1e-3, 1e-3, 5e-7, 0],
  ['sigmoid', 2, sigmoid, -86, 86, 6e-7, 0],
  ['log', 3, Math.log, 1e-30, 1e-3, 3e-7, 0],
  ['log near one', 3, Math.log, 0.5, 2, 3e-7, 1e-7],
  ['log1p', 4, Math.log1p, 0, 1, 4e-7, 0],
  ['log1p near zero', 4, Math.log1p, 1e-12, 1e-6, 4e-7, 0],
  ['softplus', 5, softplus, -86, 86, 1e-6, 0],
  ['normal distribution', 6, (x) => erfc(-x / Math.SQRT2) / 2, -12.9, 8, 6e-6, 0],
];

for (const build of supportedBuilds()) {
  const memory = openMemory(AT + 4 * COUNT);
  const apply = new Kernels(build, memory).call('apply');
  const numbers = new Float32Array(memory.buffer, AT, COUNT);

  test.each(functions)(`%s keeps its error bound (${build})`, (_name, which, exact, low, high, bound, floor) => {
    const inputs = Float32Array.from({ length: COUNT }, (_, i) => low + ((high - low) * i) / (COUNT - 1));
    numbers.set(inputs);
    apply(which, AT, COUNT);
    let worst = 0;
    for (let i = 0; i < COUNT; i++) {
      const expected = exact(inputs[i] as number);
      const error = Math.abs((numbers[i] as number) - expected);
      worst = Math.max(worst, error / Math.max(Math.abs(expected) * bound, floor, 1e-44));
    }
    expect(worst).toBeLessThanOrEqual(1);
  });

  test(`tanh is exactly 1 where it is nothing else in float32, so that its slope is 0 there (${build})`, () => {
    const inputs = [9.02, 9.5, 20, 88, 1e30, Infinity].flatMap((x) => [x, -x]);
    numbers.set(inputs);
    apply(1, AT, inputs.length);
    expect([...numbers.subarray(0, inputs.length)]).toEqual(inputs.map(Math.sign));
  });

  test(`tanh of a number is the same wherever it stands (${build})`, () => {
    const inputs = Float32Array.from({ length: 20 }, (_, i) => (i === 13 ? NaN : (i - 9) * 0.61));
    numbers.set(inputs);
    apply(1, AT, 20); // two pairs of vectors and a single one
    const together = numbers.slice(0, 20);
    const alone = Float32Array.from(inputs, (x) => {
      numbers.set([x, 0, 0, 0]);
      apply(1, AT, 4);
      return numbers[0] as number;
    });
    expect(together).toEqual(alone);
  });

  test(`what is not a number stays so, and infinities saturate (${build})`, () => {
    for (const which of [0, 1, 2, 5, 6]) {
      numbers.set([NaN, -Infinity, 0, 0]);
      apply(which, AT, 4);
      expect(numbers[0]).toBeNaN();
      expect(Math.abs((numbers[1] as number) - (which === 1 ? -1 : 0))).toBeLessThan(1e-6);
    }
  });
}

test('this runtime runs at least one build', () => {
  expect(supportedBuilds().length).toBeGreaterThan(0);
});

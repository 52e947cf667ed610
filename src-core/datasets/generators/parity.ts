/** Is the number of ones odd? Every bit matters: flipping any one flips the class. */
import type { GeneratorDefinition } from '../define.ts';
import { drawRows, jitter, LABEL, TWO_CLASSES } from './points.ts';

const MAX_BITS = 16;

/** `bits` inputs, each 0 or 1 with equal chance; class (x1 + … + xk) mod 2; then uniform ±noise on every input. */
export const parity: GeneratorDefinition = {
  label: 'Parity',
  task: 'binary',
  summary: 'Is the number of ones among the inputs odd?',
  formula: 'c = (x_1 + \\dots + x_k) \\bmod 2,\\; x_i \\in \\{0, 1\\} \\pm \\text{noise}',
  fields: {
    bits: { kind: 'integer', label: 'Bits', help: 'Number of inputs k.', min: 1, max: MAX_BITS, default: 4 },
  },
  generate: ({ samples, noise, seed, params }) => {
    const count = Number(params['bits']);
    return drawRows({
      name: 'parity',
      samples,
      seed,
      inputNames: Array.from({ length: count }, (_, i) => `x${i + 1}`),
      targetNames: LABEL,
      classes: TWO_CLASSES,
      draw: (_, random) => {
        const bits = Array.from({ length: count }, () => random.integer(2));
        const ones = bits.reduce((sum, bit) => sum + bit, 0);
        return { inputs: jitter(bits, noise, random), target: ones % 2 };
      },
    });
  },
};

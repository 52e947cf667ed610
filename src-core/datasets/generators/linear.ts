/** Two classes on either side of a straight line with a gap between: what a perceptron is sure to learn. */
import type { GeneratorDefinition } from '../define.ts';
import { drawRows, jitter, LABEL, TWO_CLASSES } from './points.ts';

const HALF_WIDTH = 5;
/** Distance that every noiseless point keeps from the line. */
const MARGIN = 0.5;

/** x1, x2 uniform in [−5, 5), moved 0.5 away from the line x1 + x2 = 0 along its normal; class 1 where x1 + x2 ≥ 0; then ±noise. */
export const linear: GeneratorDefinition = {
  label: 'Linear',
  task: 'binary',
  summary: 'Two classes on either side of a straight line, with a gap between them.',
  formula: 'c = [x_1 + x_2 \\ge 0],\\; x \\in [-5, 5)^2 \\pm \\text{noise}',
  fields: {},
  generate: ({ samples, noise, seed }) =>
    drawRows({
      name: 'linear',
      samples,
      seed,
      targetNames: LABEL,
      classes: TWO_CLASSES,
      draw: (_, random) => {
        const x1 = random.uniform(-HALF_WIDTH, HALF_WIDTH);
        const x2 = random.uniform(-HALF_WIDTH, HALF_WIDTH);
        const target = x1 + x2 >= 0 ? 1 : 0;
        const shift = ((target === 1 ? 1 : -1) * MARGIN) / Math.SQRT2;
        return { inputs: jitter([x1 + shift, x2 + shift], noise, random), target };
      },
    }),
};

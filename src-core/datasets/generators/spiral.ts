/** Two interleaved spiral arms: easy for the eye, impossible for a straight line. After TensorFlow Playground's data set. */
import type { GeneratorDefinition } from '../define.ts';
import { blockOf, drawRows, jitter, LABEL, TWO_CLASSES } from './points.ts';

const RADIUS = 5;
const TURN = 3.5 * Math.PI; // 1.75 turns

/**
 * Rows of arm 0 first (i = 0 … n−1, from the centre outwards), then those of arm 1; the class is the number of the arm.
 * With n = samples/2: r = 5i/n, a = 3.5πi/n + arm·π, point (r sin a, r cos a) plus uniform ±noise, first on x1, then on x2.
 * An odd number of samples gives arm 0 one row more; n is then each arm's own number of rows.
 */
export const spiral: GeneratorDefinition = {
  label: 'Spiral',
  task: 'binary',
  summary: 'Two interleaved spirals: a straight line cannot part them, hidden layers can.',
  formula: 'r = \\tfrac{5i}{n},\\; a = \\tfrac{3.5\\pi i}{n} + c\\pi,\\; x = (r\\sin a,\\ r\\cos a) \\pm \\text{noise}',
  fields: {},
  generate: ({ samples, noise, seed }) =>
    drawRows({
      name: 'spiral',
      samples,
      seed,
      targetNames: LABEL,
      classes: TWO_CLASSES,
      draw: (row, random) => {
        const { part: arm, index, size } = blockOf(row, samples, 2);
        const radius = (RADIUS * index) / size;
        const angle = (TURN * index) / size + arm * Math.PI;
        return { inputs: jitter([radius * Math.sin(angle), radius * Math.cos(angle)], noise, random), target: arm };
      },
    }),
};

/** Four quadrants, opposite ones alike: the problem that one straight line cannot solve (Minsky and Papert, 1969). */
import type { GeneratorDefinition } from '../define.ts';
import { drawRows, jitter, LABEL, TWO_CLASSES } from './points.ts';

const HALF_WIDTH = 5;
/** Gap on either side of the axes, so that the noiseless classes do not touch. */
const GAP = 0.3;

/** x1, x2 uniform in [−5, 5), moved 0.3 away from both axes; class 1 where x1·x2 < 0 (exactly one is positive); then ±noise. */
export const xor: GeneratorDefinition = {
  label: 'XOR',
  task: 'binary',
  summary: 'Four quadrants, opposite ones alike: exclusive or.',
  formula: 'c = [x_1 x_2 < 0],\\; x \\in [-5, 5)^2 \\pm \\text{noise}',
  fields: {},
  generate: ({ samples, noise, seed }) =>
    drawRows({
      name: 'xor',
      samples,
      seed,
      targetNames: LABEL,
      classes: TWO_CLASSES,
      draw: (_, random) => {
        const point = [random.uniform(-HALF_WIDTH, HALF_WIDTH), random.uniform(-HALF_WIDTH, HALF_WIDTH)];
        const [x1, x2] = point.map((value) => value + (value >= 0 ? GAP : -GAP)) as [number, number];
        return { inputs: jitter([x1, x2], noise, random), target: x1 * x2 < 0 ? 1 : 0 };
      },
    }),
};

/** A tilted plane: the regression that one linear neuron solves. After TensorFlow Playground's data set. */
import type { GeneratorDefinition } from '../define.ts';
import { drawRows, jitter, VALUE } from './points.ts';

const HALF_WIDTH = 5;
const SCALE = 10;

/** x1, x2 uniform in [−5, 5); y = (x1 + x2)/10 plus uniform ±noise, so that y lies in [−1, 1) without noise. */
export const plane: GeneratorDefinition = {
  label: 'Plane',
  task: 'regression',
  summary: 'A tilted plane over two inputs.',
  formula: 'y = \\tfrac{x_1 + x_2}{10} \\pm \\text{noise},\\; x \\in [-5, 5)^2',
  fields: {},
  generate: ({ samples, noise, seed }) =>
    drawRows({
      name: 'plane',
      samples,
      seed,
      targetNames: VALUE,
      classes: [],
      draw: (_, random) => {
        const x1 = random.uniform(-HALF_WIDTH, HALF_WIDTH);
        const x2 = random.uniform(-HALF_WIDTH, HALF_WIDTH);
        const [target = 0] = jitter([(x1 + x2) / SCALE], noise, random);
        return { inputs: [x1, x2], target };
      },
    }),
};

/** One wave of the sine: the smallest regression that needs a hidden layer. */
import type { GeneratorDefinition } from '../define.ts';
import { drawRows, jitter, VALUE } from './points.ts';

/** x1 uniform in [−π, π); y = sin x1 plus uniform ±noise. One input. */
export const sine: GeneratorDefinition = {
  label: 'Sine',
  task: 'regression',
  summary: 'One wave of the sine over one input.',
  formula: 'y = \\sin x_1 \\pm \\text{noise},\\; x_1 \\in [-\\pi, \\pi)',
  fields: {},
  generate: ({ samples, noise, seed }) =>
    drawRows({
      name: 'sine',
      samples,
      seed,
      inputNames: ['x1'],
      targetNames: VALUE,
      classes: [],
      draw: (_, random) => {
        const x1 = random.uniform(-Math.PI, Math.PI);
        const [target = 0] = jitter([Math.sin(x1)], noise, random);
        return { inputs: [x1], target };
      },
    }),
};

/** Two round clouds: what a single neuron can part. After TensorFlow Playground's data set. */
import type { GeneratorDefinition } from '../define.ts';
import { blockOf, drawRows, LABEL, TWO_CLASSES } from './points.ts';

const CENTRE = 2;
const DEVIATION = 0.7;

/** First half: class 0 around (−2, −2); second half: class 1 around (2, 2); normal with standard deviation 0.7 + noise. */
export const gauss: GeneratorDefinition = {
  label: 'Gauss',
  task: 'binary',
  summary: 'Two round clouds; noise widens them until they overlap.',
  formula: 'x \\sim \\mathcal{N}(\\pm(2, 2),\\ (0.7 + \\text{noise})^2 I)',
  fields: {},
  generate: ({ samples, noise, seed }) =>
    drawRows({
      name: 'gauss',
      samples,
      seed,
      targetNames: LABEL,
      classes: TWO_CLASSES,
      draw: (row, random) => {
        const { part } = blockOf(row, samples, 2);
        const centre = part === 1 ? CENTRE : -CENTRE;
        const deviation = DEVIATION + noise;
        return {
          inputs: [centre + deviation * random.normal(), centre + deviation * random.normal()],
          target: part,
        };
      },
    }),
};

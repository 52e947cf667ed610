/** Several round clouds on a circle: the smallest problem with more than two classes. */
import type { GeneratorDefinition } from '../define.ts';
import { blockOf, drawRows, LABEL, numberedClasses } from './points.ts';

const RADIUS = 4;
const DEVIATION = 0.6;
const MAX_CLASSES = 20;

/** Equal parts in class order; class c of k: normal around 4·(sin 2πc/k, cos 2πc/k) with standard deviation 0.6 + noise. */
export const blobs: GeneratorDefinition = {
  label: 'Blobs',
  task: 'multiclass',
  summary: 'Round clouds of several classes on a circle.',
  formula: 'x \\sim \\mathcal{N}(4(\\sin\\tfrac{2\\pi c}{k}, \\cos\\tfrac{2\\pi c}{k}),\\ (0.6 + \\text{noise})^2 I)',
  fields: {
    classes: { kind: 'integer', label: 'Classes', help: 'Number of clouds k.', min: 2, max: MAX_CLASSES, default: 3 },
  },
  generate: ({ samples, noise, seed, params }) => {
    const count = Number(params['classes']);
    return drawRows({
      name: 'blobs',
      samples,
      seed,
      targetNames: LABEL,
      classes: numberedClasses(count),
      draw: (row, random) => {
        const { part } = blockOf(row, samples, count);
        const angle = (2 * Math.PI * part) / count;
        const deviation = DEVIATION + noise;
        return {
          inputs: [
            RADIUS * Math.sin(angle) + deviation * random.normal(),
            RADIUS * Math.cos(angle) + deviation * random.normal(),
          ],
          target: part,
        };
      },
    });
  },
};

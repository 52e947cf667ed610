/** Rings within rings, one class each. */
import type { GeneratorDefinition } from '../define.ts';
import { blockOf, drawRows, jitter, LABEL, numberedClasses } from './points.ts';

const RADIUS = 5;
const MAX_CLASSES = 20;

/** Equal parts in class order; class c of k lies on the circle of radius 5(c + 1)/k, angle uniform; then ±noise. */
export const rings: GeneratorDefinition = {
  label: 'Rings',
  task: 'multiclass',
  summary: 'Rings within rings, one class each.',
  formula: 'x = \\tfrac{5(c+1)}{k}(\\sin a,\\ \\cos a) \\pm \\text{noise},\\; a \\in [0, 2\\pi)',
  fields: {
    classes: { kind: 'integer', label: 'Classes', help: 'Number of rings k.', min: 2, max: MAX_CLASSES, default: 3 },
  },
  generate: ({ samples, noise, seed, params }) => {
    const count = Number(params['classes']);
    return drawRows({
      name: 'rings',
      samples,
      seed,
      targetNames: LABEL,
      classes: numberedClasses(count),
      draw: (row, random) => {
        const { part } = blockOf(row, samples, count);
        const radius = (RADIUS * (part + 1)) / count;
        const angle = random.uniform(0, 2 * Math.PI);
        return { inputs: jitter([radius * Math.sin(angle), radius * Math.cos(angle)], noise, random), target: part };
      },
    });
  },
};

/** Two half circles that reach into each other. After scikit-learn's make_moons, scaled to the house range. */
import type { GeneratorDefinition } from '../define.ts';
import { blockOf, drawRows, jitter, LABEL, TWO_CLASSES } from './points.ts';

const RADIUS = 3;
const SHIFT = 1.5;

/**
 * First half: class 0, upper half circle (3 cos a − 1.5, 3 sin a − 0.75); second half: class 1, the lower one
 * (1.5 − 3 cos a, 0.75 − 3 sin a); a uniform in [0, π); then ±noise.
 */
export const moons: GeneratorDefinition = {
  label: 'Moons',
  task: 'binary',
  summary: 'Two half moons that reach into each other.',
  formula: 'x = \\pm(3\\cos a - 1.5,\\ 3\\sin a - 0.75) \\pm \\text{noise},\\; a \\in [0, \\pi)',
  fields: {},
  generate: ({ samples, noise, seed }) =>
    drawRows({
      name: 'moons',
      samples,
      seed,
      targetNames: LABEL,
      classes: TWO_CLASSES,
      draw: (row, random) => {
        const { part } = blockOf(row, samples, 2);
        const side = part === 1 ? -1 : 1;
        const angle = random.uniform(0, Math.PI);
        const point = [side * (RADIUS * Math.cos(angle) - SHIFT), side * (RADIUS * Math.sin(angle) - SHIFT / 2)];
        return { inputs: jitter(point, noise, random), target: part };
      },
    }),
};

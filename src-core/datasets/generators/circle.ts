/** A disc inside a ring. After TensorFlow Playground's data set. */
import type { GeneratorDefinition } from '../define.ts';
import { blockOf, drawRows, jitter, LABEL, TWO_CLASSES } from './points.ts';

const INNER = [0, 2.5] as const;
const OUTER = [3.5, 5] as const;

/** First half: class 0, radius uniform in [3.5, 5); second half: class 1, radius uniform in [0, 2.5); angle uniform; then ±noise. */
export const circle: GeneratorDefinition = {
  label: 'Circle',
  task: 'binary',
  summary: 'A disc of one class inside a ring of the other.',
  formula:
    'x = (r\\sin a,\\ r\\cos a) \\pm \\text{noise},\\; r \\in [3.5, 5) \\text{ or } [0, 2.5),\\; a \\in [0, 2\\pi)',
  fields: {},
  generate: ({ samples, noise, seed }) =>
    drawRows({
      name: 'circle',
      samples,
      seed,
      targetNames: LABEL,
      classes: TWO_CLASSES,
      draw: (row, random) => {
        const { part } = blockOf(row, samples, 2);
        const [low, high] = part === 1 ? INNER : OUTER;
        const radius = random.uniform(low, high);
        const angle = random.uniform(0, 2 * Math.PI);
        return { inputs: jitter([radius * Math.sin(angle), radius * Math.cos(angle)], noise, random), target: part };
      },
    }),
};

/** Is the true class among the k largest outputs? */
import { trueClasses } from './classes.ts';
import type { MetricDefinition } from './define.ts';

const MOST = 5;

/** Share of rows whose true class is among the k largest outputs, k = min(5, classes − 1); the earlier class first on ties. */
export const topK: MetricDefinition = {
  label: 'Top k',
  tasks: ['multiclass'],
  better: 'higher',
  summary: 'Share of rows whose true class is among the k largest outputs, k = min(5, classes − 1).',
  formula: '\\tfrac1N \\sum_n [\\mathrm{rank}(o_{n, c_n}) \\le k]',
  compute: (scored) => {
    const { width, outputs, count } = scored;
    const k = Math.min(MOST, width - 1);
    const hits = trueClasses(scored).reduce((sum, label, row) => {
      const row0 = row * width;
      const own = outputs[row0 + label] as number;
      let ahead = 0;
      for (let other = 0; other < width; other++) {
        const value = outputs[row0 + other] as number;
        if (value > own || (value === own && other < label)) ahead += 1;
      }
      return sum + (ahead < k ? 1 : 0);
    }, 0);
    return hits / count;
  },
};

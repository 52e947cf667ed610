/** Squared near the target, absolute far from it. */
import { numberParam } from '../lib/params.ts';
import type { LossDefinition } from './define.ts';

/** Mean of d²/2 where |d| ≤ delta, else delta·(|d| − delta/2), with d = o − y. Shapes: output [.., C], target alike -> [] per row. */
export const huber: LossDefinition = {
  label: 'Huber',
  summary: 'Squared near the target, absolute far from it.',
  formula: String.raw`\frac{1}{n}\sum_i \begin{cases} \tfrac12 d_i^2 & |d_i| \le \delta \\ \delta(|d_i| - \tfrac12\delta) & |d_i| > \delta \end{cases}`,
  fields: {
    delta: {
      kind: 'number',
      label: 'Delta',
      help: 'Distance at which the square turns into a straight line.',
      min: 0,
      exclusiveMin: true,
      default: 1,
    },
  },
  tasks: ['regression', 'binary', 'multiclass'],
  weighsClasses: false,
  threshold: 0.5,
  record: (recorder, { output, target }, params) =>
    recorder.op('huber_error', [output, target], { delta: numberParam(params, 'delta') }),
};

/** Optimizer steps: ops that overwrite a tensor and its slots. The learning rate and the step reach them at run time. */
import type { OpDefinition } from './define.ts';

/** (w, g, slots…): everything but the gradient is overwritten. */
const update: OpDefinition = {
  infer: () => [],
  writes: (inputs) => inputs.map((_, i) => i).filter((i) => i !== 1),
};

/** (w, g[, v]): v = momentum·v + g; w −= lr·v, with `nesterov` lr·(g + momentum·v); without v plain descent. */
export const sgdUpdate: OpDefinition = update;

/** (w, g, s): s += g²; w −= lr·g/(√s + epsilon). */
export const adagradUpdate: OpDefinition = update;

/** (w, g, v): v = rho·v + (1 − rho)·g²; w −= lr·g/(√v + epsilon). */
export const rmspropUpdate: OpDefinition = update;

/** (w, g, m, v): Adam's step after w −= lr·weightDecay·w (0: plain Adam). */
export const adamUpdate: OpDefinition = update;

/** (w, g, rate, average): see optimizers/delta-bar-delta.ts. */
export const deltaBarDeltaUpdate: OpDefinition = update;

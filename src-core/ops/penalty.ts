/** The price of large weights. */
import type { OpDefinition } from './define.ts';
import { likeFirst } from './rules.ts';

/** l1·Σ|w| + (l2/2)·Σw² over all inputs -> one number. */
export const penalty: OpDefinition = { infer: () => [{ shape: [], batched: false }] };

/** (g, w) -> g + l1·sign(w) + l2·w, with sign(0) = 0. */
export const penaltyGradient: OpDefinition = { infer: likeFirst };

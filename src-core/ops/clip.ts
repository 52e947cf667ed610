/** Limits on gradients before an optimizer sees them. */
import type { OpDefinition } from './define.ts';
import { likeFirst } from './rules.ts';

/** Euclidean length of all inputs taken together -> one number. */
export const globalNorm: OpDefinition = { infer: () => [{ shape: [], batched: false }] };

/** (g, norm) -> g·min(1, limit/(norm + 1e-6)). Source: torch.nn.utils.clip_grad_norm_. */
export const clipByNorm: OpDefinition = { infer: likeFirst };

/** Every element clamped to ±limit. */
export const clipByValue: OpDefinition = { infer: likeFirst };

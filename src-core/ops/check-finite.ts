/** Notices numbers that are no longer finite. */
import type { OpDefinition } from './define.ts';

/** Any inputs -> one number: 0 when every element is finite, NaN otherwise. */
export const checkFinite: OpDefinition = { infer: () => [{ shape: [], batched: false }] };

/** A constant. */
import type { OpDefinition } from './define.ts';
import { numbersOf } from './rules.ts';

/** No inputs -> a value of `shape`, not batched, that holds `value` everywhere. */
export const fill: OpDefinition = {
  infer: (_inputs, attributes) => [{ shape: numbersOf(attributes, 'shape'), batched: false }],
};

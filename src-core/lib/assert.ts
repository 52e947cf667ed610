/** Checks of our own assumptions: a failure is a bug, not something a user did. */

/** Throws when `condition` is false; use for what can only be false by a mistake of ours. */
export function assert(condition: boolean, what: string): asserts condition {
  if (!condition) throw new Error(`bug: ${what}`);
}

/** `value`, which by construction cannot be missing. */
export function present<T>(value: T | undefined | null, what: string): T {
  assert(value !== undefined && value !== null, `${what} is missing`);
  return value;
}

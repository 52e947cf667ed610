/** The shipped data sets by the name that stands in project files. */
import { ownEntry } from '../../lib/fields-check.ts';
import { registryOf } from '../../lib/registry.ts';
import * as all from './all.ts';
import type { BuiltinDefinition } from './define.ts';

/** Every set by name, in the order of their names. */
export const builtins: Readonly<Record<string, BuiltinDefinition>> = registryOf(all);

/** The set of that name; undefined when there is none. */
export function builtinOf(name: string): BuiltinDefinition | undefined {
  return ownEntry(builtins, name);
}

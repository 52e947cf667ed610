/** Training methods by the name that stands in project files. */
import { present } from '../../lib/assert.ts';
import { ownEntry } from '../../lib/fields-check.ts';
import { registryOf } from '../../lib/registry.ts';
import * as all from './all.ts';
import type { MethodDefinition } from './define.ts';

/** Every method by name. */
export const methods: Readonly<Record<string, MethodDefinition>> = registryOf(all);

/** The method of a name that analysis has checked. */
export function methodOf(name: string): MethodDefinition {
  return present(ownEntry(methods, name), `method ${name}`);
}

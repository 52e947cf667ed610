/** Export formats by id. */
import { ownEntry } from '../lib/fields-check.ts';
import { registryOf } from '../lib/registry.ts';
import * as all from './all.ts';
import type { FormatDefinition } from './define.ts';

/** Every format by id. */
export const formats: Readonly<Record<string, FormatDefinition>> = registryOf(all);

/** The format of that id; undefined when there is none. */
export function formatOf(id: string): FormatDefinition | undefined {
  return ownEntry(formats, id);
}

/** Kinds of data by the name that stands in project files. */
import { ownEntry } from '../../lib/fields-check.ts';
import * as all from './all.ts';
import type { DataKindDefinition } from './define.ts';

/** Every kind by name, in the order of their names. */
export const dataKinds: Readonly<Record<string, DataKindDefinition>> = { ...all };

/** The kind of that name; undefined when there is none. */
export function dataKindOf(name: string): DataKindDefinition | undefined {
  return ownEntry(dataKinds, name);
}

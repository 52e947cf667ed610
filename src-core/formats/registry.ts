/** Export formats by id. */
import { registryOf } from '../lib/registry.ts';
import * as all from './all.ts';
import type { FormatDefinition } from './define.ts';

/** Every format by id. */
export const formats: Readonly<Record<string, FormatDefinition>> = registryOf(all);

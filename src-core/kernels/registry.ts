/** The backends by name. */
import type { Backend } from './backend.ts';
import { fast } from './fast/backend.ts';
import { reference } from './js/reference.ts';

export const backends: Readonly<Record<Backend['name'], Backend>> = { reference, fast };

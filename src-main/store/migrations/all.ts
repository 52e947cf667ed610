/** Every migration, oldest first. A released one is never edited. */
import { initial } from './0001-initial.ts';

export const migrations = [initial] as const;

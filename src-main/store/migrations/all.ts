/** Every migration, oldest first. A released one is never edited. */
import { initial } from './0001-initial.ts';
import { stateOwner } from './0002-state-owner.ts';

export const migrations = [initial, stateOwner] as const;

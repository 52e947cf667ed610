/** Every migration, oldest first. Version 1 is the first format: there is nothing to migrate from yet. */
import type { Migration } from './define.ts';

export const migrations: readonly Migration[] = [];

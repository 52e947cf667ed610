/** `netloom runs salvage`: a sound store in the place of a damaged one. */
import { dirname } from 'node:path';
import type { Command } from 'commander';
import { storeFile } from '../store/folder.ts';
import { acquireLock } from '../store/lock.ts';
import { salvageStore, salvageText } from '../store/salvage.ts';
import { exiting, EXIT, type Surroundings } from './define.ts';
import { jsonText } from './outputs.ts';

interface SalvageFlags {
  readonly store?: string;
  readonly json?: boolean;
}

/** @param command "salvage", with the options that name the store and ask for JSON */
export function addSalvage(command: Command, around: Surroundings): void {
  command
    .description('mend a damaged store from its newest backup and from what can still be read')
    .action(exiting(around, (flags: SalvageFlags) => salvage(flags, around)));
}

function salvage({ store, json = false }: SalvageFlags, { dataFolder, print, log }: Surroundings): number {
  const file = store ?? storeFile(dataFolder);
  const lock = acquireLock(dirname(file), { pid: process.pid, shell: 'cli' }); // no window may have it open meanwhile
  try {
    const done = salvageStore(file);
    log(salvageText(done));
    if (json) print(jsonText(done));
    return EXIT.done;
  } finally {
    lock.release();
  }
}

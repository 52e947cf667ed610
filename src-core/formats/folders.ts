/** Export formats that are a folder of files, by id. */
import { ownEntry } from '../lib/fields-check.ts';
import type { FolderDefinition } from './define.ts';
import { pytorch } from './pytorch/pytorch.ts';

/** Every such format by id. */
export const folders: Readonly<Record<string, FolderDefinition>> = { pytorch };

/** The format of that id; undefined when there is none. */
export function folderOf(id: string): FolderDefinition | undefined {
  return ownEntry(folders, id);
}

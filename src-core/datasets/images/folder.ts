/** What lies in a folder of pictures: one sub-folder for each class. */
import { AppError } from '../../lib/errors.ts';
import type { ReadFile } from '../define.ts';
import { orderLabels } from '../labels.ts';

export interface FoundPicture {
  /** As `ReadFile` takes it. */
  readonly path: string;
  /** Name of the sub-folder. */
  readonly label: string;
}

export interface PictureFolder {
  readonly classes: readonly string[];
  /** Class by class, by name within a class. */
  readonly pictures: readonly FoundPicture[];
}

export const MAX_PICTURES = 100_000;
const ENDING = /\.(?:png|jpe?g)$/i;

export const isPictureName = (path: string): boolean => ENDING.test(path);

/** Files with other endings are passed over. Throws AppError 'data.folder', 'data.too_large', and what the list throws. */
export async function findPictures(folder: string, readFile: ReadFile): Promise<PictureFolder> {
  if (readFile.list === undefined)
    throw new AppError('data.unreadable', { file: folder, reason: 'there are no folders here' });
  const files = (await readFile.list(folder)).filter(isPictureName);
  if (files.length === 0) throw new AppError('data.folder', { folder, found: 'no PNG or JPEG file' });
  if (files.length > MAX_PICTURES) {
    throw new AppError('data.too_large', {
      file: folder,
      limit: `${MAX_PICTURES} pictures`,
      found: String(files.length),
    });
  }
  const loose = files.find((path) => !path.includes('/'));
  if (loose !== undefined) throw new AppError('data.folder', { folder, found: `${loose} in none of them` });
  const byClass = new Map<string, FoundPicture[]>();
  for (const path of files.sort()) {
    const label = path.slice(0, path.indexOf('/'));
    const pictures = byClass.get(label) ?? [];
    pictures.push({ path: `${folder}/${path}`, label });
    byClass.set(label, pictures);
  }
  const classes = orderLabels(byClass.keys());
  if (classes.length < byClass.size) {
    const twin = [...byClass.keys()].find((label) => !classes.includes(label)) ?? '';
    throw new AppError('data.folder', {
      folder,
      found: `two classes that are the same number, one of them ${JSON.stringify(twin)}`,
    });
  }
  return { classes, pictures: classes.flatMap((label) => byClass.get(label) ?? []) };
}

/** The pictures of a folder that was chosen or dropped, and what they look like at a glance. */

export interface FolderFile {
  /** Below the folder, with '/'. */
  readonly path: string;
  readonly file: File;
}

export interface ChosenFolder {
  readonly name: string;
  /** Pictures only, in the order of their paths. */
  readonly files: readonly FolderFile[];
}

const PICTURE = /\.(?:png|jpe?g)$/i;
const isWanted = (path: string): boolean => PICTURE.test(path) && !path.split('/').some((part) => part.startsWith('.'));
const byPath = (a: FolderFile, b: FolderFile): number => (a.path < b.path ? -1 : 1);

/** Of a file input that takes a folder; null when there is nothing in it. */
export function folderOf(list: FileList | null): ChosenFolder | null {
  const all = [...(list ?? [])];
  const [first] = all;
  if (first === undefined) return null;
  const [name = ''] = first.webkitRelativePath.split('/');
  const files = all
    .map((file) => ({ path: file.webkitRelativePath.slice(name.length + 1), file }))
    .filter(({ path }) => isWanted(path));
  return { name, files: files.sort(byPath) };
}

/** Of what was dropped; null when it was no folder. */
export async function droppedFolder(items: DataTransferItemList): Promise<ChosenFolder | null> {
  const entry = items[0]?.webkitGetAsEntry() ?? null;
  if (!(entry instanceof FileSystemDirectoryEntry)) return null;
  const files: FolderFile[] = [];
  await walk(entry, '', files);
  return { name: entry.name, files: files.sort(byPath) };
}

async function walk(folder: FileSystemDirectoryEntry, prefix: string, found: FolderFile[]): Promise<void> {
  const reader = folder.createReader();
  for (;;) {
    // A reader gives some hundred entries at a time, and none at the end.
    const entries = await new Promise<FileSystemEntry[]>((resolve, reject) => {
      reader.readEntries(resolve, reject);
    });
    if (entries.length === 0) return;
    for (const entry of entries) {
      const path = `${prefix}${entry.name}`;
      if (entry instanceof FileSystemDirectoryEntry) await walk(entry, `${path}/`, found);
      else if (entry instanceof FileSystemFileEntry && isWanted(path)) found.push({ path, file: await fileOf(entry) });
    }
  }
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}

export interface Glance {
  readonly size: readonly [number, number];
  readonly isGray: boolean;
}

/** Pictures that are looked at. */
const LOOKED_AT = 12;
/** Pictures of one size up to this are fed as they are; larger ones, or of several sizes, are brought to this. */
const LARGEST_OWN = 64;
const USUAL = 32;

/** Size and colours to begin with. Pictures that the browser cannot read are left to the engine to complain about. */
export async function glanceAt(files: readonly FolderFile[]): Promise<Glance> {
  const count = Math.min(LOOKED_AT, files.length);
  const seen = [];
  for (let i = 0; i < count; i++) {
    const file = files[Math.floor((i * files.length) / count)]?.file;
    const bitmap = file && (await createImageBitmap(file).catch(() => null));
    if (bitmap) seen.push({ height: bitmap.height, width: bitmap.width, isGray: isGray(bitmap) });
    bitmap?.close();
  }
  const [first] = seen;
  if (first === undefined) return { size: [USUAL, USUAL], isGray: false };
  const isOneSize = seen.every(({ height, width }) => height === first.height && width === first.width);
  const isSmall = Math.max(first.height, first.width) <= LARGEST_OWN;
  const size = isOneSize && isSmall ? ([first.height, first.width] as const) : ([USUAL, USUAL] as const);
  return { size, isGray: seen.every((one) => one.isGray) };
}

function isGray(bitmap: ImageBitmap): boolean {
  const canvas = new OffscreenCanvas(USUAL, USUAL);
  const context = canvas.getContext('2d');
  if (context === null) return false;
  context.drawImage(bitmap, 0, 0, USUAL, USUAL);
  const { data } = context.getImageData(0, 0, USUAL, USUAL);
  for (let i = 0; i < data.length; i += 4) {
    if (data[i] !== data[i + 1] || data[i] !== data[i + 2]) return false;
  }
  return true;
}

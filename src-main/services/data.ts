/** Service `data`: takes files in; everything that looks into them happens in the engine. */
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { MAX_FOLDER_FILES, type dataService } from '../../src-core/contract/data.ts';
import type { Handlers } from '../../src-core/contract/define.ts';
import type { DataPlace } from '../../src-core/contract/engine.ts';
import { AppError } from '../../src-core/lib/errors.ts';
import { filesFolder } from '../store/folder.ts';
import { ensureFolder, removeStaleTemps } from '../store/io.ts';
import type { ServicesOptions } from './define.ts';
import { FolderUpload, removeStaleFolders } from './folder-upload.ts';
import { Upload } from './upload.ts';

/** More at once are given up, oldest first: their windows are gone. */
const MAX_UPLOADS = 8;

export interface DataPart {
  readonly handlers: Handlers<typeof dataService>;
  close(): Promise<void>;
}

export function createData({
  folder,
  supervisor,
  emit,
}: Pick<ServicesOptions, 'folder' | 'supervisor' | 'emit'>): DataPart {
  const files = filesFolder(folder);
  const place: DataPlace = { folder: files, isOpen: false };
  const uploads = new Map<string, Upload>();
  const folders = new Map<string, FolderUpload>();
  let isTidy = false;
  const unlisten = supervisor.listen({
    up: (engine) => void engine.on('reading', (reading) => emit.data('reading', reading)),
  });

  async function drop(name: string): Promise<void> {
    const upload = uploads.get(name);
    uploads.delete(name);
    await upload?.close();
  }

  async function tidy(): Promise<void> {
    ensureFolder(files);
    if (isTidy) return;
    isTidy = true;
    await removeStaleTemps(files);
    await removeStaleFolders(files);
  }

  async function dropFolder(job: string): Promise<void> {
    const upload = folders.get(job);
    folders.delete(job);
    await upload?.close();
  }

  async function folderOf(job: string, name: string): Promise<FolderUpload> {
    const known = folders.get(job);
    if (known) return known;
    await tidy();
    const [oldest] = folders.keys();
    if (folders.size >= MAX_UPLOADS && oldest !== undefined) await dropFolder(oldest);
    const upload = await FolderUpload.begin(files, name, MAX_FOLDER_FILES);
    folders.set(job, upload);
    return upload;
  }

  async function begin(name: string, total: number): Promise<Upload> {
    await tidy();
    await drop(name);
    const [oldest] = uploads.keys();
    if (uploads.size >= MAX_UPLOADS && oldest !== undefined) await drop(oldest);
    const upload = await Upload.begin({ folder: files, name, total });
    uploads.set(name, upload);
    return upload;
  }

  return {
    handlers: {
      upload: async ({ name, offset, total, bytes }) => {
        const upload = offset === 0 ? await begin(name, total) : uploads.get(name);
        if (!upload) throw new AppError('host.upload_order', { name, expected: 0, offset });
        try {
          const path = await upload.add(offset, bytes);
          if (path !== null) await drop(name);
          return { path };
        } catch (error) {
          await drop(name);
          throw error;
        }
      },
      uploadFolder: async ({ job, name, pieces, isLast }) => {
        const upload = await folderOf(job, name);
        try {
          await upload.add(pieces);
          const path = isLast ? await upload.finish() : null;
          if (isLast) folders.delete(job);
          return { path };
        } catch (error) {
          await dropFolder(job);
          throw error;
        }
      },
      dropUpload: async ({ job }) => {
        await dropFolder(job);
        return null;
      },
      inspectCsv: async ({ path, delimiter, decimal, header, charset, missingValues, job }) => {
        const given = {
          ...(delimiter === undefined ? {} : { delimiter }),
          ...(decimal === undefined ? {} : { decimal }),
          ...(header === undefined ? {} : { header }),
          ...(charset === undefined ? {} : { charset }),
          ...(missingValues === undefined ? {} : { missingValues }),
          ...(job === undefined ? {} : { job }),
        };
        return (await supervisor.ready()).inspectCsv({ path, place, ...given });
      },
      preview: async ({ data, job }) =>
        (await supervisor.ready()).preview({ data, place, ...(job === undefined ? {} : { job }) }),
      cancel: async ({ job }) => (await supervisor.ready()).cancelReading({ job }),
      files: () => listFiles(files),
    },
    close: async () => {
      unlisten();
      for (const name of [...uploads.keys()]) await drop(name);
      for (const job of [...folders.keys()]) await dropFolder(job);
    },
  };
}

async function listFiles(folder: string): Promise<{ name: string; sizeBytes: number }[]> {
  ensureFolder(folder);
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isFile() && !entry.name.startsWith('.')).map(({ name }) => name);
  return Promise.all(names.sort().map(async (name) => ({ name, sizeBytes: (await stat(join(folder, name))).size })));
}

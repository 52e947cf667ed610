/** Service `app`: what host this is, and the recovery copy of the open document. */
import type { appService } from '../../src-core/contract/app.ts';
import type { Handlers } from '../../src-core/contract/define.ts';
import type { ServicesOptions } from './define.ts';
import { OpenFiles } from './open-files.ts';

export interface AppPart {
  readonly handlers: Handlers<typeof appService>;
  close(): Promise<void>;
}

export function createApp(options: ServicesOptions): AppPart {
  const files = new OpenFiles();
  return { handlers: handlersOf(options, files), close: () => files.close() };
}

function handlersOf(
  { store, writes, supervisor, shell, version, isPersistent, openFile, placeFor, saveFile, emit }: ServicesOptions,
  files: OpenFiles,
): Handlers<typeof appService> {
  return {
    info: () => ({
      kind: shell,
      version,
      nodeVersion: process.versions.node,
      engine: supervisor.state,
      persistent: isPersistent,
    }),
    recover: () => store.recoverProject(),
    keep: async ({ document, file }) => {
      await writes.keepProject(document, file);
      emit.app('kept', null);
      return null;
    },
    markSaved: ({ document, file, recent }) => writes.keepSavedProject(document, { file, recent }),
    recent: () => store.recentProjects(),
    openRecent: ({ recent }) => store.recentProject(recent),
    openFile,
    saveFile,
    beginFile: async (wanted) => {
      const path = await placeFor(wanted);
      return path === null ? null : { file: await files.begin(path), path };
    },
    addToFile: async ({ file, bytes }) => {
      await files.add(file, bytes);
      return null;
    },
    finishFile: async ({ file }) => {
      await files.finish(file);
      return null;
    },
    dropFile: async ({ file }) => {
      await files.drop(file);
      return null;
    },
  };
}

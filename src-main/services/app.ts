/** Service `app`: what host this is, and the recovery copy of the open document. */
import type { appService } from '../../src-core/contract/app.ts';
import type { Handlers } from '../../src-core/contract/define.ts';
import type { ServicesOptions } from './define.ts';

export function createApp(options: ServicesOptions): Handlers<typeof appService> {
  const { store, writes, supervisor, shell, version, isPersistent, saveFile, emit } = options;
  return {
    info: () => ({
      kind: shell,
      version,
      nodeVersion: process.versions.node,
      engine: supervisor.state,
      persistent: isPersistent,
    }),
    recover: () => store.recoverProject(),
    keep: async ({ document }) => {
      await writes.keepProject(document);
      emit.app('kept', null);
      return null;
    },
    markSaved: async ({ document }) => {
      await writes.keepSavedProject(document);
      return null;
    },
    recent: () => store.recentProjects(),
    openRecent: ({ name }) => store.recentProject(name),
    saveFile,
  };
}

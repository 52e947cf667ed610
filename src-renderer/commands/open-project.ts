/** Opens a project file; a file that is none is refused with the reason, and the open document stays. */
import type { AppState } from '../state/app.svelte.ts';
import type { Command } from './define.ts';
import { markSaved } from './mark-saved.ts';
import { offerBack } from './offer-back.ts';

export const openProject: Command = {
  label: 'Open project…',
  group: 'Project',
  keys: ['Mod+O'],
  inText: true,
  run: async (app) => {
    const { services, info } = app.host;
    if (info?.kind !== 'electron' || services === null) return chooseFile(app);
    const file = await services.app.openFile({});
    if (file !== null) await openBytes(app, file);
  },
};

function chooseFile(app: AppState): void {
  const input = document.createElement('input');
  input.type = 'file';
  input.accept = '.json,application/json';
  input.addEventListener('change', () => {
    const file = input.files?.[0];
    if (file !== undefined) void openFile(app, file);
  });
  input.click();
}

/** Opens a chosen or dropped file. Rejects with an AppError that says what is wrong with it. */
export async function openFile(app: AppState, file: File): Promise<void> {
  await openBytes(app, { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()), path: null });
}

interface FoundFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Null where only the browser knows. */
  readonly path: string | null;
}

async function openBytes(app: AppState, { name, bytes, path }: FoundFile): Promise<void> {
  const before = app.project.snapshot;
  app.project.openFile(bytes);
  await markSaved(app, { name, path });
  await offerBack(app, before, name);
}

/** Two windows on one host: what the one that watches shows and refuses, and what it takes over. */
import { expect, test, vi } from 'vitest';
import { Connection } from '../../../src-core/contract/client.ts';
import type { ProjectDocument } from '../../../src-core/graph/model.ts';
import { twoSpirals } from '../../../src-core/templates/two-spirals.ts';
import { commands, isEnabled } from '../../../src-renderer/commands/registry.ts';
import { AppState } from '../../../src-renderer/state/app.svelte.ts';
import { servicesOf } from '../../../src-renderer/host/services.ts';
import { WindowHost } from '../../helpers/window-host.ts';

const rename = (name: string) => (document: ProjectDocument) => ({ ...document, name });

/** A host that keeps the document it is given, and says so. */
function keepingHost() {
  let kept: ProjectDocument | null = null;
  const host: WindowHost = new WindowHost({
    app: {
      keep: ({ document }) => {
        kept = document;
        host.emitKept();
        return null;
      },
      recover: () => (kept === null ? null : { document: kept, savedAt: 0, isSaved: false, file: null }),
    },
  });
  return host;
}

function openWindow(host: WindowHost, wire = host.open()): AppState {
  const keep = { getItem: () => null, setItem: () => {} };
  const app = new AppState({ document: twoSpirals.document, keep, systemDark: false });
  app.host.up(servicesOf(new Connection(wire)));
  return app;
}

async function twoWindows() {
  const host = keepingHost();
  const wire = host.open();
  const first = openWindow(host, wire);
  await vi.waitFor(() => expect(host.editor).toBe(1));
  const second = openWindow(host);
  await vi.waitFor(() => expect(second.tabs.isWatching).toBe(true));
  const loseFirst = (): void => {
    wire.close();
    first.host.down();
  };
  return { host, first, second, loseFirst };
}

test('a window that watches refuses edits, says why, and offers no command that edits', async () => {
  const { first, second } = await twoWindows();
  second.project.edit('Rename', rename('mine'));
  expect(second.project.document.name).toBe('Two spirals');
  expect(second.notices.list.map(({ text }) => text)).toEqual([
    'this tab only watches: another one edits; press "Edit here" to take over',
  ]);
  const offered = (app: AppState) =>
    ['train', 'new_project', 'rename_project', 'select_all'].map((id) => {
      const command = Object.entries(commands).find(([name]) => name === id)?.[1];
      return command !== undefined && isEnabled(command, app);
    });
  expect(offered(second)).toEqual([false, false, false, true]);
  expect(offered(first)).toEqual([true, true, true, true]);
});

test('a window that watches shows what the other one kept', async () => {
  const { first, second } = await twoWindows();
  first.project.edit('Rename', rename('theirs'));
  await first.keepNow();
  await vi.waitFor(() => expect(second.project.document.name).toBe('theirs'));
  expect([second.project.undoLabel, first.project.undoLabel]).toEqual([null, 'Rename']);
});

test('taking over brings the last edit along, however young it is', async () => {
  const { first, second } = await twoWindows();
  first.project.edit('Rename', rename('a moment ago'));
  await second.tabs.takeOver();
  await vi.waitFor(() => expect(second.project.isReadOnly).toBe(false));
  expect(second.project.document.name).toBe('a moment ago');
  expect([first.tabs.isWatching, second.tabs.isWatching]).toEqual([true, false]);
  second.project.edit('Rename', rename('now mine'));
  await second.keepNow();
  await vi.waitFor(() => expect(first.project.document.name).toBe('now mine'));
});

test('edits made while the connection was lost come back with it, and with them the right to edit', async () => {
  const { host, first, second, loseFirst } = await twoWindows();
  loseFirst();
  await second.tabs.takeOver();
  await vi.waitFor(() => expect(second.tabs.isWatching).toBe(false));
  first.project.edit('Rename', rename('made alone'));
  first.host.up(host.connect());
  await vi.waitFor(() => expect(second.project.document.name).toBe('made alone'));
  expect([first.tabs.isWatching, second.tabs.isWatching]).toEqual([false, true]);
});

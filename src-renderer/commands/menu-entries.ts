/** Commands as menu entries: those that are named, or those that say themselves that they belong to a place of the canvas. */
import { commandList, commands, isEnabled, keysOf, perform, type CommandId } from './registry.ts';
import { menuParts, type CanvasPlace, type Command } from './define.ts';
import type { AppState } from '../state/app.svelte.ts';
import type { MenuEntry } from '../ui/menu.ts';

/** @param ids commands from top to bottom; null is a line between them */
export function menuEntries(app: AppState, ids: readonly (CommandId | null)[]): readonly MenuEntry[] {
  return ids.map((id, index) =>
    id === null ? { kind: 'separator', id: `line-${index}` } : entryOf(app, id, commands[id]),
  );
}

/** The context menu of a place: part by part, by id within, a line between parts. */
export function canvasEntries(app: AppState, place: CanvasPlace): readonly MenuEntry[] {
  const here = commandList.filter(([, { menu }]) => menu?.on.includes(place));
  const parts = menuParts.flatMap((part) => {
    const entries = here
      .filter(([, { menu }]) => menu?.part === part)
      .map(([id, command]) => entryOf(app, id, command));
    return entries.length === 0 ? [] : [{ part, entries }];
  });
  return parts.flatMap(({ part, entries }, index): readonly MenuEntry[] =>
    index === 0 ? entries : [{ kind: 'separator', id: `line-${part}` }, ...entries],
  );
}

function entryOf(app: AppState, id: string, command: Command): MenuEntry {
  const keys = keysOf(command);
  return {
    kind: 'action',
    id,
    label: command.label,
    disabled: !isEnabled(command, app),
    onselect: () => perform(command, app),
    ...(keys === undefined ? {} : { keys }),
  };
}

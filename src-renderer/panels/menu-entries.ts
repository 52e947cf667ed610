/** Commands as menu entries, in the order given. */
import { commands, isEnabled, keysOf, perform, type CommandId } from '../commands/registry.ts';
import type { Command } from '../commands/define.ts';
import type { AppState } from '../state/app.svelte.ts';
import type { MenuEntry } from '../ui/menu.ts';

/** @param ids commands from top to bottom; null is a line between them */
export function menuEntries(app: AppState, ids: readonly (CommandId | null)[]): readonly MenuEntry[] {
  return ids.map((id, index) => (id === null ? { kind: 'separator', id: `line-${index}` } : entryOf(app, id)));
}

function entryOf(app: AppState, id: CommandId): MenuEntry {
  const command: Command = commands[id];
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

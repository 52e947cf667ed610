/** Commands of a group as menu entries. */
import { commandList, isEnabled, keysOf, perform } from '../commands/registry.ts';
import type { CommandGroup } from '../commands/define.ts';
import type { AppState } from '../state/app.svelte.ts';
import type { MenuEntry } from '../ui/menu.ts';

export function menuEntries(app: AppState, group: CommandGroup, only?: readonly string[]): readonly MenuEntry[] {
  return commandList
    .filter(([id, command]) => command.group === group && (only?.includes(id) ?? true))
    .map(([id, command]) => {
      const keys = keysOf(command);
      return {
        kind: 'action',
        id,
        label: command.label,
        disabled: !isEnabled(command, app),
        onselect: () => perform(command, app),
        ...(keys === undefined ? {} : { keys }),
      };
    });
}

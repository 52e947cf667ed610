/** Commands by id, and how they are carried out: one way for menus, palette and keyboard. */
import { registryOf } from '../../src-core/lib/registry.ts';
import type { AppState } from '../state/app.svelte.ts';
import * as all from './all.ts';
import type { Command, CommandGroup } from './define.ts';
import { matchesKeys, showKeys, type KeyPress } from './keys.ts';

export const commands = registryOf(all) satisfies Readonly<Record<string, Command>>;
export type CommandId = keyof typeof commands;

/** Every command with its id, sorted by id. */
export const commandList: readonly (readonly [string, Command])[] = Object.entries<Command>(commands);

export const isMac = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.userAgent);

/** What a page that only watches may do. */
const WATCHING: readonly CommandGroup[] = ['View', 'Help'];

export function isEnabled(command: Command, app: AppState): boolean {
  // What cannot be seen is not changed: a lesson stands in front of the canvas.
  if (app.lessons.isShown && command.group === 'Edit') return false;
  if (app.tabs.isWatching && command.whileWatching !== true && !WATCHING.includes(command.group)) return false;
  return command.enabled?.(app) ?? true;
}

/** Carries a command out where it can be; errors a person can cause reach them by the window's error hook. */
export function perform(command: Command, app: AppState): void {
  if (isEnabled(command, app)) void command.run(app);
}

/** The command that a key press means, where the focus is in a text or not. */
export function commandOf(press: KeyPress, { inText }: { readonly inText: boolean }): Command | undefined {
  const fits = ([, command]: readonly [string, Command]): boolean =>
    (!inText || command.inText === true) && (command.keys ?? []).some((keys) => matchesKeys(keys, press, isMac));
  return commandList.find(fits)?.[1];
}

/** The command's first keys as this platform writes them. */
export function keysOf(command: Command): string | undefined {
  const [first] = command.keys ?? [];
  return first === undefined ? undefined : showKeys(first, isMac);
}

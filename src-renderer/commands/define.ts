/** What a command is: something a person can do, by name. Menus, the palette and the keyboard all read it. */
import type { AppState } from '../state/app.svelte.ts';

export type CommandGroup = 'Project' | 'Edit' | 'Training' | 'View' | 'Help';

/** What a context menu was opened on: one layer, several, a wire, or the canvas beside them. */
export type CanvasPlace = 'layer' | 'selection' | 'wire' | 'canvas';

/** The parts of a context menu from top to bottom, with a line between them. */
export const menuParts = ['settings', 'insert', 'change', 'clipboard', 'arrange', 'view', 'remove'] as const;

export interface Command {
  /** Sentence case, as menus show it. */
  readonly label: string;
  readonly group: CommandGroup;
  /** 'Mod+Shift+Z': Mod is Command on a Mac, Control elsewhere. The first is shown. */
  readonly keys?: readonly string[];
  /** The platform has an event of its own for these keys (copy, paste): App.svelte answers that instead. */
  readonly isNative?: boolean;
  /** Its keys also work while a text field has the focus. */
  readonly inText?: boolean;
  /** It changes nothing that another page could be editing; what belongs to View and Help never does. */
  readonly whileWatching?: boolean;
  /** The context menus of the canvas it stands in, and in which part of them. */
  readonly menu?: { readonly part: (typeof menuParts)[number]; readonly on: readonly CanvasPlace[] };
  readonly enabled?: (app: AppState) => boolean;
  /** May reject with an AppError: the window's error hook tells the person. */
  readonly run: (app: AppState) => void | Promise<void>;
}

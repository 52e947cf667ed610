/** One thing that the command palette finds. */
import type { PickEntry } from '../ui/pick-entry.ts';

export interface PaletteEntry extends PickEntry {
  readonly run: () => void;
}

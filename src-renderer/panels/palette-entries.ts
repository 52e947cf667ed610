/** What the command palette finds: every command, every layer to add, every plot and every template. */
import { layers } from '../../src-core/layers/registry.ts';
import { templates } from '../../src-core/templates/registry.ts';
import { openTemplate } from '../commands/open-template.ts';
import type { CommandGroup } from '../commands/define.ts';
import { commandList, isEnabled, keysOf, perform } from '../commands/registry.ts';
import { appendTarget, insertLayer } from '../editor/drop-target.svelte.ts';
import { paletteGroups } from '../editor/palette/palette-groups.ts';
import { plotIds, plots } from '../plots/registry.ts';
import type { AppState } from '../state/app.svelte.ts';
import type { PaletteEntry } from './palette-entry.ts';

/** What people come for stands first. */
const GROUPS: readonly CommandGroup[] = ['Training', 'Edit', 'View', 'Project', 'Help'];

/** What can be done now, in the order shown. */
export function paletteEntries(app: AppState): readonly PaletteEntry[] {
  return [
    ...commandEntries(app),
    ...(app.tabs.isWatching || app.lessons.isShown ? [] : layerEntries(app)),
    ...plotEntries(app),
    ...templateEntries(app),
  ];
}

function commandEntries(app: AppState): readonly PaletteEntry[] {
  return commandList
    .filter(([id, command]) => id !== 'command_palette' && isEnabled(command, app))
    .sort(([one, { group }], [other, command]) => rank(one, group) - rank(other, command.group))
    .map(([id, command]) => ({
      id,
      label: command.label,
      note: command.group,
      keys: keysOf(command),
      run: () => perform(command, app),
    }));
}

/** Train before all, then by group. */
function rank(id: string, group: CommandGroup): number {
  return id === 'train' ? -1 : GROUPS.indexOf(group);
}

/** As the palette beside the canvas does: after what is selected. */
function layerEntries(app: AppState): readonly PaletteEntry[] {
  return paletteGroups(layers, '').flatMap(({ title, items }) =>
    items.map(({ type, layer }) => ({
      id: `layer-${type}`,
      label: `Add ${layer.label}`,
      note: `${title} layer`,
      run: () => insertLayer(app, type, appendTarget(app)),
    })),
  );
}

function plotEntries({ settings }: AppState): readonly PaletteEntry[] {
  return plotIds.map((id) => ({
    id: `plot-${id}`,
    label: `Show ${plots[id].label.toLowerCase()}`,
    note: 'Plot',
    run: () => settings.set({ firstPlot: id }),
  }));
}

function templateEntries(app: AppState): readonly PaletteEntry[] {
  return Object.entries(templates).map(([id, template]) => ({
    id: `template-${id}`,
    label: `Open ${template.label}`,
    note: 'Template',
    run: () => void openTemplate(app, template),
  }));
}

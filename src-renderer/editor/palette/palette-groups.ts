/** The palette's order: groups as a person meets them, layers by name within. */
import type { LayerDefinition, LayerGroup } from '../../../src-core/layers/define.ts';

/** In the order shown. */
const TITLES: Readonly<Record<LayerGroup, string>> = {
  core: 'Core',
  activation: 'Activation',
  images: 'Images',
  sequences: 'Sequences',
  merge: 'Merge',
  normalization: 'Normalisation',
  regularization: 'Regularisation',
};

/** There is one of each already. */
const NOT_OFFERED = ['input', 'output'];

export interface PaletteGroup {
  readonly title: string;
  readonly items: readonly { readonly type: string; readonly layer: LayerDefinition }[];
}

/** Groups with what fits the search; empty groups are left out. */
export function paletteGroups(
  layers: Readonly<Record<string, LayerDefinition>>,
  query: string,
): readonly PaletteGroup[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const found = Object.entries(layers)
    .filter(([type]) => !NOT_OFFERED.includes(type))
    .filter(([type, { label, summary, group }]) => {
      const text = `${type} ${label} ${summary} ${TITLES[group]}`.toLowerCase();
      return words.every((word) => text.includes(word));
    })
    .map(([type, layer]) => ({ type, layer }))
    .sort((a, b) => a.layer.label.localeCompare(b.layer.label));
  return Object.entries(TITLES).flatMap(([group, title]) => {
    const items = found.filter(({ layer }) => layer.group === group);
    return items.length === 0 ? [] : [{ title, items }];
  });
}

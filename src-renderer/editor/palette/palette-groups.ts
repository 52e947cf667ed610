/** The palette's order: groups as a person meets them, layers by name within. */
import { bestFirst } from '../../ui/search-rank.ts';
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

/**
 * Groups with what fits the search; empty groups are left out. While something is searched, what fits best stands first:
 * layers within their group, and groups by the best of theirs.
 */
export function paletteGroups(
  layers: Readonly<Record<string, LayerDefinition>>,
  query: string,
): readonly PaletteGroup[] {
  const byLabel = Object.entries(layers)
    .map(([type, layer]) => ({ type, layer }))
    .filter(({ type }) => !NOT_OFFERED.includes(type))
    .sort((a, b) => a.layer.label.localeCompare(b.layer.label));
  const offered = Object.keys(TITLES).flatMap((group) => byLabel.filter(({ layer }) => layer.group === group));
  const found = bestFirst(offered, query, ({ type, layer: { label, summary, group } }) => ({
    name: label,
    rest: `${type} ${summary} ${TITLES[group]}`,
  }));
  const groups = Map.groupBy(found, ({ layer }) => layer.group); // in the order in which each is met first
  return [...groups].map(([group, items]) => ({ title: TITLES[group], items }));
}

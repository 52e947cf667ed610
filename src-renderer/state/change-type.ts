/** Another type of layer in the place of one: its wires stay, and so do the settings that both types have. */
import { replaceNode } from '../../src-core/graph/edit.ts';
import type { ProjectDocument } from '../../src-core/graph/model.ts';
import { present } from '../../src-core/lib/assert.ts';
import { findLayer, layerOf, layers } from '../../src-core/layers/registry.ts';
import { startParams } from '../../src-core/layers/start-params.ts';

/** Ends of the network are there once each: they are not exchanged. */
const ENDS: readonly string[] = ['input', 'output'];

/** Types that take as many inputs as this one, by label; none for the ends of the network. */
export function typesInPlaceOf(type: string): readonly { readonly value: string; readonly label: string }[] {
  const inputs = findLayer(type)?.inputs;
  if (inputs === undefined || ENDS.includes(type)) return [];
  return Object.entries(layers)
    .filter(([other, layer]) => layer.inputs === inputs && !ENDS.includes(other))
    .map(([value, { label }]) => ({ value, label }))
    .sort((a, b) => (a.label < b.label ? -1 : 1));
}

/** A setting is kept where the new type has one of the same name and kind. */
export function changeType(document: ProjectDocument, id: string, type: string): ProjectDocument {
  const node = present(
    document.graph.nodes.find((candidate) => candidate.id === id),
    `node ${id}`,
  );
  const [before, after] = [findLayer(node.type)?.fields ?? {}, layerOf(type).fields];
  const kept = Object.entries(node.params).filter(([key]) => key in after && before[key]?.kind === after[key]?.kind);
  return replaceNode(document, id, type, { ...startParams(after), ...Object.fromEntries(kept) });
}

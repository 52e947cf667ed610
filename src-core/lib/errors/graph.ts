/** Texts of the errors about the document: structure, layers, shapes, training settings. */
export const graphErrors = {
  'graph.problems': (d: { count: number; first: string }) =>
    d.count === 1 ? d.first : `${d.first} (and ${d.count - 1} more: run \`netloom check\`)`,
};

/** Texts of the errors about the document: structure, layers, shapes, training settings. */
export const graphErrors = {
  'field.missing': (d: { where: string; expected: string }) => `${d.where}: expected ${d.expected}, got nothing`,
  'field.type': (d: { where: string; expected: string; found: string }) =>
    `${d.where}: expected ${d.expected}, got ${d.found}`,
  'field.range': (d: { where: string; expected: string; found: string }) =>
    `${d.where}: expected ${d.expected}, got ${d.found}`,
  'field.unknown_name': (d: { where: string; expected: string; found: string }) =>
    `${d.where}: expected ${d.expected}, got ${d.found}`,
  'graph.bad_id': (d: { where: string; id: string }) =>
    `${d.where}: expected an id of letters, digits and _ that does not start with a digit, got ${JSON.stringify(d.id)}`,
  'graph.id_taken': (d: { id: string }) => `node ${d.id}: expected an id of its own, got one that is taken`,
  'graph.cycle': (d: { nodes: readonly string[] }) =>
    `graph.edges: expected no cycle, got ${d.nodes.join(' → ')}; remove one of these edges`,
  'graph.problems': (d: { count: number; first: string }) =>
    d.count === 1 ? d.first : `${d.first} (and ${d.count - 1} more: run \`netloom check\`)`,
  'shape.inputs_differ': (d: { what: string; first: string; other: string; index: number }) =>
    `${d.what}: expected inputs of one shape, got ${d.first} and, as input ${d.index}, ${d.other}`,
  'shape.rank': (d: { layer: string; expected: string; found: string }) =>
    `${d.layer}: expected an input of shape ${d.expected}, got ${d.found}`,
  'shape.dense_needs_vector': (d: { found: string }) =>
    `dense: expected a vector [features] or a sequence [time, features], got ${d.found}; put a flatten layer before it`,
  'shape.concat': (d: { axis: number; first: string; other: string }) =>
    `concat: expected inputs that differ only along axis ${d.axis}, got ${d.first} and ${d.other}`,
  'shape.reshape': (d: { shape: string; size: number; found: string; foundSize: number }) =>
    `reshape: expected an input of ${d.size} numbers for ${d.shape}, got ${d.found} with ${d.foundSize}`,
  'shape.window_too_large': (d: { kernel: number; input: number }) =>
    `window: expected at most ${d.input} (the input's length) with padding "valid", got ${d.kernel}; use padding "same" or a smaller window`,
};

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
  'graph.count': (d: { type: string; count: number }) =>
    `graph.nodes: expected exactly one node of type ${d.type}, got ${d.count === 0 ? 'none' : d.count}`,
  'graph.unknown_node': (d: { edge: number; end: 'from' | 'to'; id: string }) =>
    `graph.edges[${d.edge}].${d.end}: expected the id of a node, got ${JSON.stringify(d.id)}; remove this edge or add the node`,
  'graph.missing_input': (d: { node: string; expected: string }) =>
    `${d.node}: expected ${d.expected} in, got none; connect it or remove it`,
  'graph.input_fed': (d: { node: string; count: number }) =>
    `${d.node}: expected no wire into the input, got ${d.count}; remove it`,
  'graph.too_many_inputs': (d: { node: string; count: number }) =>
    `${d.node}: expected one wire in, got ${d.count}; remove one, or join them first with add or concat`,
  'graph.too_few_inputs': (d: { node: string; count: number }) =>
    `${d.node}: expected two or more wires in, got ${d.count}; connect another, or remove it`,
  'graph.duplicate_slot': (d: { node: string; slot: number; count: number }) =>
    `${d.node}: expected one wire in slot ${d.slot}, got ${d.count}; give each its own slot`,
  'graph.slot_gap': (d: { node: string; slot: number; last: number }) =>
    `${d.node}: expected slots 0 to ${d.last} to be filled, got no wire in slot ${d.slot}`,
  'graph.unreachable': (d: { node: string }) =>
    `${d.node}: expected a path from the input to this node, got none; connect it or remove it`,
  'graph.unused': (d: { node: string }) =>
    `${d.node}: no path leads from this node to the output, so it does nothing; connect it or remove it`,
  'memory.parameters': (d: { node: string; count: number; total: number; limit: number }) =>
    `${d.node}: expected at most ${d.limit} parameters in all, got ${d.total}, ${d.count} of them here; make this layer smaller`,
  'memory.too_large': (d: { node: string; bytes: number; limit: number }) =>
    `${d.node}: expected training to fit in ${gigabytes(d.limit)}, got an estimate of ${gigabytes(d.bytes)}, most of it here; make this layer or the batch smaller`,
  'training.full_batch_only': (d: { optimizer: string; found: string; rows: number }) =>
    `training.batch_size: expected "full" (or at least the ${d.rows} training rows) for ${d.optimizer}, got ${d.found}`,
  'training.no_validation': (d: { monitor: string }) =>
    `training.early_stopping.monitor: expected validation data to watch ${d.monitor}, got none; hold out a part of the data or watch loss`,
  'training.perceptron_network': (d: { found: string }) =>
    `training.method: perceptron needs the network input → dense (linear) → output, got ${d.found}`,
  'training.perceptron_task': (_: Record<never, never>) =>
    'training.method: perceptron needs classes to tell apart, got a regression task; choose gradient',
  'training.too_many_parameters': (d: { limit: number; found: number }) =>
    `training.method: numerical_gradient takes at most ${d.limit} parameters, got ${d.found}; choose gradient`,
  'training.one_value_per_channel': (d: { node: string; batch: number; proposal: number }) =>
    `${d.node}: batch_norm needs more than one value per channel, got a batch of one row with batch_size ${d.batch}; set batch_size to ${d.proposal}`,
  'training.batch_exceeds_rows': (d: { batch: number; rows: number }) =>
    `training.batch_size: ${d.batch} is more than the ${d.rows} rows to train on; every batch will hold all of them`,
  'training.unknown_class': (d: { label: string; known: string }) =>
    `training.class_weights: expected the labels ${d.known}, got ${JSON.stringify(d.label)}`,
  'training.class_weights_unused': (d: { loss: string }) =>
    `training.class_weights: they apply to cross_entropy and binary_cross_entropy only, not to ${d.loss}`,
  'training.no_phases': (d: { method: string }) =>
    `training.method: expected gradient to step phase by phase, got ${d.method}; step whole batches instead`,
  'training.phases_too_large': (d: { bytes: number; limit: number }) =>
    `this network takes ${gigabytes(d.bytes)} to train, more than the ${gigabytes(d.limit)} that phases can be shown of; step whole batches instead`,
  'training.step_too_long': (d: { product: number }) =>
    `training: learning rate × l2 is ${d.product}; from 2 on, weights grow at every step; make one of them smaller`,
  'training.loss_for_task': (d: { loss: string; task: string; usual: string }) =>
    `training.loss: ${d.loss} is unusual for a ${d.task} task; ${d.usual} learns better`,
  'training.loss_range': (d: { loss: string; least: number; most: number; usual: string }) =>
    `training.loss: ${d.loss} takes targets from 0 to 1, got ${short(d.least)} to ${short(d.most)}; use ${d.usual}`,
  'head.units': (d: { node: string; expected: number; reason: string; found: number }) =>
    `${d.node}: expected ${d.expected} output value${d.expected === 1 ? '' : 's'} (${d.reason}), got ${d.found}`,
  'head.activation': (d: { node: string; activation: string; loss: string; usual: string }) =>
    `${d.node}: ${d.activation} is unusual before ${d.loss}; use ${d.usual}`,
  'head.regression': (d: { node: string; activation: string }) =>
    `${d.node}: ${d.activation} limits the output of a regression; use linear`,
  'head.softmax_one_unit': (d: { node: string }) =>
    `${d.node}: softmax over one value is always 1; use sigmoid, or one unit per class`,
  'data.embedding_ids': (d: { node: string; vocabulary: number; column: string; least: number; most: number }) =>
    `${d.node}: expected whole numbers from 0 to ${d.vocabulary - 1} as ids, got ${d.column} from ${d.least} to ${d.most}`,
  'data.unscaled': (d: { column: string; least: number; most: number }) =>
    `data: column ${d.column} runs from ${d.least} to ${d.most}; standardise the inputs so that all layers learn at one pace`,
  'graph.problems': (d: { count: number; first: string }) =>
    d.count === 1 ? d.first : `${d.first} (and ${d.count - 1} more: run \`netloom check\`)`,
  'shape.inputs_differ': (d: { what: string; first: string; other: string; index: number }) =>
    `${d.what}: expected inputs of one shape, got ${d.first} and, as input ${d.index}, ${d.other}`,
  'shape.rank': (d: { layer: string; expected: string; found: string }) =>
    `${d.layer}: expected an input of shape ${d.expected}, got ${d.found}`,
  'shape.dense_on_image': (d: { node: string; found: string; width: number }) =>
    `${d.node}: dense acts on the last axis of ${d.found}, so every unit sees ${d.width} values of a row at a time; put a flatten layer before it to have it see them all`,
  'shape.concat': (d: { axis: number; first: string; other: string }) =>
    `concat: expected inputs that differ only along axis ${d.axis}, got ${d.first} and ${d.other}`,
  'shape.reshape': (d: { shape: string; size: number; found: string; foundSize: number }) =>
    `reshape: expected an input of ${d.size} numbers for ${d.shape}, got ${d.found} with ${d.foundSize}`,
  'shape.window_too_large': (d: { kernel: number; input: number }) =>
    `window: expected at most ${d.input} (the input's length) with padding "valid", got ${d.kernel}; use padding "same" or a smaller window`,
  'shape.too_few_inputs': (d: { layer: string; found: number }) =>
    `${d.layer}: expected two or more inputs, got ${d.found}; connect another node to it`,
  'shape.groups': (d: { groups: number; channels: number }) =>
    `group_norm: expected a number of groups that divides the ${d.channels} channels, got ${d.groups}`,
  'shape.heads': (d: { heads: number; width: number }) =>
    `attention: expected a number of heads that divides the ${d.width} features, got ${d.heads}`,
};

const GIGABYTE = 2 ** 30;

function gigabytes(bytes: number): string {
  return `${(bytes / GIGABYTE).toPrecision(3)} GB`;
}

const FEW_DIGITS = 4;

function short(value: number): string {
  return String(Number(value.toPrecision(FEW_DIGITS)));
}

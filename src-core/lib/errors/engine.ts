/** Texts of the errors about training and predicting. */
export const engineErrors = {
  'engine.diverged': (d: { step: number; what: string; advice: string }) =>
    `training stopped at step ${d.step}: ${d.what} is not a finite number; ${d.advice}`,
  'engine.embedding_id': (d: { node: string; vocabulary: number; found: number }) =>
    `${d.node}: expected whole numbers from 0 to ${d.vocabulary - 1} as ids, got ${d.found}`,
  'checkpoint.foreign': (_: Record<never, never>) =>
    'saved state: expected a checkpoint of this program, got something else',
  'checkpoint.damaged': (_: Record<never, never>) =>
    'saved state: its checksum does not fit its content, so it was damaged; go on from another run or start anew',
  'checkpoint.other_build': (d: { found: string; expected: string }) =>
    `saved state: made by engine ${d.found}, this is ${d.expected}; going on would not give the same numbers, so start a new run from its weights`,
  'checkpoint.other_config': (_: Record<never, never>) =>
    'saved state: made with another network or other training settings; start a new run instead',
  'checkpoint.other_data': (_: Record<never, never>) =>
    'saved state: the data is not what the run was trained on; bring the data back, or start a new run from its weights',
  'weights.missing': (d: { key: string; shape: string }) =>
    `weights: expected a tensor ${d.key} of shape ${d.shape}, got none`,
  'weights.unknown': (d: { key: string; known: string }) =>
    `weights: expected only tensors of the network (${d.known}), got ${d.key}`,
  'weights.size': (d: { key: string; expected: string; found: string }) =>
    `weights: tensor ${d.key}: expected shape ${d.expected}, got ${d.found}`,
  'weights.not_finite': (d: { key: string }) =>
    `weights: tensor ${d.key} holds numbers that are not finite; export anyway only if you mean to`,
  'engine.tensor_size': (d: { key: string; shape: string; size: number; found: number }) =>
    `${d.key}: expected ${d.size} numbers of shape ${d.shape}, got ${d.found}`,
  'engine.unknown_tensor': (d: { key: string; known: string }) =>
    `${d.key}: expected a tensor of the network (${d.known}), got an unknown key`,
};

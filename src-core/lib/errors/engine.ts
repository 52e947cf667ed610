/** Texts of the errors about training and predicting. */
export const engineErrors = {
  'engine.diverged': (d: { step: number; what: string; advice: string }) =>
    `training stopped at step ${d.step}: ${d.what} is not a finite number; ${d.advice}`,
  'engine.embedding_id': (d: { node: string; vocabulary: number; found: number }) =>
    `${d.node}: expected whole numbers from 0 to ${d.vocabulary - 1} as ids, got ${d.found}`,
};

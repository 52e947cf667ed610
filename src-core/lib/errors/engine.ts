/** Texts of the errors about training and predicting. */
export const engineErrors = {
  'engine.diverged': (d: { step: number; what: string; advice: string }) =>
    `training stopped at step ${d.step}: ${d.what} is not a finite number; ${d.advice}`,
};

/** Uniform, scaled by the number of inputs; for rectifiers. */
import type { InitializerDefinition } from './define.ts';

/** U(−a, a), a = √(6/fan in). Source: He et al., 2015. */
export const heUniform: InitializerDefinition = {
  label: 'He uniform',
  summary: 'Uniform, scaled by the number of inputs; for rectifiers.',
  formula: String.raw`w \sim U(-a, a),\quad a = \sqrt{\frac{6}{n_{in}}}`,
  fields: {},
  draw: (values, random, { fanIn }) => {
    const limit = Math.sqrt(6 / fanIn); // gain √2 and the variance a²/3 of U(−a, a)
    random.fillUniform(values, -limit, limit);
  },
};

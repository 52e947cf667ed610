/** Uniform, scaled by the number of inputs and outputs. */
import type { InitializerDefinition } from './define.ts';

/** U(−a, a), a = √(6/(fan in + fan out)). Source: Glorot and Bengio, 2010. */
export const glorotUniform: InitializerDefinition = {
  label: 'Glorot uniform',
  summary: 'Uniform, scaled by the number of inputs and outputs.',
  formula: String.raw`w \sim U(-a, a),\quad a = \sqrt{\frac{6}{n_{in} + n_{out}}}`,
  fields: {},
  draw: (values, random, { fanIn, fanOut }) => {
    const limit = Math.sqrt(6 / (fanIn + fanOut)); // 6 = 2 · 3: the variance of U(−a, a) is a²/3
    random.fillUniform(values, -limit, limit);
  },
};

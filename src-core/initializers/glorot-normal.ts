/** Normal, scaled by the number of inputs and outputs. */
import type { InitializerDefinition } from './define.ts';

/** N(0, σ²), σ = √(2/(fan in + fan out)). Source: Glorot and Bengio, 2010. */
export const glorotNormal: InitializerDefinition = {
  label: 'Glorot normal',
  summary: 'Normal, scaled by the number of inputs and outputs.',
  formula: String.raw`w \sim N(0, \sigma^2),\quad \sigma = \sqrt{\frac{2}{n_{in} + n_{out}}}`,
  fields: {},
  draw: (values, random, { fanIn, fanOut }) => {
    const deviation = Math.sqrt(2 / (fanIn + fanOut));
    random.fillNormal(values, deviation);
  },
};

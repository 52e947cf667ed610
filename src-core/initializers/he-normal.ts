/** Normal, scaled by the number of inputs; for rectifiers. */
import type { InitializerDefinition } from './define.ts';

/** N(0, σ²), σ = √(2/fan in). Source: He et al., 2015. */
export const heNormal: InitializerDefinition = {
  label: 'He normal',
  summary: 'Normal, scaled by the number of inputs; for rectifiers.',
  formula: String.raw`w \sim N(0, \sigma^2),\quad \sigma = \sqrt{\frac{2}{n_{in}}}`,
  fields: {},
  draw: (values, random, { fanIn }) => {
    const deviation = Math.sqrt(2 / fanIn);
    random.fillNormal(values, deviation);
  },
};

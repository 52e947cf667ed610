/** Normal, keeps the variance of the inputs. */
import type { InitializerDefinition } from './define.ts';

/** N(0, σ²), σ = 1/√(fan in). Source: LeCun et al., Efficient BackProp, 1998. */
export const lecunNormal: InitializerDefinition = {
  label: 'LeCun normal',
  summary: 'Normal, keeps the variance of the inputs.',
  formula: String.raw`w \sim N(0, \sigma^2),\quad \sigma = \sqrt{\frac{1}{n_{in}}}`,
  fields: {},
  draw: (values, random, { fanIn }) => {
    const deviation = Math.sqrt(1 / fanIn);
    random.fillNormal(values, deviation);
  },
};

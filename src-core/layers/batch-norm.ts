/** Normalisation of each channel over the batch. */
import { numberParam } from '../lib/params.ts';
import type { Value } from '../ops/define.ts';
import type { LayerBuilder, LayerDefinition } from './define.ts';
import { axisOf, theInput } from './inputs.ts';
import { epsilonField, scaleAndShift, scaledAndShifted } from './normal.ts';

const IMAGE_RANK = 3;

/**
 * Training: batch mean and biased variance, and running_mean, running_var follow with `momentum` (the variance unbiased, as
 * PyTorch has it). Evaluation: the running statistics. Along the first axis for images and signals, the last otherwise.
 * Shapes: x [C, ..] or [.., C], all tensors [C] -> like x. Source: Ioffe and Szegedy, 2015.
 */
export const batchNorm: LayerDefinition = {
  label: 'Batch norm',
  group: 'normalization',
  icon: 'align-center-horizontal',
  summary: 'Gives every channel mean 0 and variance 1 over the batch, then scales and shifts it.',
  formula: String.raw`y = \frac{x - \mu_c}{\sqrt{\sigma_c^2 + \varepsilon}}\, w_c + b_c`,
  fields: {
    momentum: {
      kind: 'number',
      label: 'Momentum',
      help: 'Share of the newest batch in the running statistics.',
      min: 0,
      max: 1,
      exclusiveMax: true,
      default: 0.1,
    },
    epsilon: epsilonField,
  },
  inputs: 'one',
  brief: () => '',
  record: (builder, inputs, params) => {
    const x = theInput(inputs);
    const axis = x.signal === true || x.shape.length === IMAGE_RANK ? 'first' : 'last';
    const channels = axisOf(x, axis === 'first' ? 0 : -1);
    const learned = scaleAndShift(builder, channels);
    const running = [
      builder.parameter('running_mean', [channels], { init: 'zeros', trained: false }),
      builder.parameter('running_var', [channels], { init: 'ones', trained: false }),
    ];
    const epsilon = numberParam(params, 'epsilon');
    const normal = builder.training
      ? normalizeBatch(builder, x, running, { axis, epsilon, momentum: numberParam(params, 'momentum') })
      : builder.op('normalize_with', [x, ...running], { axis, epsilon });
    return scaledAndShifted(builder, normal, learned, axis);
  },
};

function normalizeBatch(
  builder: LayerBuilder,
  x: Value,
  running: readonly Value[],
  { axis, epsilon, momentum }: { readonly axis: string; readonly epsilon: number; readonly momentum: number },
): Value {
  const [normal = x, ...statistics] = builder.ops('normalize_channels', [x], { axis, epsilon });
  builder.ops('running_update', [...running, ...statistics, x], { momentum });
  return normal;
}

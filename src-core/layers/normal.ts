/** What the normalising layers share: the field that keeps the division finite, and the learned scale and shift. */
import type { NumberField } from '../lib/fields.ts';
import type { Value } from '../ops/define.ts';
import type { LayerBuilder } from './define.ts';

export const epsilonField: NumberField = {
  kind: 'number',
  label: 'Epsilon',
  help: 'Keeps the division finite.',
  min: 0,
  exclusiveMin: true,
  default: 1e-5,
};

/** The learned tensors: weight starting at 1, bias at 0, both [size] and free of weight penalties. */
export function scaleAndShift(builder: LayerBuilder, size: number): readonly [weight: Value, bias: Value] {
  return [
    builder.parameter('weight', [size], { init: 'ones', unpenalized: true }),
    builder.parameter('bias', [size], { init: 'zeros', unpenalized: true }),
  ];
}

/** y = normal·weight + bias along `axis`. Shapes: normal [C, ..] or [.., C], weight and bias [C] -> like normal. */
export function scaledAndShifted(
  builder: LayerBuilder,
  normal: Value,
  [weight, bias]: readonly [weight: Value, bias: Value],
  axis: 'first' | 'last',
): Value {
  return builder.op('add_bias', [builder.op('channel_scale', [normal, weight], { axis }), bias], { axis });
}

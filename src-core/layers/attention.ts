/** Multi-head self-attention. */
import { AppError } from '../lib/errors.ts';
import { MAX_AXIS } from '../lib/fields.ts';
import { numberParam } from '../lib/params.ts';
import type { Value } from '../ops/define.ts';
import type { LayerBuilder, LayerDefinition } from './define.ts';
import { axisOf, inputOfRank } from './inputs.ts';

/**
 * softmax(q kᵀ/√(D/heads))·v per head, with q, k, v and the result projected. Shapes: x [T, D], in_proj_weight [3D, D],
 * in_proj_bias [3D], out_proj.weight [D, D], out_proj.bias [D] -> [T, D]. Throws shape.rank, shape.heads.
 * Source: Vaswani et al., 2017; torch.nn.MultiheadAttention.
 */
export const attention: LayerDefinition = {
  label: 'Attention',
  group: 'sequences',
  icon: 'focus',
  summary: 'Lets every step of a sequence look at all others.',
  formula: String.raw`\operatorname{softmax}\Big(\frac{Q K^\top}{\sqrt{d}}\Big) V`,
  fields: {
    heads: { kind: 'integer', label: 'Heads', help: 'Must divide the features.', min: 1, max: MAX_AXIS, initial: 2 },
  },
  inputs: 'one',
  brief: (params) => `${numberParam(params, 'heads')} heads`,
  record: (builder, inputs, params) => {
    const x = inputOfRank(inputs, 2, 'attention', '[time, features]');
    const [time, width] = [axisOf(x, 0), axisOf(x, 1)];
    const heads = numberParam(params, 'heads');
    if (width % heads !== 0) throw new AppError('shape.heads', { heads, width });
    const projected = project(builder, x, 'in_proj_weight', 'in_proj_bias', 3 * width);
    const [query, key, value] = [0, 1, 2].map((part) => {
      const slice = builder.op('slice', [projected], { axis: 1, from: part * width, length: width });
      const split = builder.op('reshape', [slice], { shape: [time, heads, width / heads] });
      return builder.op('transpose', [split], { order: [1, 0, 2] });
    }) as [Value, Value, Value]; // three parts in, three out
    const scores = builder.op('row_matmul', [query, key], { transposeB: true });
    const scaled = builder.op('scale', [scores], { factor: 1 / Math.sqrt(width / heads) });
    const mixed = builder.op('row_matmul', [builder.op('softmax', [scaled]), value]);
    const joined = builder.op('transpose', [mixed], { order: [1, 0, 2] });
    const rows = builder.op('reshape', [joined], { shape: [time, width] });
    return project(builder, rows, 'out_proj.weight', 'out_proj.bias', width);
  },
};

function project(builder: LayerBuilder, x: Value, weightName: string, biasName: string, width: number): Value {
  const weight = builder.parameter(weightName, [width, axisOf(x, 1)], { init: 'glorot_uniform' });
  const bias = builder.parameter(biasName, [width], { init: 'zeros' });
  const product = builder.op('matmul', [x, weight], { transposeB: true });
  return builder.op('add_bias', [product, bias], { axis: 'last' });
}

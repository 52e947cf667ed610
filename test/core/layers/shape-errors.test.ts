/** What layers say when their inputs do not fit. */
import { expect, test } from 'vitest';
import { recordLayer } from '../../../src-core/layers/builder.ts';
import type { JsonObject } from '../../../src-core/lib/json.ts';
import { AppError, type ErrorCode } from '../../../src-core/lib/errors.ts';

const conv = { filters: 2, kernel_size: [3, 3] };
const cases: readonly (readonly [string, JsonObject, readonly (readonly number[])[], ErrorCode, string])[] = [
  ['conv2d', conv, [[784]], 'shape.rank', 'conv2d: expected an input of shape [channels, height, width], got [784]'],
  [
    'conv2d',
    conv,
    [[1, 2, 5]],
    'shape.window_too_large',
    'window: expected at most 2 (the input\'s length) with padding "valid", got 3; use padding "same" or a smaller window',
  ],
  [
    'max_pool2d',
    { pool_size: [2, 6] },
    [[1, 5, 5]],
    'shape.window_too_large',
    'window: expected at most 5 (the input\'s length) with padding "valid", got 6; use padding "same" or a smaller window',
  ],
  ['avg_pool2d', {}, [[5]], 'shape.rank', 'avg_pool2d: expected an input of shape [channels, height, width], got [5]'],
  [
    'global_avg_pool2d',
    {},
    [[5, 5]],
    'shape.rank',
    'global_avg_pool2d: expected an input of shape [channels, height, width], got [5, 5]',
  ],
  [
    'conv1d',
    { filters: 2, kernel_size: 3 },
    [[4]],
    'shape.rank',
    'conv1d: expected an input of shape [channels, length], got [4]',
  ],
  [
    'conv_transpose2d',
    conv,
    [[4, 4]],
    'shape.rank',
    'conv_transpose2d: expected an input of shape [channels, height, width], got [4, 4]',
  ],
  ['lstm', { units: 2 }, [[4]], 'shape.rank', 'lstm: expected an input of shape [time, features], got [4]'],
  [
    'attention',
    { heads: 3 },
    [[5, 4]],
    'shape.heads',
    'attention: expected a number of heads that divides the 4 features, got 3',
  ],
  [
    'positional_encoding',
    {},
    [[4]],
    'shape.rank',
    'positional_encoding: expected an input of shape [time, features], got [4]',
  ],
  [
    'group_norm',
    { groups: 3 },
    [[4, 2, 2]],
    'shape.groups',
    'group_norm: expected a number of groups that divides the 4 channels, got 3',
  ],
  [
    'reshape',
    { shape: [2, 4] },
    [[6]],
    'shape.reshape',
    'reshape: expected an input of 8 numbers for [2, 4], got [6] with 6',
  ],
  ['add', {}, [[3], [4]], 'shape.inputs_differ', 'add: expected inputs of one shape, got [3] and, as input 2, [4]'],
  [
    'multiply',
    {},
    [[3], [3], [3, 1]],
    'shape.inputs_differ',
    'multiply: expected inputs of one shape, got [3] and, as input 3, [3, 1]',
  ],
  ['add', {}, [[3]], 'shape.too_few_inputs', 'add: expected two or more inputs, got 1; connect another node to it'],
  [
    'concat',
    {},
    [
      [2, 3],
      [2, 4],
    ],
    'shape.concat',
    'concat: expected inputs that differ only along axis 0, got [2, 3] and [2, 4]',
  ],
  [
    'concat',
    { axis: 1 },
    [[2], [2]],
    'shape.concat',
    'concat: expected inputs that differ only along axis 1, got [2] and [2]',
  ],
];

function errorOf(type: string, params: JsonObject, shapes: readonly (readonly number[])[]): unknown {
  try {
    return recordLayer({ type, params, inputs: shapes.map((shape) => ({ shape, batched: true })) });
  } catch (error) {
    return error;
  }
}

test.each(cases)('%s %j on %j is refused', (type, params, shapes, code, message) => {
  const error = errorOf(type, params, shapes);
  expect(error).toBeInstanceOf(AppError);
  expect(error).toMatchObject({ code, message });
});

test('outputs, parameters and cost of a convolution', () => {
  const { output, parameters, flops } = recordLayer({
    type: 'conv2d',
    params: { filters: 4, kernel_size: [3, 3], padding: 'same' },
    inputs: [{ shape: [2, 5, 6], batched: true }],
  });
  expect({ output, tensors: parameters.map(({ name, shape }) => [name, shape]), flops }).toEqual({
    output: { shape: [4, 5, 6], batched: true },
    tensors: [
      ['weight', [4, 2, 3, 3]],
      ['bias', [4]],
    ],
    flops: 2 * 4 * 5 * 6 * 18 + 4 * 5 * 6, // a multiply-add counts two, then the bias
  });
});

test('same padding and strides give the shapes of the format', () => {
  const shapeOf = (params: JsonObject) =>
    recordLayer({ type: 'conv2d', params: { ...conv, ...params }, inputs: [{ shape: [1, 7, 8], batched: true }] })
      .output.shape;
  expect([
    shapeOf({}),
    shapeOf({ padding: 'same' }),
    shapeOf({ padding: 'same', stride: [2, 3] }),
    shapeOf({ stride: [2, 3] }),
  ]).toEqual([
    [2, 5, 6],
    [2, 7, 8],
    [2, 4, 3],
    [2, 3, 2],
  ]);
});

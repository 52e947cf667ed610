/** ONNX of the ops that treat every value by itself, and of arithmetic. */
import { numberOf } from '../../ops/rules.ts';
import { float, type Translation } from './emitter.ts';

/** An op that ONNX has under another name, without attributes. */
const same =
  (type: string): Translation =>
  ({ emit, names }) =>
    emit.node(type, names);

/** ONNX's two-input form of an op that takes any number. */
const folded =
  (type: string): Translation =>
  ({ emit, names: [first = '', ...others] }) =>
    others.reduce((sum, name) => emit.node(type, [sum, name]), first);

const silu: Translation = ({ emit, names: [x = ''] }) => emit.node('Mul', [x, emit.node('Sigmoid', [x])]);

/** x·(1 + erf(x/√2))/2: the exact form; ONNX has it as one op from opset 20 only. */
const gelu: Translation = ({ emit, names: [x = ''] }) => {
  const erf = emit.node('Erf', [emit.node('Mul', [x, emit.scalar(Math.SQRT1_2)])]);
  const twicePhi = emit.node('Add', [erf, emit.scalar(1)]);
  return emit.node('Mul', [emit.node('Mul', [x, emit.scalar(0.5)]), twicePhi]);
};

export const elementwise: Readonly<Record<string, Translation>> = {
  add: folded('Add'),
  multiply: folded('Mul'),
  relu: same('Relu'),
  sigmoid: same('Sigmoid'),
  tanh: same('Tanh'),
  softplus: same('Softplus'),
  silu,
  gelu,
  leaky_relu: ({ emit, names, attributes }) =>
    emit.node('LeakyRelu', names, { alpha: float(numberOf(attributes, 'alpha')) }),
  elu: ({ emit, names, attributes }) => emit.node('Elu', names, { alpha: float(numberOf(attributes, 'alpha')) }),
  softmax: ({ emit, names }) => emit.node('Softmax', names, { axis: -1 }),
  scale: ({ emit, names: [x = ''], attributes }) => emit.node('Mul', [x, emit.scalar(numberOf(attributes, 'factor'))]),
};

/** Optimizer steps: every operand lies alike, so a step is one run over the tensor, its gradient and its slots. */
import { flagOf, numberOf } from '../../../ops/rules.ts';
import { float, type EncodeCall, type Encoder, type Word } from './define.ts';
import { input, reach } from './operands.ts';

/** Floats of the tensor, then the addresses of tensor, gradient and slots. */
function operands(call: EncodeCall): readonly number[] {
  return [Math.min(reach(input(call, 0)), reach(input(call, 1))), ...call.inputs.map(({ address }) => address)];
}

const rest =
  (...names: readonly string[]) =>
  ({ attributes }: EncodeCall): readonly Word[] =>
    names.map((name) => float(numberOf(attributes, name)));

export const sgdUpdate: Encoder = (call) => {
  if (call.inputs.length === 2) call.target.emit('sgd', ...operands(call));
  else {
    const words = [...rest('momentum')(call), Number(flagOf(call.attributes, 'nesterov'))];
    call.target.emit('momentum', ...operands(call), ...words);
  }
};

export const adagradUpdate: Encoder = (call) => {
  call.target.emit('adagrad', ...operands(call), ...rest('epsilon')(call));
};

export const rmspropUpdate: Encoder = (call) => {
  const rho = numberOf(call.attributes, 'rho');
  call.target.emit('rmsprop', ...operands(call), float(rho), float(1 - rho), ...rest('epsilon')(call));
};

export const adamUpdate: Encoder = (call) => {
  const names = ['beta1', 'beta2', 'epsilon', 'weightDecay'];
  const numbers = call.target.doubles(names.map((name) => numberOf(call.attributes, name)));
  call.target.emit('adam', ...operands(call), numbers);
};

export const deltaBarDeltaUpdate: Encoder = (call) => {
  call.target.emit('deltaBarDelta', ...operands(call), ...rest('kappa', 'phi', 'theta')(call));
};

/** Optimizer steps: every operand lies alike, so a step is one run over the tensor, its gradient and its slots. */
import { present } from '../../../lib/assert.ts';
import { flagOf, numberOf } from '../../../ops/rules.ts';
import { float, type CommandWords, type EncodeCall, type Encoder, type Word } from './define.ts';
import { input, reach } from './operands.ts';

/** Floats of the tensor, then the addresses of tensor, gradient and slots. */
function operands(call: EncodeCall): readonly number[] {
  return [Math.min(reach(input(call, 0)), reach(input(call, 1))), ...call.inputs.map(({ address }) => address)];
}

const rest =
  (...names: readonly string[]) =>
  ({ attributes }: EncodeCall): readonly Word[] =>
    names.map((name) => float(numberOf(attributes, name)));

type StepWords = (call: EncodeCall) => CommandWords;

const sgd: StepWords = (call) => {
  if (call.inputs.length === 2) return ['sgd', ...operands(call)];
  return ['momentum', ...operands(call), ...rest('momentum')(call), Number(flagOf(call.attributes, 'nesterov'))];
};

const rmsprop: StepWords = (call) => {
  const rho = numberOf(call.attributes, 'rho');
  return ['rmsprop', ...operands(call), float(rho), float(1 - rho), ...rest('epsilon')(call)];
};

const adam: StepWords = (call) => {
  const names = ['beta1', 'beta2', 'epsilon', 'weightDecay'];
  const numbers = call.target.doubles(names.map((name) => numberOf(call.attributes, name)));
  return ['adam', ...operands(call), numbers];
};

/** The command of every optimizer step, by op id. */
export const stepWords: Readonly<Record<string, StepWords | undefined>> = {
  adagrad_update: (call) => ['adagrad', ...operands(call), ...rest('epsilon')(call)],
  adam_update: adam,
  delta_bar_delta_update: (call) => ['deltaBarDelta', ...operands(call), ...rest('kappa', 'phi', 'theta')(call)],
  rmsprop_update: rmsprop,
  sgd_update: sgd,
};

export const step =
  (id: string): Encoder =>
  (call) =>
    call.target.emit(...present(stepWords[id], `step of ${id}`)(call));

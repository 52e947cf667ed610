/** Recurrent layers over time: each is one op, because its loop feeds itself. */
import { assert, present } from '../lib/assert.ts';
import type { GradientContext, OpDefinition, Value, ValueType } from './define.ts';
import { inputOf, inputValue, outputGradient, outputOf, typeOf } from './rules.ts';

/**
 * All three take what the input contributes to the gates, x Wᵢᵀ + bᵢ [T, gates·U], with w [gates·U, U] and b [gates·U] of
 * the hidden state, start from zeros and return the hidden states [T, U] first; what else they return is for the gradient.
 */
function hiddenOf(inputs: readonly ValueType[], gates: number): ValueType {
  const [x, w] = [inputOf(inputs, 0), inputOf(inputs, 1)];
  const units = present(w.shape[1], 'units');
  assert(x.shape.length === 2 && x.shape[1] === gates * units, 'every gate has its contribution');
  return { ...typeOf(x), shape: [present(x.shape[0], 'time'), units] };
}

function widened(hidden: ValueType, factor: number): ValueType {
  const [time = 0, units = 0] = hidden.shape;
  return { ...hidden, shape: [time, factor * units] };
}

/** Gradients of w and b, from the gradient of what the hidden state contributes to the gates. */
function hiddenGradients({ recorder, needs }: GradientContext, hidden: Value, contribution: Value) {
  const [time = 0] = hidden.shape;
  const shifted = recorder.op('pad', [hidden], { axis: 0, before: 1, length: time + 1 });
  const before = recorder.op('slice', [shifted], { axis: 0, from: 0, length: time });
  return [
    needs(1) ? recorder.op('matmul', [contribution, before], { transposeA: true }) : null,
    needs(2) ? recorder.op('channel_sum', [contribution], { axis: 'last' }) : null,
  ];
}

/** hₜ = tanh(xₜ + W hₜ₋₁ + b). Source: torch.nn.RNN. */
export const simpleRnn: OpDefinition = {
  infer: (inputs) => [hiddenOf(inputs, 1)],
  gradient: (context) => {
    const hidden = outputOf(context);
    const saved = [hidden, inputValue(context, 1), outputGradient(context)];
    const sums = context.recorder.op('simple_rnn_gradient', saved);
    return [sums, ...hiddenGradients(context, hidden, sums)];
  },
  flops: recurrentFlops,
};

/** (h, w, g) -> gradient of the sums inside tanh [T, U]. */
export const simpleRnnGradient: OpDefinition = { infer: (inputs) => [typeOf(inputOf(inputs, 0))] };

/**
 * Gates i, f, g, o in this order; c = f·c + i·g, h = o·tanh c. Returns h [T, U], the gates after their activations [T, 4U]
 * and the cells [T, U]. Source: Hochreiter and Schmidhuber, 1997; torch.nn.LSTM.
 */
export const lstm: OpDefinition = {
  infer: (inputs) => {
    const hidden = hiddenOf(inputs, 4);
    return [hidden, widened(hidden, 4), hidden];
  },
  gradient: (context) => {
    const hidden = outputOf(context);
    const saved = [outputOf(context, 1), outputOf(context, 2), inputValue(context, 1), outputGradient(context)];
    const sums = context.recorder.op('lstm_gradient', saved);
    return [sums, ...hiddenGradients(context, hidden, sums)];
  },
  flops: recurrentFlops,
};

/** (gates, cells, w, g) -> gradient of the sums inside the gates [T, 4U]. */
export const lstmGradient: OpDefinition = { infer: (inputs) => [typeOf(inputOf(inputs, 0))] };

/**
 * Gates r, z, n in this order; n = tanh(xₙ + r·(Wₙ h + bₙ)), h = (1 − z)·n + z·h. Returns h [T, U] and, side by side, r, z, n
 * and Wₙ h + bₙ [T, 4U]. Source: Cho et al., 2014; torch.nn.GRU.
 */
export const gru: OpDefinition = {
  infer: (inputs) => {
    const hidden = hiddenOf(inputs, 3);
    return [hidden, widened(hidden, 4)];
  },
  gradient: (context) => {
    const hidden = outputOf(context);
    const saved = [outputOf(context, 1), hidden, inputValue(context, 1), outputGradient(context)];
    const [fromInput = hidden, fromHidden = hidden] = context.recorder.ops('gru_gradient', saved);
    return [fromInput, ...hiddenGradients(context, hidden, fromHidden)];
  },
  flops: recurrentFlops,
};

/** (gates, h, w, g) -> gradients of what input and hidden state contribute to the gates, [T, 3U] each. */
export const gruGradient: OpDefinition = {
  infer: (inputs) => {
    const both = widened(typeOf(inputOf(inputs, 1)), 3);
    return [both, both];
  },
};

/** The product with the hidden weight at every time step. */
function recurrentFlops(inputs: readonly ValueType[]): number {
  const [time = 0] = inputOf(inputs, 0).shape;
  const [gates = 0, units = 0] = inputOf(inputs, 1).shape;
  return 2 * time * gates * units;
}

/** Carries a hidden state along a sequence through tanh. */
import { recurrent } from './recurrent.ts';

/** hₜ = tanh(Wᵢ xₜ + bᵢ + W hₜ₋₁ + b). Source: Elman, 1990; torch.nn.RNN. */
export const simpleRnn = recurrent('simple_rnn', 1, {
  label: 'Simple RNN',
  icon: 'repeat',
  summary: 'Carries a hidden state along a sequence through tanh.',
  formula: String.raw`h_t = \tanh(W_i x_t + b_i + W_h h_{t-1} + b_h)`,
});

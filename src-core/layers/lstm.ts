/** Carries a memory along a sequence behind three gates. */
import { recurrent } from './recurrent.ts';

/** Gates i, f, g, o. Source: Hochreiter and Schmidhuber, 1997; torch.nn.LSTM. */
export const lstm = recurrent('lstm', 4, {
  label: 'LSTM',
  icon: 'repeat-2',
  summary: 'Carries a memory along a sequence behind three gates.',
  formula: String.raw`c_t = f_t \odot c_{t-1} + i_t \odot g_t,\quad h_t = o_t \odot \tanh c_t`,
});

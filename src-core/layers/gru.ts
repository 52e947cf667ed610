/** Carries a hidden state along a sequence behind two gates. */
import { recurrent } from './recurrent.ts';

/** Gates r, z, n. Source: Cho et al., 2014; torch.nn.GRU. */
export const gru = recurrent('gru', 3, {
  label: 'GRU',
  icon: 'repeat-1',
  summary: 'Carries a hidden state along a sequence behind two gates.',
  formula: String.raw`h_t = (1 - z_t) \odot n_t + z_t \odot h_{t-1}`,
});

/** Whole project files beside PyTorch: first batch, training, exported weights, predictions, as the command line makes them. */
import { expect, test } from 'vitest';
import { outcomeOf } from '../../helpers/parity-outcome.ts';
import { deviations, parityCases } from '../../helpers/pytorch-parity.ts';

test.each(parityCases)('$name', async (one) => {
  expect(deviations(await outcomeOf(one), one)).toEqual([]);
});

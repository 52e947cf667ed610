/** Every case of the PyTorch comparison through the command line: three commands each. */
import { expect, test } from 'vitest';
import { deviations, parityCases } from '../helpers/pytorch-parity.ts';
import { outcomeOfCli } from '../main/cli/parity-run.ts';

test.each(parityCases)('$name', async (one) => {
  expect(deviations(await outcomeOfCli(one), one)).toEqual([]);
});

/** A few whole trainings through the command line beside PyTorch's; all of them in the nightly suite. */
import { expect, test } from 'vitest';
import { deviations, parityCases } from '../../helpers/pytorch-parity.ts';
import { outcomeOfCli } from './parity-run.ts';

const CHOSEN = [
  'class weights, sigmoid, adam',
  'penalties, clip, schedule, momentum',
  'residual',
  'numeric labels in numeric order',
  'embedding into lstm',
];

test.each(parityCases.filter(({ name }) => CHOSEN.includes(name)))('$name', async (one) => {
  expect(deviations(await outcomeOfCli(one), one)).toEqual([]);
});

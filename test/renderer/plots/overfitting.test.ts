/** When a run is said to overfit, and when it is not: wiggles, plateaus, training loss that rises as well. */
import { expect, test } from 'vitest';
import type { EpochRecord } from '../../../src-core/contract/records.ts';
import { overfitting } from '../../../src-renderer/plots/overfitting.ts';

/** `epochs` records whose losses are functions of the epoch. */
function run(epochs: number, loss: (epoch: number) => number, validation?: (epoch: number) => number) {
  const records = Array.from({ length: epochs }, (_, i): EpochRecord => {
    const held = validation === undefined ? {} : { val_loss: validation(i + 1) };
    return { epoch: i + 1, step: i + 1, loss: loss(i + 1), ...held };
  });
  const best = records.reduce<EpochRecord | null>(
    (so, record) => (record.val_loss !== undefined && record.val_loss < (so?.val_loss ?? Infinity) ? record : so),
    null,
  );
  return { records, best };
}
const falling = (epoch: number): number => 1 / epoch;
/** Falls to 1 at epoch 20, rises by 0.05 an epoch after it. */
const turning = (epoch: number): number => (epoch < 20 ? 2 - epoch / 20 : 1 + (epoch - 20) * 0.05);

test('validation loss that turns up while training loss falls: the best epoch and the rise are named', () => {
  const { records, best } = run(30, falling, turning);
  // Epochs 21 to 30 lie 0.05 to 0.5 above 1: 0.275 in the mean.
  expect(overfitting(records, best)).toEqual({ since: 20, rise: expect.closeTo(0.275, 12) as number });
});

test.each<[string, ReturnType<typeof run>]>([
  ['before enough epochs have gone by', run(29, falling, turning)],
  ['on a plateau', run(200, falling, (epoch) => (epoch === 20 ? 1 : 1.05))],
  ['while validation loss falls', run(200, falling, falling)],
  ['when training loss rises as well', run(60, turning, turning)],
  ['when one epoch alone is bad', run(60, falling, (epoch) => (epoch === 60 ? 1.9 : 1 - epoch / 1000))],
  ['when nothing is held out', run(60, falling)],
  ['before the first epoch', run(0, falling, falling)],
])('nothing is said %s', (_, { records, best }) => {
  expect(overfitting(records, best)).toBeNull();
});

test('of a run whose older epochs stay in the store, the newest are enough', () => {
  const { records, best } = run(300, falling, turning);
  expect(overfitting(records.slice(-50), best)?.since).toBe(20);
});

test('a late best epoch asks for more epochs after it', () => {
  const late = (epoch: number): number => (epoch <= 500 ? 2 - epoch / 500 : 2);
  const at = (epochs: number) => {
    const { records, best } = run(epochs, falling, late);
    return overfitting(records, best)?.since;
  };
  expect([at(549), at(550)]).toEqual([undefined, 500]);
});

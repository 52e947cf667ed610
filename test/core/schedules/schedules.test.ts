/** Schedules against rates worked out by hand from their formulas (and torch.optim.lr_scheduler where it has them). */
import { expect, test } from 'vitest';
import type { JsonObject } from '../../../src-core/lib/json.ts';
import { scheduledRate } from '../../../src-core/schedules/rate.ts';
import { schedules } from '../../../src-core/schedules/registry.ts';

function ratesOf(schedule: string | JsonObject | undefined, epochs = 6): number[] {
  return Array.from({ length: epochs }, (_, epoch) => scheduledRate(schedule, { base: 0.8, epoch, epochs }));
}

const half = Math.SQRT1_2;
const cases: Readonly<Record<string, readonly [string | JsonObject | undefined, readonly number[]]>> = {
  'no schedule': [undefined, [0.8, 0.8, 0.8, 0.8, 0.8, 0.8]],
  constant: ['constant', [0.8, 0.8, 0.8, 0.8, 0.8, 0.8]],
  step: [{ type: 'step', step_size: 2, gamma: 0.5 }, [0.8, 0.8, 0.4, 0.4, 0.2, 0.2]],
  'step with its defaults': ['step', [0.8, 0.8, 0.8, 0.8, 0.8, 0.8]],
  exponential: [{ type: 'exponential', gamma: 0.5 }, [0.8, 0.4, 0.2, 0.1, 0.05, 0.025]],
  'exponential with its default': ['exponential', [0, 1, 2, 3, 4, 5].map((e) => 0.8 * 0.95 ** e)],
  // torch.optim.lr_scheduler.CosineAnnealingLR(T_max=6): cos of 0°, 30°, 60°, 90°, 120°, 150°
  cosine: ['cosine', [0.8, 0.4 + 0.4 * (Math.sqrt(3) / 2), 0.6, 0.4, 0.2, 0.4 - 0.4 * (Math.sqrt(3) / 2)]],
  'cosine above a least rate': [
    { type: 'cosine', min_rate: 0.2 },
    [0.8, 0.5 + 0.3 * (Math.sqrt(3) / 2), 0.65, 0.5, 0.35, 0.5 - 0.3 * (Math.sqrt(3) / 2)],
  ],
  'warm-up, then constant': [{ type: 'warmup', epochs: 4 }, [0.2, 0.4, 0.6, 0.8, 0.8, 0.8]],
  // The cosine runs over the four epochs that are left: 0°, 45°, 90°, 135°.
  'warm-up, then cosine': [
    { type: 'warmup', epochs: 2, then: 'cosine' },
    [0.4, 0.8, 0.8, 0.4 + 0.4 * half, 0.4, 0.4 - 0.4 * half],
  ],
  'warm-up, then step': [
    { type: 'warmup', epochs: 2, then: { type: 'step', step_size: 3, gamma: 0.1 } },
    [0.4, 0.8, 0.8, 0.8, 0.8, 0.08],
  ],
};

test.each(Object.entries(cases))('%s', (_name, [schedule, expected]) => {
  ratesOf(schedule).forEach((rate, epoch) => expect(rate).toBeCloseTo(expected[epoch] ?? NaN, 12));
});

test('every schedule is checked here', () => {
  const checked = new Set(
    Object.values(cases).map(([schedule]) =>
      typeof schedule === 'object' ? schedule['type'] : (schedule ?? 'constant'),
    ),
  );
  expect([...checked].sort()).toEqual(Object.keys(schedules).sort());
});

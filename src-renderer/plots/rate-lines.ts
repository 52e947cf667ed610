/** The learning rate over the epochs: as the schedule has it, and as it was. */
import { resolveParams } from '../../src-core/lib/fields-check.ts';
import type { ProjectDocument } from '../../src-core/graph/model.ts';
import { findOptimizer } from '../../src-core/optimizers/registry.ts';
import { scheduledRate } from '../../src-core/schedules/rate.ts';
import type { Table } from '../ui/charts/csv-text.ts';
import type { Curve } from '../ui/charts/downsample.ts';

const DEFAULT_EPOCHS = 100;
/** So many points draw any schedule well enough. */
const MOST_POINTS = 400;

/** The plan of a document that can be trained; an epoch's rate stands at its start, and the last one at the end too. */
export function plannedRates({ training }: ProjectDocument): Curve {
  const none = { x: [], y: [], length: 0 };
  const { optimizer, schedule, epochs = DEFAULT_EPOCHS } = training;
  const definition = findOptimizer(optimizer.type);
  if (definition === undefined || !Number.isSafeInteger(epochs) || epochs < 1) return none;
  const { learning_rate: base } = resolveParams(definition.fields, optimizer);
  if (typeof base !== 'number') return none;
  const count = Math.min(MOST_POINTS, epochs) + 1;
  const x = Array.from({ length: count }, (_, i) => Math.round((i * epochs) / (count - 1)));
  const y = x.map((epoch) => scheduledRate(schedule, { base, epoch: Math.min(epoch, epochs - 1), epochs }));
  return { x, y, length: count };
}

/** @param rates [step, rate, …] as they were */
export function actualRates(rates: Float64Array, stepsPerEpoch: number): Curve {
  const length = stepsPerEpoch > 0 ? rates.length / 2 : 0;
  const x = Float64Array.from({ length }, (_, i) => (rates[i * 2] as number) / stepsPerEpoch);
  const y = Float64Array.from({ length }, (_, i) => rates[i * 2 + 1] as number);
  return { x, y, length };
}

export function rateTable(planned: Curve, actual: Curve): Table {
  const { x, y, length } = actual.length > 0 ? actual : planned;
  return {
    title: actual.length > 0 ? 'Learning rate' : 'Learning rate as planned',
    columns: ['epoch', 'learning rate'],
    rows: Array.from({ length }, (_, i) => [x[i], y[i]]),
  };
}

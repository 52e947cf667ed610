/** What was asked and kept in the predict plot: stays while other plots are looked at. */
import type { AskedWeights } from '../../src-core/contract/records.ts';
import type { Answer } from './predict-form.ts';

/** One row by form or drawing, many rows of a file, or the test part. */
export type PredictSide = 'one' | 'file' | 'test';

export class PredictMemory {
  which: AskedWeights = $state('current');
  side: PredictSide = $state('one');
  /** Answers that were kept, of any run, newest first. */
  given: readonly Answer[] = $state.raw([]);
  /** Values by column name, as far as they were changed. */
  written: Readonly<Record<string, number>> = $state.raw({});
}

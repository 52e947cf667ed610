/** Damaged weights files in numbers for every day; the nightly suite has more. */
import { test } from 'vitest';
import { fuzzWeights } from './weights.ts';
import { smallWeights } from './small-weights.ts';

test('a damaged weights file is sound or a clear refusal', async () => fuzzWeights(await smallWeights(), 1_000));

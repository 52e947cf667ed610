/** Damaged data files in numbers for every day; the nightly suite has more. */
import { test } from 'vitest';
import { fuzzCsv, fuzzCsvRoundTrip, fuzzIdx } from './datasets.ts';
import { fuzzPictures } from './pictures.ts';

const RUNS = 1_000;

test('a damaged CSV file is data or a clear refusal', () => fuzzCsv(RUNS));
test('whatever stands in quotes is read back as it was', () => fuzzCsvRoundTrip(RUNS));
test('a damaged IDX file is what its header says or a clear refusal', () => fuzzIdx(RUNS));
test('a damaged picture is a picture of its own size or a clear refusal', () => fuzzPictures(RUNS));

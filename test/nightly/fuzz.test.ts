/** The long runs against damaged files: 20,000 of each kind of data and of pictures, 50,000 weights files. */
import { test } from 'vitest';
import { fuzzCsv, fuzzCsvRoundTrip, fuzzIdx } from '../fuzz/datasets.ts';
import { fuzzPictures } from '../fuzz/pictures.ts';
import { smallWeights } from '../fuzz/small-weights.ts';
import { fuzzWeights } from '../fuzz/weights.ts';

const DATA_FILES = 20_000;
const WEIGHTS_FILES = 25_000; // damaged as JSON, and as many again as bytes

test('damaged CSV files', () => fuzzCsv(DATA_FILES));
test('whatever stands in quotes is read back as it was', () => fuzzCsvRoundTrip(DATA_FILES));
test('damaged IDX files', () => fuzzIdx(DATA_FILES));
test('damaged pictures', () => fuzzPictures(DATA_FILES));
test('damaged weights files', async () => fuzzWeights(await smallWeights(), WEIGHTS_FILES));

/** Every kind of export: made in pieces that hold up nobody, refused before there is a byte of it. */
import { beforeAll, expect, test } from 'vitest';
import { loadData } from '../../../src-core/datasets/load.ts';
import type { LoadedData } from '../../../src-core/datasets/define.ts';
import type { TrainedNetwork } from '../../../src-core/formats/define.ts';
import { exportKinds } from '../../../src-core/formats/export-kinds.ts';
import { exportRunTurns } from '../../../src-core/formats/export-run.ts';
import type { ProjectDocument } from '../../../src-core/graph/model.ts';
import { createTrainer } from '../../../src-core/trainer/trainer.ts';
import { messageOf } from '../../helpers/message-of.ts';
import { recipe } from '../../main/services/recipe.ts';

const UNITS = 100_000;
const PARAMETERS = 4 * UNITS + 1;
/** Numbers that one step of any kind may handle: a few milliseconds of work. */
const STEP_NUMBERS = 2 ** 15;
const STEP_BYTES = 2 ** 17 + 2 ** 10;

let document: ProjectDocument;
let rows: LoadedData;
let checkpoint: Uint8Array;
let network: TrainedNetwork;
let exportSteps = 0;

beforeAll(async () => {
  document = recipe({ units: UNITS });
  rows = await loadData(document.data, () => Promise.reject(new Error('no files')));
  const trainer = createTrainer({ document, data: rows, backend: 'fast' });
  trainer.advance(1);
  checkpoint = trainer.checkpoint();
  trainer.dispose();
  const work = exportRunTurns(document, checkpoint);
  for (let step = work.next(); ; step = work.next(), exportSteps++) {
    if (step.done !== true) continue;
    network = step.value;
    break;
  }
});

const request = { name: 'network', allowNonFinite: false, at: Date.UTC(2026, 0, 1) };
const kinds = [...exportKinds.keys()];
const kindOf = (id: string) => exportKinds.get(id) ?? expect.fail(id);

test('a saved state is read in many steps', () => {
  expect(exportSteps).toBeGreaterThan(checkpoint.length / 2 ** 19);
});

test.each(kinds)('%s is written in small pieces, and tells of every number', (id) => {
  let [numbers, before] = [0, 0];
  const onNumbers = (count: number): void => void (numbers += count);
  const sizes: number[] = [];
  const counts: number[] = [];
  for (const piece of kindOf(id).write(network, { ...request, rows: null, onNumbers })) {
    sizes.push(piece?.length ?? 0);
    counts.push(numbers - before);
    before = numbers;
  }
  expect(numbers).toBe(PARAMETERS);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(STEP_BYTES);
  expect(Math.max(...counts)).toBeLessThanOrEqual(STEP_NUMBERS);
});

test.each(kinds)('%s is refused for numbers that are none before there is a byte, unless they are allowed', (id) => {
  const [first, ...others] = [...network.tensors];
  const broken = first && {
    ...first[1],
    data: Float32Array.from(first[1].data, (value, i) => (i === 3 ? NaN : value)),
  };
  const bad = { ...network, tensors: new Map([...(broken ? [[first[0], broken] as const] : []), ...others]) };
  const made: number[] = [];
  const write = (allowNonFinite: boolean): void => {
    for (const piece of kindOf(id).write(bad, { ...request, rows, allowNonFinite })) made.push(piece?.length ?? 0);
  };
  expect(messageOf(() => write(false))).toMatch(/^weights: tensor h1.bias holds numbers that are not finite/);
  expect(made.filter((size) => size > 0)).toEqual([]);
  write(true);
  expect(made.reduce((a, b) => a + b, 0)).toBeGreaterThan(PARAMETERS);
});

/** The exported folder goes on without Netloom: its train.py makes of a project what the reference made of it. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadData } from '../../../src-core/datasets/load.ts';
import { exportRun } from '../../../src-core/formats/export-run.ts';
import { openInitialWeights } from '../../../src-core/formats/open-weights.ts';
import { readProject } from '../../../src-core/formats/project.ts';
import { bytesOf } from '../../../src-core/formats/pieces.ts';
import { pytorch } from '../../../src-core/formats/pytorch/pytorch.ts';
import { createTrainer } from '../../../src-core/trainer/trainer.ts';
import { deviations, parityCases, type Outcome, type ParityCase } from '../../helpers/pytorch-parity.ts';

const PYTHON = '/usr/bin/python3';
const hasTorch = spawnSync(PYTHON, ['-c', 'import torch'], { stdio: 'ignore' }).status === 0;
const script = fileURLToPath(new URL('../../helpers/run_exported.py', import.meta.url));

const CHOSEN = [
  'class weights, softmax, sum',
  'delta-bar-delta with memory',
  'penalties, clip, schedule, momentum',
  'penalties on attention',
  'batch norm after conv1d, dropout and activation',
  'batch norm on sequences',
  'overlapping max pools',
  'average pools',
  'transposed',
  'a small transformer',
  'lstm and gru of some width',
  'slots out of order',
  'hinge on minus and plus one',
  'alphas',
  'schedule warmup 7',
  'sequence of outputs',
  'random 341',
];
const cases = parityCases.filter(({ name }) => process.env['NETLOOM_NIGHTLY'] === '1' || CHOSEN.includes(name));
/** Python starts once for all. */
const PATIENCE_MS = 240_000;

/** The project before its first epoch, with its rows. */
async function folderOf({ project, start }: ParityCase): Promise<string> {
  const { document } = readProject(JSON.stringify(project));
  const data = await loadData(document.data, () => Promise.reject(new Error('these projects name no files')));
  const weights = openInitialWeights(JSON.stringify({ format: 'netloom-weights', version: 1, tensors: start }));
  const trainer = createTrainer({ document, data, backend: 'reference', weights });
  const files = pytorch.write(exportRun(document, trainer.checkpoint()), { allowNonFinite: false, rows: data });
  trainer.dispose();
  const folder = mkdtempSync(join(tmpdir(), 'netloom-torch-'));
  for (const { name, pieces } of files) writeFileSync(join(folder, name), bytesOf(pieces));
  return folder;
}

describe.skipIf(!hasTorch)('train.py', () => {
  const found = new Map<string, Pick<Outcome, 'history' | 'end' | 'outputs'>>();

  beforeAll(async () => {
    const folders = await Promise.all(cases.map(folderOf));
    const { stdout, stderr, status } = spawnSync(PYTHON, [script, ...folders], {
      encoding: 'utf8',
      maxBuffer: 1 << 30,
    });
    expect([stderr, status]).toEqual(['', 0]);
    const lines = stdout.trim().split('\n');
    for (const [i, { name }] of cases.entries()) {
      found.set(name, JSON.parse(lines[i] ?? '') as Pick<Outcome, 'history' | 'end' | 'outputs'>);
    }
  }, PATIENCE_MS);

  test('is tried on every kind of layer and option that was chosen', () => {
    expect(cases.length).toBeGreaterThanOrEqual(CHOSEN.length);
  });

  test.each(cases)('trains as the reference does: $name', (one) => {
    expect(deviations({ ...one, ...found.get(one.name) }, one)).toEqual([]);
  });
});

/** The runners compute what the network computes: every layer, by the test vectors of the weights files they load. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadData } from '../../../src-core/datasets/load.ts';
import { exportRun } from '../../../src-core/formats/export-run.ts';
import { openInitialWeights } from '../../../src-core/formats/open-weights.ts';
import { readProject } from '../../../src-core/formats/project.ts';
import { runners, runnerText } from '../../../src-core/formats/runners/registry.ts';
import { writeWeights } from '../../../src-core/formats/weights-write.ts';
import { present } from '../../../src-core/lib/assert.ts';
import { createTrainer } from '../../../src-core/trainer/trainer.ts';
import { parityCases, type ParityCase } from '../../helpers/pytorch-parity.ts';

/** Of the weights file: what another implementation may be off. */
const TOLERANCE = 1e-5;
const PYTHON = 'python3';
const hasPython = spawnSync(PYTHON, ['--version'], { stdio: 'ignore' }).status === 0;
const folder = mkdtempSync(join(tmpdir(), 'netloom-runner-'));

/** All networks at once, on a busy machine. */
const PATIENCE_MS = 240_000;

/** One epoch of training, so that running statistics are not those of the start. */
async function writeCase({ project, start }: ParityCase, at: number): Promise<void> {
  const { document } = readProject(JSON.stringify(project));
  const data = await loadData(document.data, () => Promise.reject(new Error('these projects name no files')));
  const weights = openInitialWeights(JSON.stringify({ format: 'netloom-weights', version: 1, tensors: start }));
  const trainer = createTrainer({ document, data, backend: 'reference', weights });
  trainer.advance(Infinity);
  const network = exportRun(document, trainer.checkpoint());
  trainer.dispose();
  writeFileSync(join(folder, `${at}.json`), writeWeights(network, { allowNonFinite: false }));
  for (const [name, { extension }] of Object.entries(runners)) {
    const runner = present(runners[name], name);
    writeFileSync(join(folder, `m${at}${extension}`), runnerText(runner, network.graph, `${at}.json`));
  }
}

beforeAll(async () => {
  for (const [at, one] of parityCases.entries()) await writeCase(one, at);
}, PATIENCE_MS);

interface Opened {
  readonly check: () => number;
}

test.each(parityCases.map(({ name }, at) => ({ name, at })))('in JavaScript: $name', async ({ at }) => {
  const { open } = (await import(/* @vite-ignore */ pathToFileURL(join(folder, `m${at}.mjs`)).href)) as {
    open: (weights: string) => Opened;
  };
  const { readFileSync } = await import('node:fs');
  expect(open(readFileSync(join(folder, `${at}.json`), 'utf8')).check()).toBeLessThan(TOLERANCE);
});

describe.skipIf(!hasPython)('in Python', () => {
  let errors: readonly number[] = [];

  beforeAll(() => {
    const names = parityCases.map((_, at) => `m${at}`);
    const script = `import sys, json; sys.path.insert(0, sys.argv[1]); print(json.dumps([__import__(n).Model().check() for n in sys.argv[2:]]))`;
    const { stdout, stderr } = spawnSync(PYTHON, ['-B', '-c', script, folder, ...names], { encoding: 'utf8' });
    expect(stderr).toBe('');
    errors = JSON.parse(stdout) as number[];
  }, PATIENCE_MS);

  test.each(parityCases.map(({ name }, at) => ({ name, at })))('$name', ({ at }) => {
    expect(errors[at]).toBeLessThan(TOLERANCE);
  });
});

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
import { twoSpirals } from '../../../src-core/templates/two-spirals.ts';
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

/** A network on two columns of which one had gaps: the mean of 1 and 3 is fed for them. */
async function writeGaps(): Promise<void> {
  const files: Record<string, string> = { 'rows.csv': 'a,b,y\n1,0,no\n?,1,yes\n3,0,yes\n' };
  const data = { kind: 'csv', path: 'rows.csv', inputs: ['a', 'b'], target: ['y'], task: 'binary' };
  const spec = { ...data, missing: 'mean', missing_values: ['?'] };
  const { document } = readProject(JSON.stringify({ ...twoSpirals.document, data: spec }));
  const rows = await loadData(spec, (path) => Promise.resolve(new TextEncoder().encode(files[path])));
  const trainer = createTrainer({ document, data: rows, backend: 'reference' });
  const network = exportRun(document, trainer.checkpoint());
  trainer.dispose();
  writeFileSync(join(folder, 'gaps.json'), writeWeights(network, { allowNonFinite: false }));
  for (const runner of Object.values(runners)) {
    writeFileSync(join(folder, `gaps${runner.extension}`), runnerText(runner, network.graph, 'gaps.json'));
  }
  writeFileSync(join(folder, 'marked.csv'), 'a,b\n?,1\n,1\n');
  writeFileSync(join(folder, 'filled.csv'), 'a,b\n2,1\n2,1\n');
}

test.each([
  { command: process.execPath, file: 'gaps.mjs', isHere: true },
  { command: PYTHON, file: 'gaps.py', isHere: hasPython },
])('$file takes the marks for no value as the network’s own rows were', async ({ command, file, isHere }) => {
  if (!isHere) return;
  await writeGaps();
  const [marked, filled] = ['marked.csv', 'filled.csv'].map((rows) => {
    const { stdout, stderr } = spawnSync(command, [join(folder, file), join(folder, rows)], { encoding: 'utf8' });
    return stderr + stdout;
  });
  expect(marked).toMatch(/^out0,class\n0\.\d+,(yes|no)\n/);
  expect(marked).toBe(filled);
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

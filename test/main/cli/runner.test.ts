/** `export --format json --runner`: the files beside the weights take raw rows and say what `predict` says. */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { cli, freshFolder } from './run-cli.ts';

const PYTHON = 'python3';
const hasPython = spawnSync(PYTHON, ['--version'], { stdio: 'ignore' }).status === 0;

const rowsCsv = [
  'width;colour;kind;depth',
  '1,5;red;"good; ""best""";10',
  '2,25;blue;bad;-3',
  ';red;bad;4,5',
  '0,5;blue;"good; ""best""";8',
  '3;red;bad;1e-1',
  '-1;blue;bad;12',
].join('\r\n');

const project = {
  format: 'netloom-project',
  version: 1,
  name: 'runner',
  graph: {
    nodes: [
      { id: 'in', type: 'input', params: { shape: [4] } },
      { id: 'h', type: 'dense', params: { units: 5, activation: 'gelu' } },
      { id: 'out', type: 'dense', params: { units: 1, activation: 'sigmoid' } },
      { id: 'y', type: 'output', params: {} },
    ],
    edges: [
      { from: 'in', to: 'h' },
      { from: 'h', to: 'out' },
      { from: 'out', to: 'y' },
    ],
  },
  data: {
    kind: 'csv',
    path: 'rows.csv',
    inputs: ['depth', 'colour', 'width'],
    target: ['kind'],
    task: 'binary',
    categorical: ['colour'],
    decimal: ',',
    missing: 'mean',
    standardize: true,
  },
  training: { loss: 'binary_cross_entropy', optimizer: { type: 'adam' }, batch_size: 'full', epochs: 3, seed: 4 },
};

/** Four commands, one after another, on a busy machine. */
const PATIENCE_MS = 120_000;

let folder = '';
let predicted = '';

beforeAll(async () => {
  folder = freshFolder();
  writeFileSync(join(folder, 'rows.csv'), `\uFEFF${rowsCsv}\r\n`);
  writeFileSync(join(folder, 'p.json'), JSON.stringify(project));
  const commands = [
    ['train', 'p.json', '--no-store', '--weights-out', 'w.json'],
    ['export', 'w.json', '--format', 'json', '--runner', 'js', '--out', 'model.json'],
    ['export', 'w.json', '--format', 'json', '--runner', 'python', '--out', 'model.json'],
    ['predict', 'w.json', '--data', 'rows.csv', '--out', 'out.csv'],
  ];
  for (const words of commands) {
    const { code, err } = await cli(folder, ...words);
    if (code !== 0) throw new Error(`${words.join(' ')}: ${err}`);
  }
  predicted = readFileSync(join(folder, 'out.csv'), 'utf8');
}, PATIENCE_MS);

/** First column as numbers, the rest as text. */
function parts(csv: string) {
  const [head = '', ...lines] = csv.trimEnd().split('\n');
  const at = lines.map((line) => line.indexOf(','));
  return {
    head,
    numbers: lines.map((line, i) => Number(line.slice(0, at[i]))),
    labels: lines.map((line, i) => line.slice(at[i])),
  };
}

describe.each([
  { language: 'JavaScript', command: process.execPath, file: 'model.mjs', isThere: true },
  { language: 'Python', command: PYTHON, file: 'model.py', isThere: hasPython },
])('the runner in $language', ({ command, file, isThere }) => {
  const run = (...words: string[]) => spawnSync(command, [file, ...words], { cwd: folder, encoding: 'utf8' });

  test.skipIf(!isThere)('predicts what predict predicts, from raw rows', () => {
    const { stdout, stderr, status } = run('rows.csv');
    expect([stderr, status]).toEqual(['', 0]);
    const [found, expected] = [parts(stdout), parts(predicted)];
    expect([found.head, found.labels]).toEqual([expected.head, expected.labels]);
    // float32 kernels against float64 loops
    found.numbers.forEach((value, i) => expect(value).toBeCloseTo(expected.numbers[i] ?? NaN, 5));
  });

  test.skipIf(!isThere)('names the column it misses and ends with 1', () => {
    writeFileSync(join(folder, 'wrong.csv'), 'width;colour\n1;red\n');
    const { stderr, status } = run('wrong.csv');
    expect([status, stderr.trim()]).toEqual([1, 'no column depth among width, colour']);
  });
});

test('a runner goes with json alone', async () => {
  const { code, err } = await cli(folder, 'export', 'w.json', '--format', 'onnx', '--runner', 'js', '--out', 'm.onnx');
  expect([code, err.trim()]).toEqual([
    2,
    'netloom: export: a runner loads a weights file, so --runner goes with --format json, not onnx',
  ]);
});

test('export --format pytorch writes the folder, rows included, and says so', async () => {
  const { code, out } = await cli(folder, 'export', 'w.json', '--format', 'pytorch', '--out', 'torch', '--json');
  expect([code, JSON.parse(out)]).toEqual([
    0,
    {
      folder: 'torch',
      files: ['model.py', 'train.py', 'project.json', 'weights.safetensors', 'data.safetensors'],
    },
  ]);
});

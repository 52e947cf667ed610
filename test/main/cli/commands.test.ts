/** The other commands, and what every command owes: results to stdout, one clear line for an error, the right exit code. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { twoSpirals } from '../../../src-core/templates/two-spirals.ts';
import { cli, freshFolder } from './run-cli.ts';

const CSV =
  'size,colour,kind\n1.5,red,cat\n2.5,blue,dog\n3.5,red,"big, bird"\n4.5,blue,dog\n0.5,red,cat\n3,blue,"big, bird"\n';

/** Three classes from one number and one category. */
const project = {
  format: 'netloom-project',
  version: 1,
  name: 'animals',
  graph: {
    nodes: [
      { id: 'in', type: 'input', params: { shape: [3] } },
      { id: 'h', type: 'dense', params: { units: 8, activation: 'tanh' } },
      { id: 'out', type: 'dense', params: { units: 3, activation: 'softmax' } },
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
    path: 'animals.csv',
    inputs: ['size', 'colour'],
    target: ['kind'],
    task: 'multiclass',
    categorical: ['colour'],
    standardize: true,
  },
  training: { loss: 'cross_entropy', optimizer: { type: 'adam', learning_rate: 0.1 }, epochs: 200, batch_size: 'full' },
};

let folder: string;
beforeAll(async () => {
  folder = freshFolder();
  writeFileSync(join(folder, 'animals.csv'), CSV);
  writeFileSync(join(folder, 'p.json'), JSON.stringify(project));
  const { code, err } = await cli(folder, 'train', 'p.json', '--weights-out', 'w.json');
  if (code !== 0) throw new Error(err);
});
const parse = (text: string) => JSON.parse(text) as Record<string, never>;

describe('predict', () => {
  test('gives outputs and the class as written, whatever the order of columns', async () => {
    writeFileSync(join(folder, 'new.csv'), 'id;colour;size\n1;red;1.4\n2;blue;4.4\n3;red;3.6\n');
    const { code, out } = await cli(folder, 'predict', 'w.json', '--data', 'new.csv');
    const rows = out.trimEnd().split('\n');
    expect([code, rows[0]]).toEqual([0, 'out0,out1,out2,class']);
    expect(rows.slice(1).map((row) => row.replace(/^([^,]*,){3}/, ''))).toEqual(['cat', 'dog', '"big, bird"']);
    const sums = rows.slice(1).map((row) =>
      row
        .split(',')
        .slice(0, 3)
        .reduce((sum, value) => sum + Number(value), 0),
    );
    for (const sum of sums) expect(sum).toBeCloseTo(1, 6); // a softmax in float32
  });

  test('writes to a file, or JSON, when asked', async () => {
    const text = await cli(folder, 'predict', 'w.json', '--data', 'animals.csv');
    const { code, out } = await cli(folder, 'predict', 'w.json', '--data', 'animals.csv', '--out', 'preds.csv');
    const json = parse((await cli(folder, 'predict', 'w.json', '--data', 'animals.csv', '--json')).out);
    expect([code, out, readFileSync(join(folder, 'preds.csv'), 'utf8')]).toEqual([0, '', text.out]);
    expect(json['classes']).toEqual(['cat', 'dog', 'big, bird', 'dog', 'cat', 'big, bird']);
  });
});

test('evaluate gives loss, every metric and the confusion matrix', async () => {
  const { code, out } = await cli(folder, 'evaluate', 'w.json', '--data', 'animals.csv');
  const { loss, ...result } = parse(out);
  expect(code).toBe(0);
  expect(Number(loss)).toBeLessThan(0.1);
  expect(result).toEqual({
    rows: 6,
    accuracy: 1,
    auc: 1,
    f1: 1,
    precision: 1,
    recall: 1,
    top_k: 1,
    classes: ['big, bird', 'cat', 'dog'],
    confusion_matrix: [
      [2, 0, 0],
      [0, 2, 0],
      [0, 0, 2],
    ],
  });
});

test('gradients are those of the loss on the first batch: a step against them lowers it', async () => {
  const { code, out } = await cli(folder, 'gradients', 'p.json', '--weights-in', 'w.json');
  const { loss, tensors } = JSON.parse(out) as {
    loss: number;
    tensors: Record<string, { data: number[]; shape: number[] }>;
  };
  const evaluated = parse((await cli(folder, 'evaluate', 'w.json', '--data', 'animals.csv')).out);
  expect([code, Object.keys(tensors)]).toEqual([0, ['h.bias', 'h.weight', 'out.bias', 'out.weight']]);
  expect(loss).toBeCloseTo(Number(evaluated['loss']), 5); // all six rows are the first batch; float32 against float64
  const weights = JSON.parse(readFileSync(join(folder, 'w.json'), 'utf8')) as { tensors: typeof tensors };
  const moved = Object.fromEntries(
    Object.entries(weights.tensors).map(([key, { shape, data }]) => [
      key,
      { shape, data: data.map((w, i) => w - 0.01 * (tensors[key]?.data[i] ?? NaN)) },
    ]),
  );
  writeFileSync(join(folder, 'moved.json'), JSON.stringify({ format: 'netloom-weights', version: 1, tensors: moved }));
  const after = JSON.parse((await cli(folder, 'gradients', 'p.json', '--weights-in', 'moved.json')).out) as {
    loss: number;
  };
  const squared = Object.values(tensors)
    .flatMap(({ data }) => data)
    .reduce((sum, g) => sum + g * g, 0);
  expect((loss - after.loss) / (0.01 * squared)).toBeCloseTo(1, 1); // first order in the step
});

test('export writes the same file again, runs export the same weights', async () => {
  await cli(folder, 'export', 'w.json', '--format', 'json', '--out', 'again.json');
  const [run] = JSON.parse((await cli(folder, 'runs', 'list', '--json')).out) as { id: string }[];
  const exported = await cli(folder, 'runs', 'export', (run?.id ?? '').slice(0, 8), '--out', 'run.json');
  const w = readFileSync(join(folder, 'w.json'), 'utf8');
  expect(exported.code).toBe(0);
  expect([readFileSync(join(folder, 'again.json'), 'utf8'), readFileSync(join(folder, 'run.json'), 'utf8')]).toEqual([
    w,
    w,
  ]);
});

test('runs are listed, shown and deleted', async () => {
  const own = freshFolder();
  const trained = await cli(own, 'train', 'xor-mlp', '--epochs', '2');
  const id = /run ([0-9a-f-]+):/.exec(trained.err)?.[1] ?? '';
  const shown = JSON.parse((await cli(own, 'runs', 'show', id, '--json')).out) as {
    history: unknown[];
    document: unknown;
  };
  expect([shown.history.length, (await cli(own, 'runs', 'list')).out.includes(id)]).toEqual([2, true]);
  expect((await cli(own, 'runs', 'delete', id)).code).toBe(0);
  expect(JSON.parse((await cli(own, 'runs', 'list', '--json')).out)).toEqual([]);
  expect((await cli(own, 'runs', 'show', id)).code).toBe(1);
});

describe('check', () => {
  test('prints shapes and counts, and ends with 0 when there is nothing to say', async () => {
    const { code, out } = await cli(folder, 'check', 'p.json', '--json');
    const { nodes, parameters, problems } = JSON.parse(out) as {
      nodes: { id: string; output: number[] }[];
      parameters: number;
      problems: unknown[];
    };
    expect([code, parameters, problems]).toEqual([0, 59, []]);
    expect(nodes.map(({ id, output }) => [id, output])).toEqual([
      ['in', [3]],
      ['h', [8]],
      ['out', [3]],
      ['y', [3]],
    ]);
  });

  test('names every problem in one run and ends with 1', async () => {
    const bad = structuredClone(project);
    bad.graph.nodes[1] = { id: 'h', type: 'dense', params: { units: 0, activation: 'tanh' } };
    bad.training.epochs = -1;
    bad.data.path = 'missing.csv';
    writeFileSync(join(folder, 'bad.json'), JSON.stringify(bad));
    const { code, out } = await cli(folder, 'check', 'bad.json');
    expect(code).toBe(1);
    for (const part of ['h.units', 'training.epochs', 'missing.csv: cannot be read (there is no such file)'])
      expect(out).toContain(part);
  });

  test('says as JSON too what keeps a file from being a document, and what is wrong with the rest', async () => {
    const { loss: _loss, ...training } = project.training;
    const bad = structuredClone({ ...project, training: { ...training, epochs: 0 } });
    writeFileSync(join(folder, 'broken.json'), JSON.stringify(bad));
    const { code, out, err } = await cli(folder, 'check', 'broken.json', '--json');
    const { problems } = JSON.parse(out) as { problems: { path: string }[] };
    expect([code, err, problems.map(({ path }) => path)]).toEqual([1, '', ['training.loss', 'training.epochs']]);
  });
});

describe('audit', () => {
  test('passes right gradients with 0 and names the worst', async () => {
    const { code, out } = await cli(folder, 'audit', 'p.json', '--json');
    const { ok, worst, tensors } = JSON.parse(out) as {
      ok: boolean;
      worst: { error: number };
      tensors: { tensor: string }[];
    };
    expect([code, ok, tensors.map(({ tensor }) => tensor)]).toEqual([
      0,
      true,
      ['h.bias', 'h.weight', 'out.bias', 'out.weight'],
    ]);
    expect(worst.error).toBeLessThan(1e-6);
  });

  test('ends with 1 when something is over the tolerance', async () => {
    const { code, out } = await cli(folder, 'audit', 'p.json', '--tolerance', '1e-15');
    const [exact = '', fast = ''] = out.trimEnd().split('\n').slice(-2);
    expect(code).toBe(1);
    expect(exact).toMatch(/^FAILED: reverse mode against differences, both in float64: .* \(at most 1e-15\)$/);
    expect(fast).toMatch(/^passed: the fast engine in float32 against both: .* \(at most 0\.001\), in (h|out)\./);
  });
});

test('templates lists them by name', async () => {
  const list = JSON.parse((await cli(folder, 'templates', '--json')).out) as { name: string }[];
  expect(list.map(({ name }) => name)).toContain('two-spirals');
});

describe('an error', () => {
  test.each([
    [
      'no such project',
      ['train', 'nope.json'],
      1,
      /^netloom: nope\.json: there is no such file, and no template of that name/,
    ],
    [
      'not JSON',
      ['check', 'animals.csv'],
      1,
      /^netloom: project file: expected a JSON file, got "s" where a value was expected \(line 1, column 1\)/,
    ],
    [
      'not weights',
      ['predict', 'p.json', '--data', 'animals.csv'],
      1,
      /^netloom: weights file: format: expected "netloom-weights", got "netloom-project"/,
    ],
    [
      'no such data',
      ['predict', 'w.json', '--data', 'no.csv'],
      1,
      /^netloom: no\.csv: could not be read \(there is no such file\)/,
    ],
    [
      'a place that cannot be written',
      ['predict', 'w.json', '--data', 'animals.csv', '--out', 'no/where.csv'],
      1,
      /^netloom: .*the folder does not exist; create it first/,
    ],
    ['an unknown run', ['runs', 'show', 'deadbeef'], 1, /^netloom: run deadbeef: there is no such run/],
    ['no command', [], 2, /Usage: netloom/],
    ['an unknown command', ['dance'], 2, /unknown command 'dance'/],
    ['an unknown option', ['train', 'two-spirals', '--fast'], 2, /unknown option '--fast'/],
    ['a missing option', ['predict', 'w.json'], 2, /required option '--data <file>' not specified/],
    ['a number out of range', ['train', 'two-spirals', '--epochs', '0'], 2, /Expected a whole number from 1/],
    ['an unknown format', ['export', 'w.json', '--format', 'png', '--out', 'x'], 2, /Allowed choices are/],
  ] as const)('%s', async (_, words, expectedCode, message) => {
    const { code, out, err } = await cli(folder, ...words);
    expect([code, out]).toEqual([expectedCode, '']);
    expect(err).toMatch(message);
    expect(err).not.toMatch(/\n\s+at /);
  });

  test('in the data names row and column', async () => {
    const { graph, training } = twoSpirals.document;
    const data = { kind: 'csv', path: 'gap.csv', inputs: ['a', 'b'], target: ['c'], task: 'binary' };
    writeFileSync(join(folder, 'gap.csv'), 'a,b,c\n1,2,0\n3,,1\n');
    writeFileSync(join(folder, 'gap.json'), JSON.stringify({ ...twoSpirals.document, graph, training, data }));
    const { code, err } = await cli(folder, 'train', 'gap.json');
    expect([code, err.trim()]).toEqual([
      1,
      'netloom: gap.csv: row 2 (line 3), column "b": the value is missing; fill it in, or set data.missing to "drop" or "mean"',
    ]);
  });
});

test('help goes to standard output with exit code 0', async () => {
  const { code, out } = await cli(folder, '--help');
  expect([code, out.includes('train [options] <project>')]).toEqual([0, true]);
});

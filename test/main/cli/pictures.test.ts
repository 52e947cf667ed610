/** Pictures from the command line: folders and IDX files trained on, predicted and scored, with the classes they name. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { png } from '../../helpers/png.ts';
import { cli, freshFolder } from './run-cli.ts';

const shade = (value: number): Uint8Array => png(2, 2, { data: Uint8Array.from([0, value, value, 0, value, value]) });
const word = (value: number): number[] => [0, 0, value >> 8, value & 255];
const idx = (dims: readonly number[], values: readonly number[]): Uint8Array =>
  Uint8Array.from([0, 0, 8, dims.length, ...dims.flatMap(word), ...values]);

/** One sigmoid unit over 2 × 2 shades of grey. */
const project = (data: object) => ({
  format: 'netloom-project',
  version: 1,
  name: 'shades',
  graph: {
    nodes: [
      { id: 'in', type: 'input', params: { shape: [1, 2, 2] } },
      { id: 'flat', type: 'flatten', params: {} },
      { id: 'out', type: 'dense', params: { units: 1, activation: 'sigmoid' } },
      { id: 'y', type: 'output', params: {} },
    ],
    edges: [
      { from: 'in', to: 'flat' },
      { from: 'flat', to: 'out' },
      { from: 'out', to: 'y' },
    ],
  },
  data,
  training: { loss: 'binary_cross_entropy', optimizer: { type: 'sgd', learning_rate: 2 }, epochs: 80 },
});

let folder: string;
const put = (path: string, bytes: Uint8Array | string): void => {
  mkdirSync(join(folder, path, '..'), { recursive: true });
  writeFileSync(join(folder, path), bytes);
};
const run = async (...words: string[]): Promise<string> => {
  const { code, out, err } = await cli(folder, ...words);
  if (code !== 0) throw new Error(err);
  return out;
};
const train = async (data: object): Promise<string> => {
  put('p.json', JSON.stringify(project(data)));
  return run('train', 'p.json', '--no-store', '--weights-out', 'w.json');
};

beforeAll(() => {
  folder = freshFolder();
  for (const [i, value] of [10, 30, 50].entries()) put(`shades/dark/${i}.png`, shade(value));
  for (const [i, value] of [200, 220, 240].entries()) put(`shades/light/${i}.png`, shade(value));
  put('new/b.png', shade(20));
  put('new/a.png', shade(230));
  put('test/light/x.png', shade(210));
  put('test/dark/y.png', shade(40));
  put('train-images-idx3-ubyte', idx([4, 2, 2], [9, 10, 9, 9, 240, 240, 240, 250, 20, 20, 20, 20, 220, 220, 220, 220]));
  put('train-labels-idx1-ubyte', idx([4], [3, 8, 3, 8]));
});

describe('a folder of two classes before one sigmoid unit', () => {
  beforeAll(() => train({ kind: 'images', path: 'shades', size: [2, 2], grayscale: true }));

  test('has no problem, and the weights file tells its classes', async () => {
    expect(await run('check', 'p.json')).toContain('6 training rows');
  });

  test('is predicted from a folder, picture by picture', async () => {
    const lines = (await run('predict', 'w.json', '--data', 'new')).trim().split('\n');
    expect(lines.map((line) => line.replace(/^[0-9.e-]+/, '#'))).toEqual([
      'out0,class,file',
      '#,light,a.png',
      '#,dark,b.png',
    ]);
  });

  test('is scored on a folder with a sub-folder for each class', async () => {
    const said = JSON.parse(await run('evaluate', 'w.json', '--data', 'test')) as Record<string, unknown>;
    expect(said).toMatchObject({ rows: 2, accuracy: 1, classes: ['dark', 'light'] });
  });

  test('is predicted from pictures of IDX files too', async () => {
    const { outputs } = JSON.parse(await run('predict', 'w.json', '--data', 'train-images-idx3-ubyte', '--json')) as {
      outputs: number[][];
    };
    expect(outputs.map(([value = NaN]) => value > 0.5)).toEqual([false, true, false, true]);
  });
});

describe('IDX files of two classes before one sigmoid unit', () => {
  beforeAll(() => train({ kind: 'idx', images: 'train-images-idx3-ubyte', labels: 'train-labels-idx1-ubyte' }));

  test('are scored with the labels that lie beside them', async () => {
    const said = JSON.parse(await run('evaluate', 'w.json', '--data', 'train-images-idx3-ubyte')) as object;
    expect(said).toMatchObject({ rows: 4, accuracy: 1, classes: ['3', '8'] });
  });

  test('take their labels from where --labels says', async () => {
    put('others', idx([4], [8, 3, 8, 3]));
    const words = ['evaluate', 'w.json', '--data', 'train-images-idx3-ubyte', '--labels', 'others'];
    expect(JSON.parse(await run(...words))).toMatchObject({ accuracy: 0 });
  });
});

describe('what cannot be used is refused in one line', () => {
  beforeAll(() => {
    put('table.csv', 'a,b\n0,1\n1,0\n');
    put('bare', idx([1, 2, 2], [1, 2, 3, 4]));
    put('wide-images-idx3', idx([1, 3, 3], [1, 2, 3, 4, 5, 6, 7, 8, 9]));
    mkdirSync(join(folder, 'empty'), { recursive: true });
    put('other/cat/1.png', shade(1));
    put('other/dark/1.png', shade(1));
  });

  test.each<[string, string[], string]>([
    ['an empty folder', ['predict', '--data', 'empty'], 'empty: expected PNG or JPEG pictures, got none'],
    [
      'a class that was never trained on',
      ['evaluate', '--data', 'other'],
      'other: expected one of the classes "3", "8", got "cat"',
    ],
    [
      'IDX pictures of another size',
      ['predict', '--data', 'wide-images-idx3'],
      'wide-images-idx3: expected 4 values a picture, as in the training rows, got 9',
    ],
    [
      'IDX pictures without labels',
      ['evaluate', '--data', 'bare'],
      'bare: expected a file of labels beside it, got no name to look for; name it with --labels',
    ],
  ])('%s', async (_name, [command = '', ...words], message) => {
    const { code, out, err } = await cli(folder, command, 'w.json', ...words);
    expect([code, out, err]).toEqual([1, '', `netloom: ${message}\n`]);
  });
});

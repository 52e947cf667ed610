/** MNIST's format: what is read, and the one clear sentence for a file that is not what its header says. */
import { gzipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { encodingFromJson, encodingToJson } from '../../../src-core/datasets/encoding-json.ts';
import { loadData } from '../../../src-core/datasets/load.ts';
import { rowsFromValues } from '../../../src-core/datasets/new-rows.ts';
import { rejectionOf } from '../../helpers/rejection-of.ts';

const word = (value: number): number[] => [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256);
const idx = (dims: readonly number[], values: readonly number[], type = 8): Uint8Array =>
  Uint8Array.from([0, 0, type, dims.length, ...dims.flatMap(word), ...values]);
const IMAGES = idx([3, 2, 2], [0, 51, 102, 153, 204, 255, 0, 0, 255, 255, 255, 255]);
const LABELS = idx([3], [7, 2, 7]);

const spec = { kind: 'idx', images: 'images', labels: 'labels', scale: 1 };
const load = (images: Uint8Array, labels: Uint8Array, more: object = {}) =>
  loadData({ ...spec, ...more }, (path) => Promise.resolve(path.startsWith('images') ? images : labels));

describe('pictures and labels', () => {
  test('become rows of scaled pixels and classes in the order of their numbers', async () => {
    const data = await load(IMAGES, LABELS, { scale: 1 / 51 });
    const rounded = Array.from(data.training.inputs, (value) => Number(value.toFixed(12)));
    expect([data.task, data.classes, data.inputNames, rounded, [...data.training.targets]]).toEqual([
      'multiclass',
      ['2', '7'],
      ['pixel_0_0', 'pixel_0_1', 'pixel_1_0', 'pixel_1_1'],
      [0, 1, 2, 3, 4, 5, 0, 0, 5, 5, 5, 5],
      [0, 1, 1, 0, 0, 1],
    ]);
  });

  test('of two classes are binary where one output tells them apart, unless the document says', async () => {
    const read = (path: string) => Promise.resolve(path === 'images' ? IMAGES : LABELS);
    const tasks = [{}, { task: 'multiclass' }, { task: 'binary' }].map(async (more) => {
      return (await loadData({ ...spec, ...more }, read, { outputs: () => 1 })).task;
    });
    expect(await Promise.all(tasks)).toEqual(['binary', 'multiclass', 'binary']);
  });

  test('are divided by 255 unless told otherwise', async () => {
    const plain = { kind: 'idx', images: 'images', labels: 'labels' };
    const data = await loadData(plain, (path) => Promise.resolve(path === 'images' ? IMAGES : LABELS));
    expect(data.training.inputs[5]).toBe(1);
  });

  test('are predicted from as bytes, which the saved encoding scales', async () => {
    const { encoding, training } = await load(IMAGES, LABELS, { scale: 1 / 51 });
    const saved = encodingFromJson(encodingToJson(spec, encoding), { inputs: 0, targets: 0 });
    const { inputs } = rowsFromValues([[0, 51, 102, 153]], saved);
    expect([...inputs]).toEqual([...training.inputs.subarray(0, 4)]);
  });

  test('may be packed, in one member or in several', async () => {
    const halves = [gzipSync(IMAGES.subarray(0, 9)), gzipSync(IMAGES.subarray(9))];
    const members = Uint8Array.from(halves.flatMap((half) => [...half]));
    const plain = await load(IMAGES, LABELS);
    const packed = await load(gzipSync(IMAGES), gzipSync(LABELS));
    const parted = await load(members, LABELS);
    expect([packed.sha256, parted.sha256]).toEqual([plain.sha256, plain.sha256]);
  });

  test('may be held out in files of their own, read through the classes of the training rows', async () => {
    const files: Record<string, Uint8Array> = { images: IMAGES, labels: LABELS };
    files['more-images'] = idx([1, 2, 2], [1, 2, 3, 4]);
    files['more-labels'] = idx([1], [7]);
    const validation = { images: 'more-images', labels: 'more-labels' };
    const data = await loadData({ ...spec, validation }, (path) => Promise.resolve(files[path] ?? new Uint8Array(0)));
    expect([[...(data.validation?.inputs ?? [])], [...(data.validation?.targets ?? [])]]).toEqual([
      [1, 2, 3, 4],
      [0, 1],
    ]);
  });

  test('held out with a class that was never trained on are refused', async () => {
    const files: Record<string, Uint8Array> = { images: IMAGES, labels: LABELS, other: idx([3], [7, 2, 9]) };
    const read = (path: string) => Promise.resolve(files[path] ?? new Uint8Array(0));
    const loading = loadData({ ...spec, validation: { images: 'images', labels: 'other' } }, read);
    expect(await rejectionOf(loading)).toBe('data.validation: expected one of the classes "2", "7", got "9"');
  });
});

describe('a file that cannot be used', () => {
  const zeros = gzipSync(new Uint8Array(20_000_000), { level: 9 });
  const bomb = gzipSync(Uint8Array.from([...idx([3, 2, 2], []), ...new Uint8Array(5_000_000)]));
  test.each([
    ['nothing', new Uint8Array(0), 'images: byte 0: expected the rest of the header, got the end of the file'],
    [
      'half a header',
      IMAGES.subarray(0, 10),
      'images: byte 10: expected the rest of the header, got the end of the file',
    ],
    [
      'another magic',
      Uint8Array.from([1, 0, 8, 3]),
      'images: byte 0: expected two zero bytes of an IDX file, got 01 00',
    ],
    ['packed zeros', zeros, 'images: byte 2: expected type 8 (unsigned bytes), got type 0 (unknown)'],
    [
      'floats',
      idx([1, 1], [0, 0, 0, 0], 13),
      'images: byte 2: expected type 8 (unsigned bytes), got type 13 (float32)',
    ],
    ['no dimension', idx([], []), 'images: byte 3: expected 2 to 4 dimensions, got 0'],
    ['nine dimensions', idx([1, 1, 1, 1, 1, 1, 1, 1, 1], [0]), 'images: byte 3: expected 2 to 4 dimensions, got 9'],
    ['an empty dimension', idx([3, 0, 2], []), 'images: byte 8: expected a dimension of at least 1, got 0'],
    [
      'dimensions whose product is no number any more',
      idx([0xffffffff, 0xffffffff, 0xffffffff], []),
      'images: expected at most 134217728 values, got 4294967295 × 4294967295 × 4294967295',
    ],
    [
      'far shorter than it says',
      idx([1000, 28, 28], [1, 2, 3]),
      'images: byte 16: expected 784000 values (1000 × 28 × 28), got a file that holds at most 19 bytes',
    ],
    [
      'too short',
      IMAGES.subarray(0, 26),
      'images: byte 26: expected 12 values (3 × 2 × 2), got the end of the file after 10',
    ],
    [
      'too long',
      Uint8Array.from([...IMAGES, 0]),
      'images: byte 28: expected the end of the file after 12 values (3 × 2 × 2), got more bytes',
    ],
    [
      'a packed file far longer than it says',
      bomb,
      'images: byte 28: expected the end of the file after 12 values (3 × 2 × 2), got more bytes',
    ],
    ['a packed file cut off', gzipSync(IMAGES).subarray(0, 20), 'images: cannot be read (gzip: unexpected EOF)'],
  ])('%s', async (_, images, message) => {
    expect(await rejectionOf(load(images, LABELS))).toBe(message);
  });

  test('labels of another number', async () => {
    expect(await rejectionOf(load(IMAGES, idx([2], [1, 2])))).toBe(
      'labels: byte 4: expected 3 labels, one for each picture of images, got 2',
    );
  });
});

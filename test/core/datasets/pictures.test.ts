/** Pictures against Pillow and PyTorch, and folders of them: what is read, and the one clear sentence for what is not. */
import { readFileSync } from 'node:fs';
import { zlibSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import type { ReadFile } from '../../../src-core/datasets/define.ts';
import { decodePicture } from '../../../src-core/datasets/images/decode.ts';
import { pictureShape, pixelNames } from '../../../src-core/datasets/images/pixel-names.ts';
import { fitPicture } from '../../../src-core/datasets/images/resize.ts';
import { loadData } from '../../../src-core/datasets/load.ts';
import { rowsForPrediction } from '../../../src-core/datasets/new-rows.ts';
import { AppError } from '../../../src-core/lib/errors.ts';
import { messageOf } from '../../helpers/message-of.ts';
import { chunk, png } from '../../helpers/png.ts';
import { rejectionOf } from '../../helpers/rejection-of.ts';

interface Reference {
  readonly pictures: readonly { name: string; file: string; width: number; height: number; rgb: readonly number[] }[];
  readonly source: { readonly height: number; readonly width: number; readonly values: readonly number[] };
  readonly resized: readonly { size: readonly [number, number]; values: readonly number[] }[];
}
const reference = JSON.parse(
  readFileSync(new URL('../../reference/datasets/pictures.json', import.meta.url), 'utf8'),
) as Reference;
const bytesOf = (base64: string): Uint8Array => Uint8Array.from(Buffer.from(base64, 'base64'));
const fileOf = (name: string): Uint8Array => bytesOf(reference.pictures.find((one) => one.name === name)?.file ?? '');

describe('pictures', () => {
  test.each(reference.pictures)('$name is decoded as Pillow decodes it', ({ name, file, width, height, rgb }) => {
    const picture = decodePicture(bytesOf(file), name);
    const pixels = rgb.map((_, i) => picture.pixels[picture.channels === 1 ? Math.floor(i / 3) : i] ?? NaN);
    const worst = rgb.reduce((most, value, i) => Math.max(most, Math.abs(value - (pixels[i] ?? NaN))), 0);
    // Decoders of JPEG may round their cosine transform differently, and draw halved colours smooth or in blocks.
    const tolerance = name.startsWith('png') ? 0 : name === 'jpeg halved colours' ? 16 : 3;
    expect([picture.width, picture.height, worst <= tolerance]).toEqual([width, height, true]);
  });

  test.each(reference.resized)('are brought to $size as PyTorch does', ({ size: [height, width], values }) => {
    const { source } = reference;
    const area = source.height * source.width;
    const pixels = Uint8Array.from(
      { length: 3 * area },
      (_, i) => source.values[(i % 3) * area + Math.floor(i / 3)] ?? 0,
    );
    const fitted = fitPicture({ ...source, channels: 3, pixels }, { height, width, grayscale: false });
    const worst = values.reduce((most, value, i) => Math.max(most, Math.abs(value - (fitted[i] ?? NaN))), 0);
    expect(worst).toBeLessThan(1e-9); // float64 on both sides, sums in another order
  });

  test('are weighed into grey by how bright the eye sees each colour', () => {
    const picture = {
      width: 3,
      height: 1,
      channels: 3,
      pixels: Uint8Array.from([255, 0, 0, 0, 255, 0, 0, 0, 255]),
    } as const;
    const gray = fitPicture(picture, { height: 1, width: 3, grayscale: true });
    expect(Array.from(gray, (value) => Number((value / 255).toFixed(6)))).toEqual([0.299, 0.587, 0.114]);
  });

  test('have columns that tell their size again', () => {
    expect([
      pictureShape(pixelNames([28, 20])),
      pictureShape(pixelNames([3, 4, 5])),
      pictureShape(['x1', 'x2']),
      pictureShape(['pixel_3_3']),
    ]).toEqual([{ channels: 1, height: 28, width: 20 }, { channels: 3, height: 4, width: 5 }, null, null]);
  });
});

const refusal = (bytes: Uint8Array): string => messageOf(() => decodePicture(bytes, 'cat.png'));

describe('files that are no whole picture', () => {
  test.each<[string, Uint8Array, string]>([
    ['nothing', new Uint8Array(0), 'cat.png: expected a PNG or JPEG picture, got an empty file'],
    [
      'text',
      new TextEncoder().encode('hello'),
      'cat.png: expected a PNG or JPEG picture, got a file that begins with 68 65 6c 6c',
    ],
    [
      'a header of 30000 × 30000',
      png(30000, 30000, { data: new Uint8Array(1) }),
      'cat.png: expected at most 16384 pixels a side and 25 megapixels, got 30000 × 30000 pixels',
    ],
    ['no width', png(0, 3), 'cat.png: expected a picture of at least 1 × 1 pixels, got 0 × 3 pixels'],
    [
      'more pixels than a file of its size can hold',
      png(5000, 5000, { data: new Uint8Array(1) }),
      'cat.png: expected 25005000 bytes of pixels, got a file that holds at most 9288',
    ],
    [
      'fewer pixels than declared',
      png(4, 4, { data: new Uint8Array(15) }),
      'cat.png: expected 20 bytes of pixels, got 15',
    ],
    [
      'more pixels than declared',
      png(4, 4, { data: new Uint8Array(2 ** 24) }),
      'cat.png: expected 20 bytes of pixels, got more',
    ],
    [
      'a depth that PNG has not',
      png(4, 4, { depth: 3 }),
      'cat.png: expected a colour type and depth of PNG, got type 0 of 3 bits',
    ],
    ['a palette that is not there', png(4, 4, { color: 3 }), 'cat.png: expected a palette (PLTE), got none'],
    [
      'a colour behind the palette',
      png(1, 1, { color: 3, data: Uint8Array.from([0, 2]), chunks: chunk('PLTE', [1, 2, 3]) }),
      'cat.png: expected colours of a palette of 1, got number 2',
    ],
    [
      'a filter that PNG has not',
      png(1, 1, { data: Uint8Array.from([9, 0]) }),
      'cat.png: expected a filter from 0 to 4, got 9',
    ],
  ])('%s is refused with its reason', (_name, bytes, message) => {
    expect(refusal(bytes)).toBe(message);
  });

  test('a PNG cut off or damaged anywhere is refused, or is the same picture', () => {
    const whole = fileOf('png color 2 depth 8');
    const cuts = Array.from(whole, (_, length) => refusal(whole.subarray(0, length)));
    const damaged = Array.from(whole.subarray(8), (byte, i) => refusal(whole.with(i + 8, byte ^ 0x55)));
    const isClear = (message: string): boolean => message.startsWith('cat.png: expected ');
    expect([cuts.every(isClear), damaged.slice(0, -4).every(isClear)]).toEqual([true, true]);
  });

  test('a JPEG cut off is refused', () => {
    const whole = fileOf('jpeg color');
    expect(refusal(whole.subarray(0, whole.length / 2))).toMatch(/^cat\.png: expected a JPEG picture, got /);
  });

  test('a JPEG that is scanned without end is refused before it is decoded', () => {
    const scans = Array.from({ length: 200 }, () => [0xff, 0xda]).flat();
    expect(refusal(Uint8Array.from([...fileOf('jpeg color'), ...scans]))).toBe(
      'cat.png: expected at most 100 scans, got 201',
    );
  });

  test('a packed text that would unpack to gigabytes is never unpacked', () => {
    const bomb = zlibSync(new Uint8Array(2 ** 24));
    const chunks = chunk('zTXt', [...new TextEncoder().encode('a\0\0'), ...bomb]);
    expect(decodePicture(png(1, 1, { chunks }), 'cat.png').pixels).toEqual(Uint8Array.from([0]));
  });
});

function folder(files: Readonly<Record<string, Uint8Array>>): ReadFile {
  const read = (path: string): Promise<Uint8Array> =>
    Promise.resolve(files[path.slice('pets/'.length)] ?? new Uint8Array(0));
  return Object.assign(read, { list: () => Promise.resolve(Object.keys(files)) });
}
const shade = (value: number, side = 2): Uint8Array => {
  const lines = new Uint8Array(side * (side + 1)).map((_, i) => (i % (side + 1) === 0 ? 0 : value));
  return png(side, side, { data: lines });
};
const PETS = {
  'dog/1.png': shade(200),
  'cat/b.PNG': shade(100, 4),
  'cat/a.png': shade(50),
  'cat/notes.txt': new Uint8Array(3),
};
const spec = { kind: 'images', path: 'pets', size: [2, 2], grayscale: true };

describe('a folder of pictures', () => {
  test('becomes rows of shades between 0 and 1, classes by the names of the sub-folders', async () => {
    const data = await loadData(spec, folder(PETS));
    const firsts = Array.from({ length: 3 }, (_, row) => Math.round((data.training.inputs[row * 4] ?? NaN) * 255));
    expect([data.task, data.classes, data.inputSize, firsts, [...data.rawTargets]]).toEqual([
      'multiclass',
      ['cat', 'dog'],
      4,
      [50, 100, 200],
      [0, 0, 1],
    ]);
  });

  test('has three planes, one for each colour, unless grey is asked for', async () => {
    const data = await loadData({ ...spec, grayscale: false }, folder(PETS));
    expect([data.inputSize, data.inputNames.at(-1)]).toEqual([12, 'pixel_2_1_1']);
  });

  test.each<[number | undefined, string]>([
    [1, 'binary'],
    [2, 'multiclass'],
    [undefined, 'multiclass'],
  ])('has two classes that %s outputs tell apart as a %s task', async (outputs, task) => {
    expect((await loadData(spec, folder(PETS), { outputs: () => outputs })).task).toBe(task);
  });

  test('with three classes is multiclass whatever the network has', async () => {
    const files = { ...PETS, 'eel/1.png': shade(3) };
    expect((await loadData(spec, folder(files), { outputs: () => 1 })).task).toBe('multiclass');
  });

  test('may be binary, and may hold out another folder', async () => {
    const files = { ...PETS };
    const read = folder(files);
    const data = await loadData({ ...spec, task: 'binary', validation: { path: 'pets' } }, read);
    expect([data.task, [...(data.validation?.targets ?? [])]]).toEqual(['binary', [0, 0, 1]]);
  });

  test('tells how far it is, picture by picture', async () => {
    const shares: number[] = [];
    await loadData(spec, folder(PETS), { turn: (share) => void shares.push(share) });
    expect(shares).toEqual([1 / 3, 2 / 3, 1]);
  });

  test('names what cannot be read, and leaves it out once that is agreed to', async () => {
    const files = { ...PETS, 'dog/2.png': shade(9).subarray(0, 30), 'dog/3.jpg': new Uint8Array(0) };
    const skipped = await loadData({ ...spec, unreadable: 'skip' }, folder(files));
    expect([await rejectionOf(loadData(spec, folder(files))), skipped.training.count]).toEqual([
      'pets: 2 of 5 pictures cannot be read: pets/dog/2.png: expected 13 bytes of chunk "IHDR" at byte 8, got the end of the file; ' +
        'also pets/dog/3.jpg; mend them, or set data.unreadable to "skip"',
      3,
    ]);
  });

  test.each<[string, Record<string, Uint8Array>, string]>([
    ['no picture', { 'cat/notes.txt': new Uint8Array(1) }, 'no PNG or JPEG file'],
    ['pictures in no class', { 'a.png': shade(1), 'cat/a.png': shade(1) }, 'a.png in none of them'],
    [
      'two names of one number',
      { '1/a.png': shade(1), '01/a.png': shade(1) },
      'two classes that are the same number, one of them "1"',
    ],
  ])('with %s is refused', async (_name, files, found) => {
    const message = `pets: expected a folder with one sub-folder of PNG or JPEG pictures for each class, got ${found}`;
    expect(await rejectionOf(loadData(spec, folder(files)))).toBe(message);
  });

  test('with one class only has nothing to tell apart', async () => {
    const message = 'data: a multiclass target needs at least two classes, got 1 (cat)';
    expect(await rejectionOf(loadData(spec, folder({ 'cat/a.png': shade(1) })))).toBe(message);
  });

  test('is read within a bound', async () => {
    const many = Object.fromEntries(Array.from({ length: 700 }, (_, i) => [`${i % 2}/${i}.png`, shade(1)]));
    const message = 'pets: expected at most 134217728 values, got 700 pictures of 3 × 256 × 256';
    expect(await rejectionOf(loadData({ kind: 'images', path: 'pets', size: [256, 256] }, folder(many)))).toBe(message);
  });

  test('cannot be read where only single files are', async () => {
    const message = 'pets: cannot be read (there are no folders here)';
    expect(await rejectionOf(loadData(spec, () => Promise.reject(new AppError('data.cancelled', {}))))).toBe(message);
  });
});

describe('a picture of one’s own', () => {
  const picturesOf = (grayscale: boolean) => loadData({ ...spec, grayscale }, folder(PETS));

  test.each([true, false])('becomes the row that the data would have made of it (grey: %s)', async (grayscale) => {
    const data = await picturesOf(grayscale);
    const { count, inputs } = rowsForPrediction(PETS['dog/1.png'], data.encoding, { file: 'mine.png' });
    const own = data.training.inputs.subarray(2 * data.inputSize, 3 * data.inputSize);
    expect([count, [...inputs]]).toEqual([1, [...own]]);
  });

  test('is no row of a table', async () => {
    const { encoding } = await loadData(
      { kind: 'inline', inputs: [[1], [2]], targets: [1, 2], task: 'regression' },
      folder({}),
    );
    expect(messageOf(() => rowsForPrediction(PETS['dog/1.png'], encoding, { file: 'mine.png' }))).toBe(
      'mine.png: expected a CSV file, got a PNG picture; bring pictures in as a folder',
    );
  });
});

/** Pictures that come without a table, through a saved encoding: folders of PNG and JPEG files, and IDX files. */
import { AppError } from '../lib/errors.ts';
import type { DataEncoding, RawData, ReadFile } from './define.ts';
import { encodeInputs } from './encode.ts';
import { readIdxInTurns } from './idx/read-idx.ts';
import { isPictureName } from './images/folder.ts';
import { pictureShape, type PictureShape } from './images/pixel-names.ts';
import { idx, IMAGE_DIMS } from './kinds/idx.ts';
import { images } from './kinds/images.ts';
import { encodeRaw, rowsForPrediction, type NewRows, type ScoredRows } from './new-rows.ts';

type Judged = Omit<ScoredRows, 'raw'>;
const noTurn = (): void => {};

export interface PictureRows extends NewRows {
  /** Path of each row's picture below the folder. */
  readonly files: readonly string[];
}

/** Every picture below the folder, in sub-folders or not, by path. Rejects with AppError 'data.*'. */
export async function picturesForPrediction(
  folder: string,
  encoding: DataEncoding,
  readFile: ReadFile,
): Promise<PictureRows> {
  shapeOf(folder, encoding);
  const files = ((await readFile.list?.(folder)) ?? []).filter(isPictureName).sort();
  if (files.length === 0) throw new AppError('data.no_pictures', { folder });
  const width = encoding.columns.length;
  const raw = new Float64Array(files.length * width);
  for (const [row, name] of files.entries()) {
    const file = `${folder}/${name}`;
    raw.set(rowsForPrediction(await readFile(file), encoding, { file }).raw, row * width);
  }
  return { count: files.length, raw, inputs: encodeInputs(encoding, raw), files };
}

/** A sub-folder for each class, as the training pictures lie. Rejects with AppError 'data.*'. */
export async function picturesForEvaluation(
  folder: string,
  encoding: DataEncoding,
  readFile: ReadFile,
): Promise<Judged> {
  const { channels, height, width } = shapeOf(folder, encoding);
  const spec = { kind: 'images', path: folder, size: [height, width], grayscale: channels === 1 };
  return encodeRaw(await images.load(spec, readFile, noTurn), encoding, folder);
}

/** The pictures of an IDX file. Rejects with AppError 'data.*'. */
export async function idxForPrediction(bytes: Uint8Array, encoding: DataEncoding, file: string): Promise<NewRows> {
  const { dims, values } = await readIdxInTurns(bytes, { file, dims: IMAGE_DIMS }, noTurn);
  const [count = 0] = dims;
  checkWidth(values.length / count, encoding, file);
  const raw = Float64Array.from(values);
  return { count, raw, inputs: encodeInputs(encoding, raw) };
}

/** The pictures and labels of two IDX files. Rejects with AppError 'data.*'. */
export async function idxForEvaluation(
  files: { readonly images: string; readonly labels: string },
  encoding: DataEncoding,
  readFile: ReadFile,
): Promise<Judged> {
  const raw: RawData = await idx.load({ kind: 'idx', ...files }, readFile, noTurn);
  checkWidth(raw.inputNames.length, encoding, files.images);
  return encodeRaw(raw, encoding, files.labels);
}

function shapeOf(folder: string, { columns }: DataEncoding): PictureShape {
  const shape = pictureShape(columns);
  if (shape !== null) return shape;
  throw new AppError('data.not_table', {
    file: folder,
    found: 'a folder',
    advice: 'this network was not trained on pictures',
  });
}

function checkWidth(found: number, { columns }: DataEncoding, file: string): void {
  if (found === columns.length) return;
  const expected = `${columns.length} values a picture, as in the training rows`;
  throw new AppError('data.cell', { where: file, expected, found: String(found) });
}

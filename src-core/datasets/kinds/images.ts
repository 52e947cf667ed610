/** Data kind `images`: a folder of PNG and JPEG pictures with a sub-folder for each class. */
import { AppError } from '../../lib/errors.ts';
import { isObject, ownEntry, showValue } from '../../lib/fields-check.ts';
import type { Fields } from '../../lib/fields.ts';
import type { Json, JsonObject } from '../../lib/json.ts';
import type { RawData, ReadFile, Turn } from '../define.ts';
import { findPictures, type FoundPicture } from '../images/folder.ts';
import { pixelNames } from '../images/pixel-names.ts';
import type { FitOptions } from '../images/resize.ts';
import { choiceKey, flagKey, numberKey, textKey } from '../spec-keys.ts';
import type { DataKindDefinition, SpecFacts } from './define.ts';
import { isList, PATH, PICTURE_TASK, pictureTask, taskOf } from './keys.ts';

const DEFAULT_SCALE = 1 / 255;
/** Pixels a side the network may be fed. */
const MAX_FED_SIDE = 256;
/** 1 GiB as float64, which is what rows become. */
const MAX_VALUES = 2 ** 27;
const SHOWN_FAULTS = 5;
const UNREADABLE = ['error', 'skip'] as const;

const FIELDS: Fields = {
  grayscale: { kind: 'boolean', label: 'Grey', help: 'One plane of grey instead of three of colour.', default: false },
  scale: {
    kind: 'number',
    label: 'Scale',
    help: 'What a byte is multiplied by.',
    min: 0,
    exclusiveMin: true,
    default: DEFAULT_SCALE,
  },
  ...PICTURE_TASK,
  unreadable: {
    kind: 'choice',
    label: 'Unreadable pictures',
    help: 'Refuse the folder, or leave them out.',
    options: UNREADABLE,
    default: 'error',
  },
};

const isSide = (value: Json | undefined): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 1 && value <= MAX_FED_SIDE;
const SIZE_RULE = `[height, width], each a whole number from 1 to ${MAX_FED_SIDE}`;

/**
 * Keys path (a folder), size [h, w], grayscale (false), scale (1/255), task (binary for two classes and one output, else multiclass), unreadable ("error" or
 * "skip"). Rows are [channels, h, w] in 0 … 255, the network is fed row × scale. Pictures are stretched to the size.
 * Classes are the names of the sub-folders. A held-out part may have a folder of its own: {"path": …}.
 */
export const images: DataKindDefinition = {
  label: 'Folder of pictures',
  fields: () => FIELDS,
  keys: {
    path: { ...PATH, expected: 'the path of a folder' },
    size: { expected: SIZE_RULE, fits: (value) => sizeIn(value) !== null, required: true },
  },
  partKeys: ['path'],
  leavesTaskOpen: true,
  facts: readFacts,
  load: (spec, readFile, turn) => load(spec, { folder: textKey(spec, 'path'), readFile, turn }),
  loadPart: (spec, part, { readFile, place }) =>
    load(spec, { folder: textKey(part, 'path', { place }), readFile, turn: () => {} }),
};

function sizeIn(value: Json | undefined): readonly [number, number] | null {
  if (!isList(value) || value.length !== 2) return null;
  const [height, width] = value;
  return isSide(height) && isSide(width) ? [height, width] : null;
}

function readFacts(spec: JsonObject): SpecFacts {
  const size = sizeIn(ownEntry(spec, 'size'));
  const channels = ownEntry(spec, 'grayscale') === true ? 1 : 3;
  return { task: taskOf(spec), targetSize: 1, ...(size && { inputSize: channels * size[0] * size[1] }) };
}

function fitOf(spec: JsonObject): FitOptions {
  const size = sizeIn(ownEntry(spec, 'size'));
  if (size === null) {
    throw new AppError('data.key', {
      path: 'data.size',
      expected: SIZE_RULE,
      found: showValue(ownEntry(spec, 'size')),
    });
  }
  return { height: size[0], width: size[1], grayscale: flagKey(spec, 'grayscale', false) };
}

interface LoadOptions {
  readonly folder: string;
  readonly readFile: ReadFile;
  readonly turn: Turn;
}

async function load(spec: JsonObject, { folder, readFile, turn }: LoadOptions): Promise<RawData> {
  const fit = fitOf(spec);
  const skips = choiceKey(spec, 'unreadable', UNREADABLE, { fallback: 'error' }) === 'skip';
  const { classes, pictures } = await findPictures(folder, readFile);
  const shape = [...(fit.grayscale ? [] : [3]), fit.height, fit.width];
  const width = shape.reduce((product, side) => product * side, 1);
  if (pictures.length * width > MAX_VALUES) {
    const found = `${pictures.length} pictures of ${shape.join(' × ')}`;
    throw new AppError('data.too_large', { file: folder, limit: `${MAX_VALUES} values`, found });
  }
  const rows = new Float64Array(pictures.length * width);
  const labels: number[] = [];
  const faults: AppError[] = [];
  const readRow = await pictureReader(readFile, fit);
  for (const [i, picture] of pictures.entries()) {
    const row = await readRow(picture);
    if (row instanceof AppError) faults.push(row);
    else {
      rows.set(row, labels.length * width);
      labels.push(classes.indexOf(picture.label));
    }
    await turn((i + 1) / pictures.length);
  }
  if (faults.length > 0 && !skips) throw faultsError(folder, pictures.length, faults);
  if (labels.length === 0) throw new AppError('data.folder', { folder, found: 'no picture that can be read' });
  return {
    task: pictureTask(spec) ?? 'multiclass',
    inputNames: pixelNames(shape),
    targetNames: ['label'],
    classes,
    categories: {},
    features: null,
    scale: numberKey(spec, 'scale', { min: Number.MIN_VALUE }, { fallback: DEFAULT_SCALE }),
    decimal: '.',
    header: true,
    count: labels.length,
    inputs: rows.subarray(0, labels.length * width),
    targets: Float64Array.from(labels),
    head: [], // pixels as text say nothing
  };
}

type ReadRow = (picture: FoundPicture) => Promise<Float64Array | AppError>;

/** The row, or why there is none: one bad picture of many is for the person to judge. */
async function pictureReader(readFile: ReadFile, fit: FitOptions): Promise<ReadRow> {
  const { decodePicture } = await import('../images/decode.ts'); // not for the window, which knows the kinds only
  const { fitPicture } = await import('../images/resize.ts');
  return async ({ path }) => {
    try {
      return fitPicture(decodePicture(await readFile(path), path), fit);
    } catch (error) {
      if (error instanceof AppError) return error;
      throw error;
    }
  };
}

function faultsError(folder: string, total: number, faults: readonly AppError[]): AppError {
  const [first, ...others] = faults;
  const named = others.slice(0, SHOWN_FAULTS).map(({ detail }) => fileOf(detail));
  const more = others.length > SHOWN_FAULTS ? [`${others.length - SHOWN_FAULTS} more`] : [];
  const detail = {
    folder,
    count: faults.length,
    total,
    first: first?.message ?? '',
    others: [...named, ...more].join(', '),
  };
  return new AppError('data.pictures', detail, { cause: first });
}

function fileOf(detail: unknown): string {
  return isObject(detail as Json) && typeof (detail as { file?: unknown }).file === 'string'
    ? (detail as { file: string }).file
    : '';
}

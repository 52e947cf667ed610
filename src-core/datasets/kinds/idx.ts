/** Data kind `idx`: pictures and their labels in MNIST's format, plain or packed with gzip. */
import { AppError } from '../../lib/errors.ts';
import type { JsonObject } from '../../lib/json.ts';
import type { RawData, ReadFile, Turn } from '../define.ts';
import { headOf } from '../head.ts';
import { readIdxInTurns, type IdxArray } from '../idx/read-idx.ts';
import { pixelNames } from '../images/pixel-names.ts';
import { orderLabels } from '../labels.ts';
import { numberKey, textKey } from '../spec-keys.ts';
import type { DataKindDefinition } from './define.ts';
import { PATH, PICTURE_TASK, pictureTask, taskOf } from './keys.ts';

const DEFAULT_SCALE = 1 / 255;
/** Pictures [n, h, w]; also rows [n, f] and pictures with channels [n, c, h, w]. */
export const IMAGE_DIMS = [2, 4] as const;
const LABEL_DIMS = [1, 1] as const;

/**
 * Keys images, labels (paths), scale (1/255), task (binary for two classes and one output, else multiclass): raw rows are bytes, the network is fed byte × scale. A held-out part may have files of its own:
 * {"images": …, "labels": …}. Classes are the numbers that occur among the labels, in order.
 */
export const idx: DataKindDefinition = {
  label: 'IDX pictures',
  fields: () => ({
    ...PICTURE_TASK,
    scale: {
      kind: 'number',
      label: 'Scale',
      help: 'What a byte is multiplied by.',
      min: 0,
      exclusiveMin: true,
      default: DEFAULT_SCALE,
    },
  }),
  keys: { images: PATH, labels: PATH },
  partKeys: ['images', 'labels'],
  leavesTaskOpen: true,
  facts: (spec) => ({ task: taskOf(spec), targetSize: 1 }),
  load: (spec, readFile, turn) => load(spec, readFile, { spec, place: 'data', turn }),
  loadPart: (spec, part, { readFile, place }) => load(part, readFile, { spec, place, turn: () => {} }),
};

function scaleOf(spec: JsonObject): number {
  return numberKey(spec, 'scale', { min: Number.MIN_VALUE }, { fallback: DEFAULT_SCALE });
}

interface LoadOptions {
  /** The whole data part, where a held-out part has keys of its own too. */
  readonly spec: JsonObject;
  /** Where the keys stand in the document. */
  readonly place: string;
  readonly turn: Turn;
}
/** Of the time that loading takes, about: unpacking; the rest is making rows of bytes. */
const UNPACKING = 0.8;
/** Pictures made rows between two turns. */
const TURN_ROWS = 4096;

async function load(keys: JsonObject, readFile: ReadFile, { spec, place, turn }: LoadOptions): Promise<RawData> {
  const files = { images: textKey(keys, 'images', { place }), labels: textKey(keys, 'labels', { place }) };
  const unpacking: Turn = (share) => turn(share * UNPACKING);
  const images = await readIdxInTurns(
    await readFile(files.images),
    { file: files.images, dims: IMAGE_DIMS },
    unpacking,
  );
  const labels = await readIdxInTurns(await readFile(files.labels), { file: files.labels, dims: LABEL_DIMS }, () => {});
  const [count = 0, ...shape] = images.dims;
  if (labels.values.length !== count) {
    const expected = `${count} labels, one for each picture of ${files.images}`;
    throw new AppError('data.idx', { file: files.labels, offset: 4, expected, found: String(labels.values.length) });
  }
  const classes = classesOf(labels);
  const indexOf = new Map(classes.map((label, i) => [Number(label), i]));
  const inputs = new Float64Array(images.values.length);
  const step = TURN_ROWS * (images.values.length / count);
  for (let at = 0; at < inputs.length; at += step) {
    inputs.set(images.values.subarray(at, at + step), at);
    await turn(UNPACKING + (1 - UNPACKING) * (at / inputs.length));
  }
  const targets = Float64Array.from(labels.values, (label) => indexOf.get(label) ?? NaN);
  const inputNames = pixelNames(shape);
  return {
    task: pictureTask(spec) ?? 'multiclass',
    inputNames,
    targetNames: ['label'],
    classes,
    categories: {},
    features: null,
    scale: scaleOf(spec),
    decimal: '.',
    header: true,
    count,
    inputs,
    targets,
    head: headOf({ inputs, targets, classes, width: inputNames.length }),
  };
}

function classesOf({ values }: IdxArray): string[] {
  return orderLabels(Array.from(new Set(values), String));
}
